// The rows of goods on the entry sheet and on the form of a correction.

import { formatAmount, notationOf, trimmed } from './amount.js'
import { readGoods, typeQuantity } from './goods.js'

const FIELDS = ['goods_name', 'goods_quantity', 'goods_price']

export const boxOf = (form) => form.querySelector('[data-goods]')
export const rowsOf = (form) => [...form.querySelectorAll('[data-goods-row]')]

/** The fields of a row: name, quantity, price of one.
 * @returns {HTMLInputElement[]} */
export const fieldsOf = (row) => [...row.querySelectorAll('input')]

/** A quantity alone says nothing. */
export function isBlank(row) {
  const [name, , price] = fieldsOf(row)
  return !trimmed(name.value) && !trimmed(price.value)
}

export const decimalsOf = ({ elements: { currency }, dataset }) =>
  currency
    ? JSON.parse(currency.selectedOptions[0].dataset.forms).decimals
    : Number(dataset.decimals)

/** What the rows say, as `readGoods` answers; null where there are none, or the kind of entry has
 * none. */
export function goodsIn(form) {
  const kind = form.querySelector('[name=kind]:checked')
  if (kind && kind.value !== 'debt') return null
  const typed = rowsOf(form)
    .map((row, at) => ({ row, number: at + 1 }))
    .filter(({ row }) => !isBlank(row))
    .map(({ row, number }) => {
      const [name, quantity, price] = fieldsOf(row).map(({ value }) => value)
      return { number, name, quantity, price }
    })
  return typed.length ? readGoods(typed, decimalsOf(form), notationOf(form)) : null
}

/** Of a correction: all of the goods where any of them changed. */
export function changedGoods(form, goods) {
  const stood = JSON.parse(boxOf(form)?.dataset.stood || '[]')
  const isSame = JSON.stringify(stood) === JSON.stringify(goods?.goods ?? [])
  return isSame ? {} : { goods: goods?.goods ?? [] }
}

/** Another row after the last one, blank. */
export function addRow(form) {
  const last = rowsOf(form).at(-1)
  const row = last.cloneNode(true)
  for (const line of row.querySelectorAll('.field-error')) line.remove()
  for (const field of fieldsOf(row)) {
    field.value = ''
    field.defaultValue = ''
    field.removeAttribute('aria-invalid')
    field.removeAttribute('aria-describedby')
  }
  last.after(row)
  renumber(form)
  return row
}

/** The names of fields follow the order of the rows. */
export function renumber(form) {
  rowsOf(form).forEach((row, at) => {
    fieldsOf(row).forEach((field, place) => {
      field.id = field.name = `${FIELDS[place]}_${at + 1}`
    })
  })
}

/** Types goods into the rows, in place of what stands there.
 * @param {import('./goods.js').GoodsRow[]} goods */
export function fillGoods(form, goods) {
  const [first, ...others] = rowsOf(form)
  for (const row of others) row.remove()
  goods.forEach((one, at) => {
    typeRow(form, at ? addRow(form) : first, one)
  })
}

/** Types one of them into a row.
 * @param {any} form
 * @param {HTMLElement} row
 * @param {import('./goods.js').GoodsRow} goods */
export function typeRow(form, row, goods) {
  const [name, quantity, price] = goods
  const notation = notationOf(form)
  const texts = [
    name,
    typeQuantity(quantity, notation),
    formatAmount(price, decimalsOf(form), 'latn', notation)
  ]
  fieldsOf(row).forEach((field, place) => {
    field.value = texts[place]
  })
}
