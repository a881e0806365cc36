// The forms of the book: the entry sheet, a reversal, a new customer.

import { markAsRequest } from '../approval.js'
import { one } from '../dom.js'
import { shortDay, shown } from '../entry-row.js'
import { withMain } from '../limits.js'
import { counted, element, ltr } from '../phrase.js'
import { mayReverse, partNameOf } from './account.js'
import { drawExchange } from './exchange.js'
import { balancesOf, joined, money, part, sideOf, unitOf } from './fragments.js'
import { lateOf } from './late.js'
import { targetsOf } from './targets.js'

export const newId = () => crypto.randomUUID()

/** The sheet of one entry. `kind`: debt or payment, to begin with. */
export function drawSheet(context, people, customer, kind) {
  const form = part(partNameOf('sheet', customer), context)
  form.action = `${context.home}/customers/${customer.id}/entries`
  form.elements.id.value = newId()
  speak(form, context)
  form.dataset.name = customer.name
  drawHead(form, context, customer)
  drawBranch(form, context)
  drawApproval(form, context)
  drawTerms(form, context, customer)
  drawCurrencies(form.elements.currency, context, people, customer)
  drawExchange(form, Object.keys(customer.balances ?? {}), context)
  drawKinds(form, context, kind)
  drawTargets(form, context, customer)
  form.elements.occurred_on.max = context.today
  form.querySelector('[data-unit]').textContent = context.units[context.shop.currency][0]
  return form
}

/* For what this person would have to ask. */
function drawApproval(form, { may, shop: { free_discount: percent } }) {
  const { dataset } = form
  dataset.lacks = ['give_over_limit', 'write_off'].filter((one) => !may(one)).join(' ')
  if (percent) dataset.freeDiscount = percent
}

/* The shop's digits and separators, for what reads and writes amounts. */
export function speak(form, { shop: { digits, notation, currency }, units }) {
  Object.assign(form.dataset, {
    digits,
    group: notation.group,
    decimal: notation.decimal,
    decimals: units[currency].at(-1)
  })
  form.toggleAttribute('data-blanks', notation.blanks)
  for (const key of form.querySelectorAll('[data-key]')) {
    if (key.dataset.key === 'decimal') key.textContent = digits === 'arab' ? '٫' : notation.decimal
    else if (digits === 'arab') key.textContent = inArabic(key.textContent) || key.textContent
  }
  if (form.elements.amount && digits === 'arab') form.elements.amount.placeholder = '٠'
}

const inArabic = (text) => text.replace(/[0-9]/g, (digit) => '٠١٢٣٤٥٦٧٨٩'[digit])

function drawHead(form, context, customer) {
  const [main, ...others] = balancesOf(customer, context)
  const shownOnes = main[1] || !others.length ? [main, ...others] : others
  const title = form.querySelector('h2')
  title.querySelector('bdi').textContent = customer.name
  const pieces = shownOnes.map((balance) => balanceIn(balance, context))
  title
    .querySelector('small')
    .replaceChildren(...pieces.flatMap((piece, at) => (at ? [' · ', ...piece] : piece)))
}

/* The branch that the entry is written in; nothing in a shop without branches. */
function drawBranch(form, { shop: { branch, branches } }) {
  const field = form.elements.branch
  if (!branch) return field.remove()
  field.value = branch
  one(form, 'h2 small').append(' · ', element('bdi', branches[branch]))
}

/* «عليه 12.50 $», «مسدَّد» */
function balanceIn([currency, minor], context) {
  const side = context.sides[sideOf(minor)]
  if (!minor) return [side]
  return [side, ' ', ltr(money(minor, currency, context), 'money'), ' ', unitOf(currency, context)]
}

function drawTerms(form, context, { frozen, credit_limit_minor: limit, due_days: ownDays }) {
  if (!frozen) {
    form.querySelector('.tag.calm').remove()
    delete form.dataset.frozen
  }
  const warning = form.querySelector('[data-limit-warning]')
  if (limit === undefined) {
    delete form.dataset.limit
    warning.remove()
    form.querySelector('[data-limit-uncounted]').remove()
  } else {
    Object.assign(form.dataset, { limit, limitCurrency: context.shop.currency })
    warning.querySelector('.money').textContent = money(limit, context.shop.currency, context)
    warning.querySelector('.unit').textContent = context.units[context.shop.currency][0]
  }
  drawUsualDays(form.querySelector('#due_on-hint'), ownDays ?? context.shop.due_days, context)
}

function drawUsualDays(hint, days, { says, shop }) {
  if (days === null || days === undefined) hint.remove()
  else hint.textContent = counted(JSON.parse(says.usualDays), days, shop)
}

/* The shop's own, those the customer has, and the few that travel. */
const codesOf = ({ balances = {} }, { shop, says }) => [
  ...new Set([shop.currency, ...Object.keys(balances), ...says.foreign.split(' ')])
]

function drawCurrencies(select, context, people, customer) {
  const { balances = {} } = customer
  const options = new Map([...select.options].map((option) => [option.value, option]))
  const rates = withMain(context.shop.rates, context.shop.currency)
  select.replaceChildren(
    ...codesOf(customer, context).map((code) => {
      const option = options.get(code)
      option.dataset.balance = balances[code] ?? 0
      option.dataset.late = lateOf(customer, code, context.today) ?? 0
      option.dataset.largest = people.largestAmount(customer, code)
      if (rates[code]) option.dataset.rate = rates[code]
      option.toggleAttribute('selected', code === context.shop.currency)
      return option
    })
  )
}

