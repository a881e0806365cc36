// The account of one customer: his balance with what waits on the phone, and his last entries.

import { byId, one } from '../dom.js'
import { civil, drawEntry } from '../entry-row.js'
import { countedDebt, isBeyondLimit, withMain } from '../limits.js'
import { counted, element, ltr } from '../phrase.js'
import {
  balancesOf,
  countKey,
  fillIn,
  joined,
  lengthOf,
  money,
  part,
  placeholder,
  sideOf,
  unitOf
} from './fragments.js'
import { comingKey, daysBetween } from './people.js'
import { placed } from './placed.js'
import { meantBy } from './targets.js'

const WAITING = ['waiting', 'sending', 'deferred']
// So many lines of one customer the phone carries; what is older needs the network.
const ENTRIES_CARRIED = 10

export const partNameOf = (name, { role = 'customer' }) =>
  `${name}-${role === 'supplier' ? role : 'customer'}`

export function drawAccount(context, customer) {
  const made = part(partNameOf('account', customer), context)
  one(made, 'h1 bdi').textContent = customer.name
  const { nickname, phone, neighbourhood, role, note } = customer
  const isSupplier = role === 'supplier'
  const place = neighbourhood && element('bdi', neighbourhood)
  const about = joined(nickname, phone && ltr(phone), place, isSupplier && context.says.supplier)
  if (about.length) made.querySelector('.topbar-line').replaceChildren(...about)
  else made.querySelector('.topbar-line').remove()
  made.querySelector('#standing').replaceWith(drawSummary(context, customer))
  drawContactActions(made.querySelector('#contact-actions'), customer)
  if (note) made.querySelector('.customer-note bdi').textContent = note
  else made.querySelector('.customer-note').remove()
  drawLines(made.querySelector('#lines'), context, customer)
  drawMainActions(made.querySelector('.entry-buttons'), context, customer)
  return made
}

function drawSummary(context, customer) {
  const due = dueOf(customer, context.today)
  const made = one(placeholder('standings'), `[data-key="${due.key}"] > *`).cloneNode(true)
  const [[currency, minor], ...others] = balancesOf(customer, context)
  const big = one(made, '.big')
  const text = money(minor, currency, context)
  one(made, '.balance-word').textContent = context.sides[sideOf(minor)]
  big.className = `big ${sideOf(minor)}`
  big.dataset.length = lengthOf(text)
  big.replaceChildren(ltr(text, 'money'), ' ', unitOf(currency, context))
  one(made, '.balance-more').replaceChildren(...others.map((other) => drawOther(other, context)))
  if (due.day) fillIn(one(made, '.tag'), due, context)
  drawTags(made.querySelector('.tags'), context, customer)
  if (!customer.archived) one(made, '[data-tag=archived]').remove()
  return made
}

/** @returns {{key: string, count?: number, day?: Day}} */
function dueOf({ oldest_due_on: due }, today) {
  if (!due) return { key: 'none' }
  if (due === today) return { key: 'due today', day: due }
  const count = daysBetween(due, today)
  return count > 0
    ? { key: `late ${countKey(count)}`, count, day: due }
    : { key: `due ${comingKey(due, today)}`, day: due }
}

function drawOther([currency, minor], context) {
  const amount = element('b', ltr(money(minor, currency, context), 'money'))
  return element(
    'span',
    `${context.sides[sideOf(minor)]} `,
    amount,
    ` ${context.units[currency][1]}`
  )
}

function drawTags(tags, context, customer) {
  const { frozen, lines = [] } = customer
  const shown = placed(lines)
  drawLimit(tags, context, customer)
  if (!frozen) one(tags, '[data-tag=frozen]').remove()
  const own = shown.filter(({ state }) => WAITING.includes(state)).length
  if (!own) return
  const tag = element('span', counted(context.words.own, own, context.shop))
  tag.className = 'tag calm'
  tag.dataset.own = ''
  tags.append(tag)
}

function drawLimit(tags, context, { credit_limit_minor: limit, balances = {} }) {
  const { currency, rates } = context.shop
  const decimalsOf = (code) => context.units[code].at(-1)
  const debt = countedDebt(balances, withMain(rates, currency), currency, decimalsOf)
  if (isBeyondLimit(limit, debt))
    one(tags, '[data-tag=limit] .money').textContent = money(limit, currency, context)
  else one(tags, '[data-tag=limit]').remove()
  if (limit !== 0) one(tags, '[data-tag=no-debt]').remove()
  const uncounted = one(tags, '[data-tag=uncounted]')
  if (limit === undefined || !debt.uncounted.length) return uncounted.remove()
  const names = debt.uncounted.map((code) => context.units[code][1])
  uncounted.textContent = uncounted.textContent.replace(context.units.USD[1], names.join(' · '))
}

/* A ready message and a change of details need the network. */
function drawContactActions(actions, { phone }) {
  const addresses = phone && {
    call: `tel:${phone}`,
    whatsapp: `https://wa.me/${phone.replace('+', '')}`
  }
  for (const action of [...actions.children]) {
    if (action.dataset.contact === 'counter') continue
    const address = addresses?.[action.dataset.contact]
    if (!address) action.remove()
    else if (action.dataset.contact === 'whatsapp') asChat(action, address)
    else action.href = address
  }
}

/* Its words need the network; the chat does not. */
function asChat(action, href) {
  action.removeAttribute('data-opens-sheet')
  Object.assign(action, { href, target: '_blank', rel: 'noopener' })
}

function drawLines(place, context, customer) {
  const { lines = [] } = customer
  if (!lines.length) return
  const drawn = placed(lines, customer.balances).map((line) =>
    drawEntry(byId('blank-line'), stateless(line), entryContext(line, lines, customer, context))
  )
  place.dataset.ruled = ''
  place.replaceChildren(...drawn)
  if (lines.filter(({ state }) => !state).length >= ENTRIES_CARRIED)
    place.append(part('older', context))
}

/* What the server has written is in the book, though the phone has not fetched it yet. */
function stateless({ state, ...line }) {
  return state === 'written' ? line : { ...line, state }
}

function entryContext(line, lines, customer, context) {
  const { role } = customer
  const reversed = line.reverses && lines.find(({ id }) => id === line.reverses)
  const href = `${context.home}/entries/${line.id}`
  const meant = (id) => meantBy(customer, id)
  return { ...context, toward: role === 'supplier' ? -1 : 1, reversed, href, meant }
}

/** Whether this person may reverse the entry. Twin of src/daftari/ledger/rules/refusals.py. */
export function mayReverse(
  { kind, state, reversed_by: by, recorded_by: who, recorded_at: at },
  { may, person, shop, today }
) {
  if (kind === 'reversal' || by || (state && state !== 'written')) return false
  return (
    may('reverse_entry') ||
    (may('reverse_own_entry') && who === person && civil(new Date(at), shop) === today)
  )
}

/** Whether this person may ask to reverse the entry, or to correct it. */
export const mayAsk = ({ kind, state, reversed_by: by }, { may }) =>
  kind !== 'reversal' && !by && (!state || state === 'written') && may('reverse_own_entry')

function drawMainActions(actions, { may }, { id }) {
  if (!may('record_entry')) return actions.remove()
  for (const link of actions.querySelectorAll('a'))
    link.href = link.href.replace(/\/customers\/-\//, `/customers/${id}/`)
}
