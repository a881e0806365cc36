// A customer's account: where he stands with what waits on the phone, and his last lines.

import { civil, drawLine } from '../line.js'
import { counted, element, ltr } from '../phrase.js'
import {
  balancesOf,
  countKey,
  find,
  joined,
  lengthOf,
  money,
  part,
  say,
  sideOf,
  specimen,
  unitOf
} from './parts.js'
import { comingKey, daysBetween } from './people.js'

const WAITING = ['waiting', 'sending', 'deferred']
// So many lines of one customer the phone carries; what is older needs the network.
const CARRIED = 10

export const partOf = (name, { role = 'customer' }) =>
  `${name}-${role === 'supplier' ? role : 'customer'}`

export function drawAccount(around, customer) {
  const made = part(partOf('account', customer), around)
  made.querySelector('h1 bdi').textContent = customer.name
  const { nickname, phone, role, note } = customer
  const isSupplier = role === 'supplier'
  const about = joined(nickname, phone && ltr(phone), isSupplier && around.says.supplier)
  if (about.length) made.querySelector('.topbar-line').replaceChildren(...about)
  else made.querySelector('.topbar-line').remove()
  made.querySelector('#standing').replaceWith(drawStanding(around, customer))
  drawActs(made.querySelector('#acts'), customer)
  if (note) made.querySelector('.customer-note bdi').textContent = note
  else made.querySelector('.customer-note').remove()
  drawLines(made.querySelector('#lines'), around, customer)
  drawDeeds(made.querySelector('.deeds'), around, customer)
  return made
}

function drawStanding(around, customer) {
  const due = dueOf(customer, around.today)
  const made = specimen('standings').querySelector(`[data-key="${due.key}"] > *`).cloneNode(true)
  const [[currency, minor], ...others] = balancesOf(customer, around)
  const big = made.querySelector('.big')
  const text = money(minor, currency, around)
  made.querySelector('.balance-word').textContent = around.sides[sideOf(minor)]
  big.className = `big ${sideOf(minor)}`
  big.dataset.length = lengthOf(text)
  big.replaceChildren(ltr(text, 'money'), ' ', unitOf(currency, around))
  made
    .querySelector('.balance-more')
    .replaceChildren(...others.map((other) => drawOther(other, around)))
  if (due.day) say(made.querySelector('.tag'), due, around)
  drawTags(made.querySelector('.tags'), around, customer, minor)
  return made
}

function dueOf({ oldest_due_on: due }, today) {
  if (!due) return { key: 'none' }
  if (due === today) return { key: 'due today', day: due }
  const count = daysBetween(due, today)
  return count > 0
    ? { key: `late ${countKey(count)}`, count, day: due }
    : { key: `due ${comingKey(due, today)}`, day: due }
}

function drawOther([currency, minor], around) {
  const amount = element('b', ltr(money(minor, currency, around), 'money'))
  amount.className = sideOf(minor)
  return element('span', `${around.sides[sideOf(minor)]} `, amount, ` ${around.units[currency][1]}`)
}

/* The last two of the specimen: the limit that is passed, the account that is frozen. */
function drawTags(tags, around, { credit_limit_minor: limit, frozen, lines = [] }, minor) {
  const [passed, isFrozen] = [...tags.children].slice(-2)
  if (limit !== undefined && minor > limit)
    passed.querySelector('.money').textContent = money(limit, around.shop.currency, around)
  else passed.remove()
  if (!frozen) isFrozen.remove()
  const own = lines.filter(({ state }) => WAITING.includes(state)).length
  if (!own) return
  const tag = element('span', counted(around.words.own, own, around.shop))
  tag.className = 'tag calm'
  tag.dataset.own = ''
  tags.append(tag)
}

/* A ready message and a change of details need the network. */
function drawActs(acts, { phone }) {
  if (!phone) return acts.remove()
  const [call, write, ...others] = acts.children
  call.href = `tel:${phone}`
  write.href = `https://wa.me/${phone.replace('+', '')}`
  for (const other of others) other.remove()
}

function drawLines(place, around, customer) {
  const { lines = [] } = customer
  if (!lines.length) return
  const drawn = lines.map((line) =>
    drawLine(find('blank-line'), stateless(line), aroundLine(line, lines, customer, around))
  )
  place.dataset.ruled = ''
  place.replaceChildren(...drawn)
  if (lines.filter(({ state }) => !state).length >= CARRIED) place.append(part('older', around))
}

/* What the server has written is in the book, though the phone has not fetched it yet. */
function stateless({ state, ...line }) {
  return state === 'written' ? line : { ...line, state }
}

function aroundLine(line, lines, { role }, around) {
  const reversed = line.reverses && lines.find(({ id }) => id === line.reverses)
  const reverseHref = mayReverse(line, around) && `${around.home}/entries/${line.id}/reversal`
  return { ...around, toward: role === 'supplier' ? -1 : 1, reversed, reverseHref }
}

/* The twin of ledger/rules/refusals.py. */
function mayReverse(
  { kind, state, reversed_by: by, recorded_by: who, recorded_at: at },
  { may, person, shop, today }
) {
  if (kind === 'reversal' || by || (state && state !== 'written')) return false
  return (
    may('reverse_entry') ||
    (may('reverse_own_entry') && who === person && civil(new Date(at), shop) === today)
  )
}

function drawDeeds(deeds, { may }, { id }) {
  if (!may('record_entry')) return deeds.remove()
  for (const link of deeds.children)
    link.href = link.href.replace(/\/customers\/-\//, `/customers/${id}/`)
}