function drawKinds(form, { may, says }, chosen) {
  for (const kind of form.querySelectorAll('[name=kind]')) {
    if (!may('write_off') && says.forgiving.split(' ').includes(kind.value))
      kind.closest('label').remove()
    kind.toggleAttribute('checked', kind.value === (chosen ?? 'debt'))
  }
  if (!may('write_off')) leaveUsualSide(form)
}

/* An opening balance on the other side lowers a debt, as forgiving does. */
function leaveUsualSide(form) {
  const usual = Number(form.dataset.toward) > 0 ? 'owes' : 'owed'
  for (const side of form.querySelectorAll('[name=side]'))
    if (side.value !== usual) side.closest('label').remove()
}

/* What a payment is for; without a choice the field goes, and its chip. */
function drawTargets(form, context, customer) {
  const select = form.elements.for
  const targets = targetsOf(customer)
  if (!targets.length) {
    for (const part of form.querySelectorAll('[data-part=for], [data-for=for]')) part.remove()
    return
  }
  const any = select.options[0]
  select.replaceChildren(any, ...targets.map((target) => targetOption(target, context)))
}

/** A debt or plan to choose, of which the phone may hold no more than its id, or not what is open. */
export function targetOption(target, context) {
  const option = document.createElement('option')
  option.value = target.id
  option.textContent = targetWords(target, context)
  return option
}

/* «12.50 ريال سعودي · من 20/11 · يستحق 25/12» · «من 20/11» · «تقسيط: ثلاجة · 900.00 ريال سعودي» */
function targetWords({ minor, currency, occurred_on: day, due_on: due, note }, context) {
  const { says, units } = context
  if (minor === undefined && !day) return says.targetKept
  const amount = minor && `${money(minor, currency, context)} ${units[currency][1]}`
  const dated = (words, on) => words.replace('{day}', () => shortDay(on, context).textContent)
  if (!day) return `${note ? says.planOf.replace('{note}', () => note) : says.plan} · ${amount}`
  const pieces = [amount, dated(says.ofDay, day), due && dated(says.dueDay, due)]
  return pieces.filter(Boolean).join(' · ')
}

/** The question before a line of the book is reversed. */
export function drawReversal(context, customer, line) {
  const form = part('reversal', context)
  form.action = `${context.home}/entries/${line.id}/reversal`
  form.dataset.account = `${context.home}/customers/${customer.id}`
  form.dataset.stood = stoodText(line)
  form.elements.id.value = newId()
  if (!mayReverse(line, context)) markAsRequest(form)
  const name = element('bdi', customer.name)
  one(form, '.reversal-of').replaceChildren(...whatOf(line, customer, context, name))
  return form
}

/** An entry as it stands, for the item that changes it. Twin of src/daftari/ledger/pages/stood.py. */
export const stoodText = ({ id, state, verb, verdict, balance_after_minor, goods, ...line }) =>
  JSON.stringify(line)

/** «دَين 12.50 · 20/11/2026 · سكر» */
export function whatOf(line, customer, context, name) {
  const amount = ltr(money(line.amount_minor, line.currency, context), 'money')
  const { kinds, supplier_kinds: suppliers } = context.words
  const kind = (customer.role === 'supplier' ? suppliers : kinds)[line.kind]
  const what = element('b', `${kind} `, amount, ' ', unitOf(line.currency, context))
  const note = line.note && element('bdi', line.note)
  return joined(what, ltr(shown(line.occurred_on, context)), name, note)
}

/** The form of a new customer; `before`: the same form as it was typed, where others have the name.
 * @param {Context} context
 * @param {string} name
 * @param {Customer[]} [namesakes]
 * @param {HTMLFormElement | null} [before] */
export function drawAdding(context, name, namesakes = [], before = null) {
  const form = part(namesakes.length ? 'same-name' : 'adding', context)
  form.elements.id.value = before?.elements.id.value ?? newId()
  speak(form, context)
  if (!context.may('set_credit_limit')) form.querySelector('[data-terms]').remove()
  else drawLimit(form.querySelector('[for=credit_limit]'), context)
  if (name) form.elements.name.value = name
  if (before) copyTyped(before, form)
  drawNamesakes(form.querySelector('.menu'), namesakes, context)
  return form
}

function copyTyped(before, form) {
  for (const [name, value] of new FormData(before)) {
    const control = form.elements[name]
    if (control && name !== 'id' && name !== 'same_name_ok') control.value = value
  }
}

function drawLimit(label, { shop: { currency }, units }) {
  one(label, '[data-unit]').textContent = units[currency][0]
}

function drawNamesakes(menu, namesakes, { home }) {
  const placeholder = menu?.querySelector('.menu-item')
  menu?.replaceChildren(
    ...namesakes.map(({ id, name, nickname, phone, archived }) => {
      const made = placeholder.cloneNode(true)
      const [who, line] = [made.querySelector('.menu-name > bdi'), made.querySelector('.menu-line')]
      made.querySelector('a').href = `${home}/customers/${id}`
      who.textContent = name
      if (!archived) one(made, '[data-tag=archived]').remove()
      line.replaceChildren(...joined(nickname && element('bdi', nickname), phone && ltr(phone)))
      return made
    })
  )
}
