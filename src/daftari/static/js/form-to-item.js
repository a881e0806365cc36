// Reads a form into an item for the outbox, or names what is wrong with it; and fills a form in
// again from an item.

import { formatAmount } from './amount.js'
import { changedExchange } from './exchange-fields.js'
import { changedGoods, fillGoods } from './goods-fields.js'
import { formatRate } from './rates.js'
import { Reading } from './reading.js'

const AGREED = 'agreed_'
const GOODS = /^goods_/

/** The fields of an item, by the verb of the form. Throws TypedRefused. */
export function readForm(form) {
  const typed = Object.fromEntries(
    [...new FormData(form)].filter(([, value]) => value && typeof value === 'string')
  )
  const reading = new Reading(form)
  const fields = READERS[form.dataset.outbox](typed, form, reading)
  reading.settle()
  return fields
}

/** The picture that goes with the entry, if there is one. */
export const photoOf = (form) => form.elements.photo?.files?.[0]

export const isTyped = (form) => form.dataset.outbox in READERS

const READERS = {
  record_entry: readEntry,
  reverse_entry: ({ id, reason, ask }, form) => ({
    id,
    ...entryOf(form),
    ...(reason && { reason }),
    ...(ask && { ask })
  }),
  correct_entry: readCorrection,
  add_customer: readCustomer
}

/* An opening balance is a debt on the customer's side, and with a supplier on ours. */
function growsDebt({ dataset }, kind, side) {
  return kind === 'debt' || (kind === 'opening' && (side === 'owes') === Number(dataset.toward) > 0)
}

/* `exchangeIn` reads those of another currency, `goodsIn` those of goods. */
function readEntry(all, form, reading) {
  const { amount = '', side, due_choice, paid_amount, paid_currency, rate, rate_of, ...rest } = all
  const typed = Object.fromEntries(Object.entries(rest).filter(([name]) => !GOODS.test(name)))
  const { currency, kind, occurred_on: day, due_on: due } = typed
  const today = form.elements.occurred_on.max
  if ('frozen' in form.dataset && growsDebt(form, kind, side))
    reading.refuse('form', 'customer_frozen')
  if (day > today) reading.refuse('occurred_on', 'date_in_future')
  if (due < (day ?? today)) reading.refuse('due_on', 'due_before_debt')
  for (const name of ['occurred_on', 'due_on']) {
    if (form.elements[name].validity.badInput) reading.refuse(name, 'date_not_a_date')
  }
  const [exchange, goods] = [reading.exchange(form), reading.goods(form)]
  const minor =
    goods?.minor ?? (exchange ? 0 : reading.amount('amount', amount, decimalsOf(form, currency)))
  return {
    ...typed,
    customer_id: idBefore(form),
    customer_name: form.dataset.name,
    amount_minor: minor,
    ...exchange,
    ...(goods && { goods: goods.goods }),
    ...(kind === 'opening' && { side })
  }
}

/* Only what is not as it stands; an entry has an amount and a day. */
function readCorrection({ id, reversal_id, amount = '', occurred_on: day, ask }, form, reading) {
  const { amount: _amount, occurred_on: dayField, due_on: due, ...texts } = correctable(form)
  const [exchange, goods] = [reading.exchange(form), reading.goods(form)]
  const minor =
    goods?.minor ??
    exchange?.amount_minor ??
    reading.amount('amount', amount, Number(form.dataset.decimals))
  refuseDays(dayField, due, reading)
  const changed = Object.entries({ due_on: due, ...texts })
    .filter(([, control]) => control && control.value.trim() !== standingIn(control))
    .map(([name, control]) => [name, control.value])
  const said = {
    ...(minor !== Number(form.dataset.minor) && { amount_minor: minor }),
    ...(day && day !== dayField.defaultValue && { occurred_on: day }),
    ...Object.fromEntries(changed),
    ...changedExchange(exchange, form, standingIn),
    ...changedGoods(form, goods)
  }
  if (!Object.keys(said).length) reading.refuse('form', 'correction_same')
  return { id, reversal_id, ...entryOf(form), ...said, ...(ask && { ask }) }
}

const CORRECTABLE = [
  ...['amount', 'occurred_on', 'due_on', 'method'],
  ...['for', 'note', 'taker', 'paid_by']
]

const correctable = ({ elements }) =>
  Object.fromEntries(CORRECTABLE.map((name) => [name, elements[name]]))

