// The fields of a payment in another currency, on the entry sheet and on the form of a correction.

import { notationOf, orNull, readDecimal, trimmed } from './amount.js'
import { ExchangeRefused, readExchange } from './exchange.js'

export const EXCHANGE = ['paid_amount', 'paid_currency', 'rate']

const FOLLOWERS = { amount: 'paid_amount', paid_amount: 'amount', rate: 'amount' }

export const boxOf = (form) => form.querySelector('[data-exchange]')
export const optionOf = ({ elements }, code) =>
  [...elements.paid_currency.options].find(({ value }) => value === code)
export const decimalsIn = (form) => (code) => Number(optionOf(form, code).dataset.decimals)
export const currencyOf = (form) => form.elements.currency?.value ?? boxOf(form).dataset.currency

/** What the form says of another currency, as an item has it; null where it says nothing. `amount`: of
 * the debt, as typed. Throws ExchangeRefused. */
export function exchangeIn(form, amount = form.elements.amount.value) {
  const { paid_currency: chosen, paid_amount, rate, rate_of } = form.elements
  if (!chosen || chosen.disabled) return null
  if (!chosen.value) {
    if (isTyped(paid_amount, chosen) || isTyped(rate, chosen)) refuseUnnamed()
    return null
  }
  const typed = {
    amount,
    currency: currencyOf(form),
    paid_amount: paid_amount.value,
    paid_currency: chosen.value,
    rate: rate.value,
    rate_of: rate_of.value,
    ...followerIn(form)
  }
  return readExchange(typed, boxOf(form).dataset.shopCurrency, decimalsIn(form), notationOf(form))
}

/* Of a correction: what follows of the one number that is not as it stood. Twin of
 * src/daftari/ledger/forms/correction.py. */
function followerIn(form) {
  const { elements, dataset } = form
  if (!('minor' in dataset)) return {}
  if (![...elements.paid_currency.options].find(isStanding)?.selected) return {}
  const changed = Object.keys(FOLLOWERS).filter(
    (name) => !isSame(elements[name].value, elements[name].defaultValue, notationOf(form))
  )
  const [one] = changed
  return changed.length === 1 && trimmed(elements[one].value) ? { [FOLLOWERS[one]]: '' } : {}
}

/* The same text, or the same number: 150 and 150.00. */
function isSame(typed, stood, notation) {
  const numberOf = (text) => orNull(() => readDecimal(text, notation))
  const [mine, its] = [numberOf(typed), numberOf(stood)]
  if (!mine || !its) return typed.trim() === stood
  const plain = ([whole, part]) => `${whole.replace(/^0+/, '')}.${part.replace(/0+$/, '')}`
  return plain(mine) === plain(its)
}

const isStanding = ({ value, defaultSelected }) => value && defaultSelected

/* A correction that takes the currency out takes out what stood beside it. */
function isTyped({ value, defaultValue }, chosen) {
  const hadOne = [...chosen.options].some(isStanding)
  return trimmed(value) && !(hadOne && value === defaultValue)
}

function refuseUnnamed() {
  throw new ExchangeRefused({ paid_currency: { name: 'paid_currency_missing', params: {} } })
}

/** Of a correction: all of it where any of it changed; that there is none any more.
 * @param {any} exchange as `exchangeIn` answers */
export function changedExchange(exchange, { elements, dataset }, standingIn) {
  const fields = EXCHANGE.map((name) => elements[name]).filter(Boolean)
  const isChanged = fields.some((field) => field.value.trim() !== standingIn(field))
  if (!exchange) return isChanged ? { paid_currency: '' } : {}
  return isChanged || exchange.amount_minor !== Number(dataset.minor) ? exchange : {}
}
