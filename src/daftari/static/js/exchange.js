// A payment in another currency: two of the amount of the debt, the amount handed over and the rate
// give the third. Twin of src/daftari/ledger/rules/exchange.py and of forms/exchange.py there; both
// answer to tests/cases/exchange.json.

import { AmountRefused, LARGEST_AMOUNT, parseAmount, trimmed } from './amount.js'
import { parseRate, RATE_DECIMALS } from './rates.js'

const ONE = 10n ** BigInt(RATE_DECIMALS)

/** Why nothing could be agreed on: {field: {name, params}}. */
export class ExchangeRefused extends Error {
  constructor(reasons) {
    super(Object.keys(reasons).join())
    this.reasons = reasons
  }
}

/** The currency whose one unit a rate is told for: the foreign one, unless the form names one. */
export function unitOfRate({ currency, paid_currency, rate_of = '' }, main) {
  if (rate_of && [currency, paid_currency].includes(rate_of)) return rate_of
  return currency === main ? paid_currency : currency
}

/**
 * What the fields of a form say together, as typed: {amount_minor, paid_minor, paid_currency, rate_e8,
 * rate_of}. Throws ExchangeRefused.
 * @param {{amount: string, currency: string, paid_amount: string, paid_currency: string, rate: string,
 *   rate_of?: string}} typed
 * @param {string} main
 * @param {(code: string) => number} decimalsOf
 * @param {Notation} notation
 */
export function readExchange(typed, main, decimalsOf, notation) {
  const { currency, paid_currency } = typed
  if (paid_currency === currency) refuse('paid_currency', 'paid_currency_same')
  const reasons = {}
  /** @param {'amount' | 'paid_amount' | 'rate'} field */
  const read = (field, parse) => {
    try {
      return trimmed(typed[field]) ? parse(typed[field]) : null
    } catch (error) {
      if (!(error instanceof AmountRefused)) throw error
      reasons[field] = { name: error.reason, params: error.params }
      return null
    }
  }
  const amount = read('amount', (text) => parseAmount(text, decimalsOf(currency), notation))
  const paid = read('paid_amount', (text) => parseAmount(text, decimalsOf(paid_currency), notation))
  const rate = read('rate', (text) => parseRate(text, notation))
  if (Object.keys(reasons).length) throw new ExchangeRefused(reasons)
  const unit = unitOfRate(typed, main)
  const pair = { currency, paidCurrency: paid_currency, rateOf: unit }
  const agreed = agree({ amount, paid, rate }, pair, decimalsOf)
  return {
    amount_minor: agreed.amount,
    paid_minor: agreed.paid,
    paid_currency,
    rate_e8: agreed.rate,
    rate_of: unit
  }
}

/**
 * All three from two of them, or from three that agree. Throws ExchangeRefused.
 * @param {{amount: number | null, paid: number | null, rate: number | null}} known
 * @param {{currency: string, paidCurrency: string, rateOf: string}} pair
 * @param {(code: string) => number} decimalsOf
 */
export function agree(known, { currency, paidCurrency, rateOf }, decimalsOf) {
  const exchange = (minor, rate, from, into) =>
    exchanged(minor, rate, from === rateOf, decimalsOf(from), decimalsOf(into))
  const between = (amount, paid) =>
    currency === rateOf
      ? rateBetween(amount, paid, decimalsOf(currency), decimalsOf(paidCurrency))
      : rateBetween(paid, amount, decimalsOf(paidCurrency), decimalsOf(currency))
  let [amount, paid, rate] = [known.amount, known.paid, known.rate].map(asBig)
  if (amount === null) {
    if (paid === null) refuse('amount', 'amount_missing')
    if (rate === null) refuse('rate', 'rate_missing')
    amount = within('amount', exchange(paid, rate, paidCurrency, currency))
  }
  if (paid === null) {
    if (rate === null) refuse('paid_amount', 'paid_amount_missing')
    paid = within('paid_amount', exchange(amount, rate, currency, paidCurrency))
  }
  rate ??= possible(between(amount, paid))
  const isNear = (made, told) => made > 0n && made - told <= 1n && told - made <= 1n
  const agrees =
    isNear(exchange(amount, rate, currency, paidCurrency), paid) ||
    isNear(exchange(paid, rate, paidCurrency, currency), amount) ||
    rate === between(amount, paid)
  if (!agrees) refuse('rate', 'rate_disagrees')
  return { amount: Number(amount), paid: Number(paid), rate: Number(rate) }
}

const asBig = (number) => (number === null ? null : BigInt(number))

/* Half of a minor unit is rounded up. */
function exchanged(minor, rate, isOfUnit, decimals, intoDecimals) {
  const above = minor * 10n ** BigInt(intoDecimals)
  const below = 10n ** BigInt(decimals)
  return isOfUnit ? rounded(above * rate, below * ONE) : rounded(above * ONE, below * rate)
}

/* The rate at which one is the other. */
function rateBetween(one, other, decimals, otherDecimals) {
  return rounded(other * 10n ** BigInt(decimals) * ONE, one * 10n ** BigInt(otherDecimals))
}

const rounded = (above, below) => (2n * above + below) / (2n * below)

function within(field, minor) {
  if (minor === 0n) refuse(field, 'amount_zero')
  if (minor > BigInt(LARGEST_AMOUNT)) refuse(field, 'amount_too_large')
  return minor
}

function possible(rate) {
  if (rate === 0n) refuse('rate', 'rate_not_positive')
  if (rate > BigInt(LARGEST_AMOUNT)) refuse('rate', 'rate_too_large')
  return rate
}

/** @returns {never} */
function refuse(field, name) {
  throw new ExchangeRefused({ [field]: { name, params: {} } })
}
