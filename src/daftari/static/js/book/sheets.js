// The forms of the book: the entry sheet, a reversal, a new customer.

import { shown } from '../line.js'
import { counted, element, ltr } from '../phrase.js'
import { partOf } from './account.js'
import { balancesOf, joined, money, part, sideOf, unitOf } from './parts.js'

const newId = () => crypto.randomUUID()

/** The sheet of one entry. `kind`: debt or payment, to begin with. */
export function drawSheet(around, customer, kind) {
  const form = part(partOf('sheet', customer), around)
  form.action = `${around.home}/customers/${customer.id}/entries`
  form.elements.id.value = newId()
  speak(form, around)
  form.dataset.name = customer.name
  drawHead(form, around, customer)
  drawTerms(form, around, customer)
  drawCurrencies(form.elements.currency, around, customer)
  drawKinds(form, around, kind)
  form.elements.occurred_on.max = around.today
  form.querySelector('[data-unit]').textContent = around.units[around.shop.currency][0]
  return form
}

/* The shop's digits and separators, for what reads and writes amounts. */
function speak(form, { shop: { digits, notation, currency }, units }) {
  Object.assign(form.dataset, {
    digits,
    group: notation.group,
    decimal: notation.decimal,
    decimals: units[currency].at(-1)
  })
  for (const key of form.querySelectorAll('[data-key]')) {
    if (key.dataset.key === 'decimal') key.textContent = digits === 'arab' ? '٫' : notation.decimal
    else if (digits === 'arab') key.textContent = inArabic(key.textContent) || key.textContent
  }
  if (form.elements.amount && digits === 'arab') form.elements.amount.placeholder = '٠'
}

const inArabic = (text) => text.replace(/[0-9]/g, (digit) => '٠١٢٣٤٥٦٧٨٩'[digit])

function drawHead(form, around, customer) {
  const [[currency, minor]] = balancesOf(customer, around)
  const title = form.querySelector('h2')
  title.querySelector('bdi').textContent = customer.name
  const amount = minor
    ? [' ', ltr(money(minor, currency, around), 'money'), ' ', unitOf(currency, around)]
    : []
  title.querySelector('small').replaceChildren(around.sides[sideOf(minor)], ...amount)
}

function drawTerms(form, around, { frozen, credit_limit_minor: limit, due_days: ownDays }) {
  if (!frozen) {
    form.querySelector('.tag.calm').remove()
    delete form.dataset.frozen
  }
  const warning = form.querySelector('[data-limit-warning]')
  if (limit === undefined) {
    delete form.dataset.limit
    warning.remove()
  } else {
    Object.assign(form.dataset, { limit, limitCurrency: around.shop.currency })
    warning.querySelector('.money').textContent = money(limit, around.shop.currency, around)
    warning.querySelector('.unit').textContent = around.units[around.shop.currency][0]
  }
  drawUsualDays(form.querySelector('#due_on-hint'), ownDays ?? around.shop.due_days, around)
}

function drawUsualDays(hint, days, { says, shop }) {
  if (days === null || days === undefined) hint.remove()
  else hint.textContent = counted(JSON.parse(says.usualDays), days, shop)
}

/* The shop's own, those the customer has, and the few that travel. */
function drawCurrencies(select, around, { balances = {} }) {
  const codes = new Set([
    around.shop.currency,
    ...Object.keys(balances),
    ...around.says.foreign.split(' ')
  ])
  const options = new Map([...select.options].map((option) => [option.value, option]))
  select.replaceChildren(
    ...[...codes].map((code) => {
      const option = options.get(code)
      option.dataset.balance = balances[code] ?? 0
      option.toggleAttribute('selected', code === around.shop.currency)
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
}

/** The question before a line of the book is reversed. */
export function drawReversal(around, customer, line) {
  const form = part('reversal', around)
  form.action = `${around.home}/entries/${line.id}/reversal`
  form.dataset.account = `${around.home}/customers/${customer.id}`
  form.elements.id.value = newId()
  const amount = ltr(money(line.amount_minor, line.currency, around), 'money')
  const { kinds, supplier_kinds: suppliers } = around.words
  const kind = (customer.role === 'supplier' ? suppliers : kinds)[line.kind]
  const what = element('b', `${kind} `, amount, ' ', unitOf(line.currency, around))
  const [name, note] = [customer.name, line.note].map((text) => text && element('bdi', text))
  form
    .querySelector('.reversal-of')
    .replaceChildren(...joined(what, ltr(shown(line.occurred_on, around)), name, note))
  return form
}

/** The form of a new customer; `before`: the same form as it was typed, where others have the name. */
export function drawAdding(around, name, namesakes = [], before = null) {
  const form = part(namesakes.length ? 'same-name' : 'adding', around)
  form.elements.id.value = before?.elements.id.value ?? newId()
  speak(form, around)
  if (!around.may('set_credit_limit'))
    for (const field of ['credit_limit', 'due_days'])
      form.elements[field].closest('.field').remove()
  else drawLimit(form.querySelector('[for=credit_limit]'), around)
  if (name) form.elements.name.value = name
  if (before) copyTyped(before, form)
  drawNamesakes(form.querySelector('.menu'), namesakes, around)
  return form
}

function copyTyped(before, form) {
  for (const [name, value] of new FormData(before)) {
    const control = form.elements[name]
    if (control && name !== 'id' && name !== 'same_name_ok') control.value = value
  }
}

function drawLimit(label, { shop: { currency }, units }) {
  label.firstChild.data = label.firstChild.data.replace(units.SAR[0], units[currency][0])
}

function drawNamesakes(menu, namesakes, { home }) {
  const specimen = menu?.firstElementChild
  menu?.replaceChildren(
    ...namesakes.map(({ id, name, nickname, phone }) => {
      const made = specimen.cloneNode(true)
      const [who, line] = [made.querySelector('.menu-name > bdi'), made.querySelector('.menu-line')]
      made.querySelector('a').href = `${home}/customers/${id}`
      who.textContent = name
      line.replaceChildren(...joined(nickname && element('bdi', nickname), phone && ltr(phone)))
      return made
    })
  )
}
