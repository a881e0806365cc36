// The row of one entry, cloned from the template that the server draws and filled in on the phone.

import { formatAmount } from './amount.js'
import { canAsk } from './approval.js'
import { setIcon } from './dom.js'
import { hijriBeside } from './hijri.js'
import { dayOf, effectOf, timeOf } from './phone/overlay.js'
import { element, filled, ltr } from './phrase.js'
import { formatRate } from './rates.js'

const ACTIONS = {
  waiting: ['withdraw'],
  refused: ['again', 'dismiss'],
  conflict: ['again', 'dismiss']
}
const LATER = { reverse_entry: ['dismiss'], correct_entry: ['again', 'dismiss'] }
const FAILED = ['refused', 'conflict']

const read = new WeakMap()

/** The phrases that came with a template, read once. */
export function wordsOf(template) {
  if (!read.has(template)) read.set(template, JSON.parse(template.dataset.phrases))
  return read.get(template)
}

/** How a state is shown: what left and was not heard of, and what must wait, waits. */
export const shownState = (state) => (FAILED.includes(state) ? state : 'waiting')

/** Of a whole item, `written` being nothing to show: a photo that has not arrived is part of it. */
export function stateOf({ state, photo }) {
  if (state !== 'written') return shownState(state)
  return photo ? shownState(photo.state) : state
}

/** The article of one line. `line`: as the snapshot tells it, or an item of the phone with `state`,
 * `words`, `made_at`. `context`: {shop, today, toward, people?, person?, reversed?, href?, meant?}; the
 * last answers {day, note} of the debt or plan of this id. */
export function drawEntry(template, line, context) {
  const words = wordsOf(template)
  const drawn = template.content.querySelector('.entry').cloneNode(true)
  const at = new Date(line.recorded_at ?? line.made_at)
  const day = line.occurred_on || dayOf(at, context.shop)
  const parts = drawn.querySelector('a').children
  const look = { words, drawn, parts, line, context, at, day, tone: toneOf(line, context) }
  drawn.id = `entry-${line.id}`
  delete drawn.dataset.state
  drawn.className = `entry ${{ debt: 'grows', payment: 'shrinks' }[look.tone] ?? ''}`.trim()
  if (line.state) drawn.dataset.state = FAILED.includes(line.state) ? 'failed' : 'waiting'
  else if (line.reversed_by) drawn.dataset.state = 'reversed'
  drawWhat(look)
  drawAmounts(look)
  parts[2].replaceChildren(...joined(lineOf(look)))
  drawLink(look)
  return drawn
}

/** `debt` where what is owed grows, `payment` where it shrinks, '' where it does neither. */
export function toneOf(line, { toward }) {
  const effect =
    (line.effect_minor ?? effectOf(line, toward < 0 ? 'supplier' : 'customer')) * toward
  if (line.kind === 'reversal' || !effect) return ''
  return effect > 0 ? 'debt' : 'payment'
}

function drawWhat({ words, parts: [place], line, context }) {
  const method = place.querySelector('small')
  const note = place.querySelector('bdi')
  const kinds = context.toward < 0 ? words.supplier_kinds : words.kinds
  place.querySelector('b').textContent = kinds[line.kind] ?? words.correction
  if (line.method) method.textContent = words.methods[line.method]
  else method.remove()
  const noteText = line.note || (line.verb === 'reverse_entry' && line.reason)
  if (noteText) note.textContent = noteText
  else note.remove()
}

function drawAmounts({ words, parts: [, amount, , after], line, context, tone }) {
  const { currency } = line
  if (!currency) {
    amount.replaceChildren()
    return after.replaceChildren()
  }
  if (tone && !line.reversed_by)
    amount.prepend(unseen(`${words[tone === 'debt' ? 'grows' : 'shrinks']} `))
  amount.querySelector('bdi').textContent = moneyOf(words, context, line.amount_minor, currency)
  if (currency !== context.shop.currency) amount.append(' ', unitOf(words, currency))
  const balance = line.balance_after_minor
  if (balance === undefined) return after.replaceChildren()
  const side = words.sides[balance > 0 ? 'owes' : balance < 0 ? 'owed' : '']
  after.replaceChildren(unseen(`${words.after} `), side)
  if (balance)
    after.append(' ', element('bdi', moneyOf(words, context, Math.abs(balance), currency)))
}

const unseen = (text) => element('i', text)

export function moneyOf(words, { shop }, minor, currency) {
  return formatAmount(minor, words.units[currency][2], shop.digits, shop.notation)
}

function unitOf(words, currency) {
  const unit = element('span', words.units[currency][0])
  unit.className = 'unit'
  return unit
}

