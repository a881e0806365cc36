// The goods of a debt: what was taken, how many, at which price. Twin of
// src/daftari/ledger/rules/goods.py and of forms/goods.py there; both answer to tests/cases/goods.json.

import { AmountRefused, formatAmount, LARGEST_AMOUNT, parseAmount, trimmed } from './amount.js'

const QUANTITY_DECIMALS = 3
const ONE = 10 ** QUANTITY_DECIMALS
const LARGEST_QUANTITY = 10 ** 6 * ONE - 1
const REASONS = {
  amount_not_a_number: 'quantity_not_a_number',
  amount_mixed_digits: 'quantity_not_a_number',
  amount_negative: 'quantity_not_positive',
  amount_zero: 'quantity_not_positive',
  amount_too_large: 'quantity_too_large',
  amount_too_many_decimals: 'quantity_too_many_decimals'
}

/** A row as items, snapshots and the book have it: name, thousandths, price of one in minor units.
 * @typedef {[string, number, number]} GoodsRow */

/** The price of the quantity; half of a minor unit is rounded up.
 * @param {GoodsRow} row */
export const totalOf = ([, quantity, price]) => Number(exactTotal(quantity, price))

const exactTotal = (quantity, price) =>
  (2n * BigInt(quantity) * BigInt(price) + BigInt(ONE)) / BigInt(2 * ONE)

/** The amount of an entry with these goods. Throws AmountRefused.
 * @param {GoodsRow[]} goods */
export function sumOf(goods) {
  const sum = goods.reduce((before, [, ...row]) => before + exactTotal(row[0], row[1]), 0n)
  if (sum === 0n) throw new AmountRefused('amount_zero')
  if (sum > BigInt(LARGEST_AMOUNT)) throw new AmountRefused('amount_too_large')
  return Number(sum)
}

/** What typed rows say: the goods, the reasons of what cannot be read by field, and the amount, null
 * where there is none yet. A row that cannot be read counts for nothing in it.
 * @param {{number: number, name: string, quantity: string, price: string}[]} typed
 * @param {number} decimals
 * @param {Notation} notation */
export function readGoods(typed, decimals, notation) {
  const rows = typed.map((row) => readRow(row, decimals, notation))
  const reasons = Object.assign({}, ...rows.map((row) => row.reasons))
  const read = rows.filter((row) => !Object.keys(row.reasons).length).map(({ goods }) => goods)
  try {
    return { goods: read, reasons, minor: sumOf(read) }
  } catch (error) {
    const { reason, params } = asRefused(error)
    const isAll = !Object.keys(reasons).length
    return {
      goods: read,
      reasons: isAll ? { amount: { name: reason, params } } : reasons,
      minor: null
    }
  }
}

function readRow({ number, name, quantity, price }, decimals, notation) {
  const reasons = {}
  const read = (field, call) => {
    try {
      return call()
    } catch (error) {
      const { reason, params } = asRefused(error)
      reasons[`goods_${field}_${number}`] = { name: reason, params }
      return 0
    }
  }
  /** @type {GoodsRow} */
  const goods = [
    read('name', () => nameIn(name)),
    read('quantity', () => parseQuantity(quantity, notation)),
    read('price', () => parsePrice(price, decimals, notation))
  ]
  return { goods, reasons }
}

function asRefused(error) {
  if (!(error instanceof AmountRefused)) throw error
  return error
}

function nameIn(text) {
  const name = trimmed(text)
  if (!name) throw new AmountRefused('goods_name_missing')
  return name
}

function parsePrice(text, decimals, notation) {
  if (!trimmed(text)) throw new AmountRefused('price_missing')
  return parseAmount(text, decimals, notation)
}

/** The quantity a person typed, in thousandths; nothing is one. Throws AmountRefused. */
export function parseQuantity(text, notation) {
  if (!trimmed(text)) return ONE
  const tooLarge = { most: Math.floor(LARGEST_QUANTITY / ONE) }
  try {
    const milli = parseAmount(text, QUANTITY_DECIMALS, notation)
    if (milli > LARGEST_QUANTITY) throw new AmountRefused('quantity_too_large', tooLarge)
    return milli
  } catch (error) {
    const { reason } = asRefused(error)
    if (!REASONS[reason]) throw error
    throw new AmountRefused(REASONS[reason], reason === 'amount_too_large' ? tooLarge : {})
  }
}

/** Without zeros at its end: 1500 is `1.5`. */
export function formatQuantity(milli, digits, notation) {
  let [rest, decimals] = [milli, QUANTITY_DECIMALS]
  while (decimals && rest % 10 === 0) [rest, decimals] = [rest / 10, decimals - 1]
  return formatAmount(rest, decimals, digits, notation)
}

/** As it would be typed and is read again: without groups. */
export const typeQuantity = (milli, { decimal }) =>
  formatQuantity(milli, 'latn', { group: '', decimal })
