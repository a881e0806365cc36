// Shows pending items on the account page: a row for each, in its place, and the balance with them.
// When an item is in the book, the server's own row takes its place; until then it counts.

import { meantBy } from './book/targets.js'
import { placeRows } from './changed-rows.js'
import { drawEntry, moneyOf, shownState, wordsOf } from './entry-row.js'
import { isCorrection, placeCorrection, unplace, withCorrections } from './pending-corrections.js'
import { reversedOf, sumsOf } from './pending-effects.js'
import { dayOf } from './phone/overlay.js'
import { counted, element, ltr } from './phrase.js'

// The oldest come first, and all rows since the oldest are answered.
const MOST_IN_ADDRESS = 50
/** By id: {row, item}, the item as it was drawn. */
const drawn = new Map()
const brought = new Set()
const compared = new WeakSet()
const photosOnWay = new Set()
/** @type {Promise<void> | null} */
let bringing = null

const find = (id) => document.getElementById(id)

/** Draws what waits; nothing where the page shows no account. `known`: at once, as this page knows
 * it, without another look at the phone's disk. */
export async function showPending(book, known) {
  const [lines, standing, template] = ['lines', 'standing', 'blank-line'].map(find)
  if (!lines || !standing || !template) return
  const here = itemsOf(known ?? (await book.items()), standing.dataset.customer)
  const shown = await withCorrections(book, standing.dataset.customer, here)
  const coming = [...shown.filter(isComing), ...goneOf(shown)]
  const own = [...shown.filter(({ state }) => state !== 'written'), ...coming.filter(isWhole)]
  const context = contextOf(standing)
  if (own.some((item) => item.for)) context.meant = await meantIn(book, standing.dataset.customer)
  const gone = [...coming.map(({ id }) => id), ...photographedOf(here)]
  drawOwn(lines, template, own, context)
  drawSummary(standing, template, own, context)
  const newer = !known && (await newerOf(book, standing.dataset.customer, lines))
  if (newer) {
    gone.push(newer.lines[0].id)
    standing.dataset.balance = String(newer.balances?.[context.shop.currency] ?? 0)
    drawSummary(standing, template, own, context)
  }
  if (gone.length)
    await (bringing ??= bringWritten(standing, gone).finally(() => {
      bringing = null
    }))
}

/** What somebody took back is not waited for. */
export function forget(id) {
  const row = drawn.get(id)?.row
  unplace(row)
  row?.remove()
  drawn.delete(id)
}

/* Of this customer, oldest first; a reversal or correction is of whoever its entry is. */
function itemsOf(items, customer) {
  const ids = new Set()
  return items.filter(({ id, verb, customer_id: whose, entry_id: entry }) => {
    const isHere = whose === customer || (entry && (ids.has(entry) || find(`entry-${entry}`)))
    return isHere && verb?.endsWith('_entry') && ids.add(id)
  })
}

const isDrawnHere = (id) => Boolean(drawn.get(id)?.row.isConnected)

/* In the book, and not in the server's own rows: they or this page were on their way here. */
function isComing({ id, state, isCarried, ask }) {
  if (state !== 'written' || brought.has(id)) return false
  if (ask) return isDrawnHere(id)
  return isDrawnHere(id) || (!isCarried && !find(`entry-${id}`))
}

/* What stood here waiting, and the phone holds no more, since it has carried the book. */
function goneOf(shown) {
  const isGone = ({ row, item }) => row.isConnected && !shown.some(({ id }) => id === item.id)
  return [...drawn.values()].filter(isGone).map(({ item }) => item)
}

/* A correction of an entry that the phone holds no more says only what is new. */
const isWhole = (item) => !isCorrection(item) || item.moved_minor !== undefined

/* The customer as the phone has carried him since, where the newest line it knows of him is not on the
 * page. The lines are looked at once, when they come. */
async function newerOf(book, customer, lines) {
  if (compared.has(lines)) return null
  const snapshot = await book.snapshotOf(customer)
  const [newest] = snapshot?.lines ?? []
  const isNewer = newest && !find(`entry-${newest.id}`) && !brought.has(newest.id)
  if (!isNewer) compared.add(lines)
  return isNewer ? snapshot : null
}

/* Whose photo has followed it. */
function photographedOf(here) {
  const ids = here
    .filter(({ state, photo }) => state === 'written' && photo?.state === 'waiting')
    .map(({ id }) => id)
  for (const id of ids) photosOnWay.add(id)
  return [...photosOnWay].filter((id) => !ids.includes(id))
}