/* Each piece is a list of nodes; a point stands between two pieces. */
function lineOf({ words, drawn, line, context, at, day }) {
  const name = (text) => element('bdi', text)
  const near = (one) => nearDay(words, one, context)
  const isDated = line.occurred_on || line.kind
  const pieces = [isDated ? [near(day), ...hijriBeside(day, context.shop)] : []]
  if (line.state) pieces.unshift([markOf(words, drawn, line)])
  else if (line.reversed_by) pieces.unshift([marked(drawn, 'reversal', words.reversed)])
  if (line.corrects) pieces.splice(-1, 0, [marked(drawn, 'edit', words.corrected)])
  if (ageOf(day, context.today) < 2 && day === dayOf(at, context.shop))
    pieces[pieces.length - 1].push(' ', ltr(clock(at, context.shop)))
  const who = line.recorded_by !== context.person && context.people?.[line.recorded_by]
  if (who) pieces.push([name(who)])
  if (line.paid_currency) pieces.push(handedOver(words, line, context))
  if (line.state && line.for !== undefined) pieces.push(meantFor(words, line, context))
  if (line.taker) pieces.push(filled(words.taken, { name: name(line.taker) }))
  if (line.paid_by) pieces.push(filled(words.paid, { name: name(line.paid_by) }))
  if (line.due_on && !line.reversed_by)
    pieces.push(filled(words.due, { day: shortDay(line.due_on, context) }))
  if (line.photo) pieces.push([words.photo])
  const { reversed } = context
  if (reversed)
    pieces.push(
      filled(words.reverses, {
        kind: words.kinds[reversed.kind],
        day: shortDay(reversed.occurred_on, context)
      })
    )
  return pieces
}

function meantFor(words, { for: id }, context) {
  if (!id) return [words.for_any]
  const { day, note } = context.meant?.(id) ?? {}
  if (day) return filled(words.for_debt, { day: shortDay(day, context) })
  return note ? filled(words.for_plan, { note: element('bdi', note) }) : [words.for_some]
}

function handedOver(words, { paid_minor: minor, paid_currency: currency, rate_e8: rate }, context) {
  const amount = ltr(moneyOf(words, context, minor, currency), 'money')
  const { digits, notation } = context.shop
  return filled(words.handed_over, {
    amount: element('span', amount, ' ', unitOf(words, currency)),
    rate: ltr(formatRate(rate, digits, notation))
  })
}

function joined(pieces) {
  return pieces.flatMap((piece, at) => (at ? [' · ', ...piece] : piece))
}

function markOf(words, drawn, { state, ask }) {
  const shown = shownState(state)
  const isWaiting = shown === 'waiting'
  const text = words.states[isWaiting && ask ? 'asks' : shown]
  return marked(drawn, isWaiting ? 'waiting' : 'warning', text)
}

/* A drawing of the sprite beside its word. */
function marked(drawn, drawing, text) {
  const made = element('span', iconOf(drawn, drawing), text)
  made.className = 'entry-state'
  return made
}

function iconOf(drawn, drawing) {
  const icon = drawn.querySelector('.entry-state .icon').cloneNode(true)
  setIcon(icon, drawing)
  return icon
}

/* An entry leads on where there is more; an item unfolds, and says why it was refused and what can be
 * done now. */
function drawLink({ words, drawn, line, context }) {
  const link = drawn.querySelector('a')
  if (line.state) return link.replaceWith(unfolding(link, words, line))
  link.href = context.href
}

function unfolding(link, words, line) {
  const why = element('p', line.state === 'conflict' ? words.conflict : (line.verdict?.words ?? ''))
  why.className = 'entry-why'
  const actions = element(
    'div',
    ...(why.textContent ? [why] : []),
    ...actionsOf(line).map((name) => actionButton(words, name, line))
  )
  actions.className = 'entry-actions'
  const made = element('details', element('summary', ...link.childNodes), actions)
  made.open = Boolean(why.textContent)
  return made
}

/* What takes back an entry and may have arrived cannot be taken back itself; a refused reversal has no
 * form to open. */
export function actionsOf(item) {
  const names = ACTIONS[shownState(item.state)]
  const later = item.state === 'waiting' ? null : LATER[item.verb]
  const left = later ? names.filter((name) => later.includes(name)) : names
  return canAsk(item) ? ['ask', ...left] : left
}

/** What can be done with an item of the phone: js/actions.js does it. */
export function actionButton(words, name, { id }) {
  const button = element('button', words.actions[name])
  button.type = 'button'
  button.className = `button ${['withdraw', 'dismiss'].includes(name) ? 'quiet' : 'plain'}`
  Object.assign(button.dataset, { action: name, item: id, sure: words.sure })
  return button
}

function nearDay(words, day, context) {
  return [words.today, words.yesterday][ageOf(day, context.today)] ?? shortDay(day, context)
}

const ageOf = (day, today) => (Date.parse(today) - Date.parse(day)) / 86_400_000

/** 20/11, and the year where it is not this one. */
export function shortDay(day, context) {
  return ltr(
    shown(day, context)
      .split('/')
      .slice(0, day.slice(0, 4) === context.today.slice(0, 4) ? 2 : 3)
      .join('/')
  )
}

export function shown(day, { shop }) {
  const [year, month, date] = day.split('-').map(Number)
  return inDigits(`${date}/${month}/${year}`, shop)
}

const inDigits = (text, { digits }) =>
  digits === 'arab' ? text.replace(/[0-9]/g, (digit) => '٠١٢٣٤٥٦٧٨٩'[digit]) : text

/** Day and hour of a moment in the shop, `23/11/2026 12:00`. */
export const stamp = (at, context) =>
  ltr(`${shown(dayOf(at, { zone: context.shop.zone }), context)} ${clock(at, context.shop)}`)

const clock = (at, shop) => inDigits(timeOf(at, shop), shop)

/** The business day of a moment in the shop, `2026-11-23`. */
export const civil = (at, shop) => dayOf(at, shop)