/* What the book has, be the field a text or a list. */
const standingIn = ({ defaultValue, options }) =>
  defaultValue ?? [...options].find((option) => option.defaultSelected)?.value ?? ''

function refuseDays(day, due, reading) {
  for (const field of [day, due])
    if (field?.validity.badInput) reading.refuse(field.name, 'date_not_a_date')
  if (day.value > day.max) reading.refuse('occurred_on', 'date_in_future')
  if (due?.value && due.value < (day.value || day.defaultValue))
    reading.refuse('due_on', 'due_before_debt')
}

function readCustomer(
  { credit_limit: limit, due_days: days, same_name_ok: isOk, consents, ...all },
  form,
  reading
) {
  const typed = Object.fromEntries(Object.entries(all).filter(([name]) => !name.startsWith(AGREED)))
  if (!typed.name?.trim()) reading.refuse('name', 'name_missing')
  const decimals = Number(form.dataset.decimals)
  return {
    ...typed,
    ...(limit?.trim() && { credit_limit_minor: reading.limit('credit_limit', limit, decimals) }),
    ...(days?.trim() && { due_days: reading.days('due_days', days) }),
    ...(isOk && { same_name_ok: true }),
    ...agreedIn(form)
  }
}

/* What the customer agreed to, where he was asked: no mark means no. */
function agreedIn({ elements }) {
  if (!elements.consents) return {}
  const marked = [...elements].filter(({ name, checked }) => checked && name.startsWith(AGREED))
  return { agreed: marked.map(({ name }) => name.slice(AGREED.length)) }
}

/* The entry that the form changes: whose it is, and how it stands, for this phone alone. */
function entryOf(form) {
  const { account, stood } = form.dataset
  return {
    entry_id: idBefore(form),
    ...(account && { customer_id: account.split('/').at(-1) }),
    ...(stood && { stood: JSON.parse(stood) })
  }
}

/* `/customers/<id>/entries`, `/entries/<id>/reversal`. */
const idBefore = (form) => form.getAttribute('action').split('/').at(-2)

const optionOf = (form, currency) =>
  [...form.elements.currency.options].find(({ value }) => value === currency)

/* The form of a correction has one currency. */
const decimalsOf = (form, currency) =>
  form.elements.currency
    ? JSON.parse(optionOf(form, currency).dataset.forms).decimals
    : Number(form.dataset.decimals)

/** New ids for what says something else than the book has under the old ones. */
export function renewIds({ elements }) {
  for (const name of ['id', 'reversal_id'])
    if (elements[name]) elements[name].value = crypto.randomUUID()
}

/** Types an item into its form again. What changed is heard as if a hand had typed it. */
export function typeAgain(form, item) {
  for (const [name, value] of Object.entries(typedOf(form, item))) {
    const control = form.elements[name]
    if (!control) continue
    control.value = value
    reveal(
      form.querySelector(
        `[name=${name}]:checked, input[name=${name}]:not([type=radio]), textarea[name=${name}]`
      ) ?? control
    )
  }
  if (item.goods && form.elements.goods_name_1) {
    fillGoods(form, item.goods)
    reveal(form.elements.goods_name_1)
  }
  form.elements.amount?.dispatchEvent(new Event('input', { bubbles: true }))
  form.dispatchEvent(new Event('change', { bubbles: true }))
}

/* What holds something that is not usual is shown. */
function reveal(control) {
  if (control.matches('select') && !control.selectedIndex) return
  if (control.matches('[type=radio]') && control.defaultChecked) return
  control.closest('[data-for]')?.removeAttribute('hidden')
  control.closest('details')?.setAttribute('open', '')
}

function typedOf(form, item) {
  const { digits, group, decimal, decimals } = form.dataset
  const written = (minor, places) => formatAmount(minor, places, digits, { group, decimal })
  const { amount_minor: minor, credit_limit_minor: limit, ...same } = item
  const { paid_minor: paid, paid_currency: code, rate_e8: rate } = item
  return {
    ...same,
    ...(minor !== undefined && { amount: written(minor, decimalsOf(form, item.currency)) }),
    ...(code && {
      paid_amount: written(paid, decimalsOf(form, code)),
      rate: formatRate(rate, digits, { group, decimal })
    }),
    ...(limit !== undefined && { credit_limit: written(limit, Number(decimals)) })
  }
}
