// The form of a correction, filled in with what stands: the server's own, of which the fields that this
// kind of entry does not have are taken out.

import { formatAmount } from '../amount.js'
import { markAsRequest } from '../approval.js'
import { one } from '../dom.js'
import { boxOf, fillGoods } from '../goods-fields.js'
import { element } from '../phrase.js'
import { formatRate } from '../rates.js'
import { mayReverse } from './account.js'
import { drawExchange } from './exchange.js'
import { part } from './fragments.js'
import { newId, speak, stoodText, targetOption, whatOf } from './sheets.js'
import { targetsOfCorrection } from './targets.js'

const PLACEHOLDER_CURRENCY = 'SAR'
const OF_KINDS = {
  due_on: ['debt', 'opening'],
  method: ['payment', 'recovery'],
  paid_by: ['payment', 'recovery'],
  for: ['payment', 'discount', 'write_off'],
  taker: ['debt']
}

/** The sheet over the account. It goes into the outbox. */
export function drawCorrection(context, customer, line) {
  const form = part('correction', context)
  form.action = `${context.home}/entries/${line.id}/correction`
  speak(form, context)
  Object.assign(form.dataset, {
    outbox: 'correct_entry',
    account: `${context.home}/customers/${customer.id}`,
    minor: line.amount_minor,
    toward: customer.role === 'supplier' ? -1 : 1,
    stood: stoodText(line),
    decimals: context.units[line.currency].at(-1)
  })
  form.toggleAttribute('data-lowers', lowersDebt(line, customer))
  form.elements.id.value = newId()
  form.elements.reversal_id.value = newId()
  if (!mayReverse(line, context)) markAsRequest(form)
  form.elements.occurred_on.max = context.today
  one(form, 'h2 small').replaceChildren(element('bdi', customer.name))
  one(form, '.reversal-of').replaceChildren(...whatOf(line, customer, context))
  drawUnit(one(form, '[for=amount]'), line.currency, context)
  for (const [name, kinds] of Object.entries(OF_KINDS))
    if (!kinds.includes(line.kind) && !(name === 'due_on' && line.due_on))
      form.elements[name].closest('.field').remove()
  drawFor(form, customer, line, context)
  drawPaid(form, line, context)
  drawGoods(form, line)
  fill(form.elements, line, context)
  return form
}

/* A debt stands where the payment is taken away. Twin of src/daftari/ledger/pages/correction.py. */
function lowersDebt({ kind, currency, effect_minor: effect }, { role, balances = {} }) {
  const before = (balances[currency] ?? 0) - effect
  return kind === 'payment' && before * (role === 'supplier' ? -1 : 1) > 0
}

function drawUnit(label, currency, { units }) {
  label.textContent = label.textContent.replace(units[PLACEHOLDER_CURRENCY][0], units[currency][0])
}

/* What stands for now is chosen; where there is nothing to choose the field goes. */
function drawFor({ elements: { for: select } }, customer, line, context) {
  if (!select) return
  const choices = targetsOfCorrection(customer, line)
  if (!choices.length) return select.closest('.field').remove()
  select.replaceChildren(
    select.options[0],
    ...choices.map((target) => targetOption(target, context))
  )
}

function drawPaid(form, { kind, currency, paid_currency: paid }, context) {
  const box = one(form, '[data-exchange]')
  if (!OF_KINDS.method.includes(kind)) return box.closest('details')?.remove()
  box.dataset.currency = currency
  drawExchange(form, paid ? [currency, paid] : [currency], context)
  box.closest('details')?.toggleAttribute('open', Boolean(paid))
}

function drawGoods(form, { kind, currency, goods = [] }) {
  const box = boxOf(form)
  const part = box.closest('details')
  if (!OF_KINDS.taker.includes(kind)) {
    one(form, '[data-amount-of-goods]').remove()
    return part.remove()
  }
  Object.assign(box.dataset, { currency, stood: JSON.stringify(goods) })
  if (goods.length) fillGoods(form, goods)
  part.toggleAttribute('open', Boolean(goods.length))
}

/* As what stands, from which a change is told. */
function fill(elements, line, { shop, units }) {
  const decimals = units[line.currency].at(-1)
  const amount = formatAmount(line.amount_minor, decimals, 'latn', shop.notation)
  const paid = line.paid_currency && {
    paid_amount: formatAmount(
      line.paid_minor,
      units[line.paid_currency].at(-1),
      'latn',
      shop.notation
    ),
    rate: formatRate(line.rate_e8, 'latn', shop.notation)
  }
  for (const [name, text] of Object.entries({ ...line, amount, ...paid })) {
    const control = elements[name]
    if (control instanceof HTMLInputElement && name !== 'id') control.defaultValue = text ?? ''
  }
  for (const name of ['method', 'for', 'paid_currency'])
    for (const option of elements[name]?.options ?? [])
      option.toggleAttribute('selected', option.value === (line[name] ?? ''))
}