/* By what the phone knows of the debts and plans of a customer. */
export async function meantIn(book, id) {
  const customer = (await book.snapshotOf(id)) ?? {}
  return (target) => meantBy(customer, target)
}

/** Of the shop and the customer, as a place of the page says.
 * @param {HTMLElement} place
 * @returns {any} */
export function contextOf({ dataset: { toward, currency, zone, dayEnds, calendar, hijriShift } }) {
  const { spoken } = wordsOf(find('blank-line'))
  const days = { zone, day_ends: Number(dayEnds), calendar, hijri_shift: Number(hijriShift) }
  const shop = { ...spoken, ...days, currency }
  return { shop, toward: Number(toward), today: dayOf(Date.now(), shop) }
}

function drawOwn(lines, template, own, context) {
  for (const item of own) {
    const line = { ...reversedOf(item, own, context), ...item }
    const look = [item.state, item.verdict?.words].join()
    const before = drawn.get(item.id)?.row
    if (before?.isConnected && (item.state === 'written' || before.dataset.look === look)) {
      if (isCorrection(item)) placeCorrection(before, item)
      continue
    }
    const row = drawEntry(template, line, context)
    row.dataset.look = look
    if (before?.isConnected) before.replaceWith(row)
    else lines.prepend(row)
    if (isCorrection(item)) placeCorrection(row, item)
    drawn.set(item.id, { row, item })
  }
}

function drawSummary(standing, template, own, context) {
  const words = wordsOf(template)
  const sums = sumsOf(own, context)
  const { currency, balance } = standing.dataset
  const side = drawBig(standing, words, context, Number(balance) + (sums.get(currency) ?? 0))
  standing.querySelector('.balance-word').textContent = words.sides[side]
  for (const [other, sum] of sums)
    if (other !== currency) drawOther(standing, words, context, other, sum)
  drawTag(
    standing,
    words,
    context,
    own.filter(({ state }) => state !== 'written' && shownState(state) === 'waiting').length
  )
}

const sideOf = (balance) => (balance > 0 ? 'owes' : balance < 0 ? 'owed' : '')

function drawBig(standing, words, context, balance) {
  standing.dataset.shown = balance
  const big = standing.querySelector('.big')
  const text = moneyOf(words, context, Math.abs(balance), standing.dataset.currency)
  big.className = `big ${sideOf(balance)}`
  big.dataset.length = text.length > 10 ? 'very-long' : text.length > 9 ? 'long' : 'short'
  big.querySelector('.money').textContent = text
  return sideOf(balance)
}

function drawOther(standing, words, context, currency, sum) {
  let more = standing.querySelector('.balance-more')
  if (!more) {
    more = element('p')
    more.className = 'balance-more'
    standing.querySelector('.big').after(more)
  }
  let place = more.querySelector(`[data-currency=${currency}]`)
  if (!place) {
    place = element('span')
    Object.assign(place.dataset, { currency, balance: 0 })
    more.append(place)
  }
  const balance = Number(place.dataset.balance) + sum
  const amount = element('b', ltr(moneyOf(words, context, Math.abs(balance), currency), 'money'))
  place.replaceChildren(`${words.sides[sideOf(balance)]} `, amount, ` ${words.units[currency][1]}`)
}

function drawTag(standing, words, { shop }, count) {
  const tags = standing.querySelector('.tags')
  tags.querySelector('[data-own]')?.remove()
  if (!count) return
  const tag = element('span', counted(words.own, count, shop))
  tag.className = 'tag calm'
  tag.dataset.own = ''
  tags.append(tag)
}

/* All that the new lines change, from the server, each part in its place. Where nobody answers they
 * stand as they are, and are asked for at the next look. */
async function bringWritten({ dataset }, gone) {
  const account = await readPart(
    `/s/${dataset.shop}/customers/${dataset.customer}?recorded=${gone.at(-1)}&since=${gone.slice(0, MOST_IN_ADDRESS)}`
  )
  if (!account) return
  const lines = find('lines')
  await window.htmx.swap({ text: account, sourceElement: lines, target: lines, swap: 'none' })
  placeRows()
  for (const id of gone.filter((one) => drawn.get(one)?.item.ask)) forget(id)
  if (gone.some(isDrawnHere)) return
  for (const id of gone) {
    drawn.delete(id)
    photosOnWay.delete(id)
    brought.add(id)
  }
  document.dispatchEvent(new Event('written'))
}

async function readPart(address) {
  try {
    const answer = await fetch(address, { headers: { 'HX-Request': 'true' } })
    return answer.ok && !answer.redirected ? await answer.text() : ''
  } catch {
    return ''
  }
}
