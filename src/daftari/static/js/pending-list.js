// The lists of the server's pages, with what this phone wrote and the page does not know yet: it counts in
// the totals and in its row at once. When it has come into the book the lists are read anew.

import { formatAmount } from './amount.js'
import { withItems } from './phone/overlay.js'

const UNSENT = ['waiting', 'deferred']
const SETTLES = 300
const AGAIN = 5_000
const PLACES = ['#totals', '#list', '.page:has(#due)', '#due-count']

/** Keeps the lists of this page up to date with the phone. `items`: what it held when the page came,
 * before it sent anything.
 * @param {import('./phone/book.js').Book} book
 * @param {Item[]} items */
export async function watchList(book, items) {
  const list = new PendingList(book)
  await list.begin(items)
  book.listen(({ what }) => what === 'items' && list.look())
}

class PendingList {
  /** By id: what counts here and not yet on the server's page. @type {Map<string, Item>} */
  counted = new Map()
  /** By customer: the balances in the snapshot, and with what counts. */
  moves = new Map()
  timer = 0

  constructor(book) {
    this.book = book
  }

  /* What came into the book while this page was on its way here may be missing on it. */
  async begin(items) {
    const isMissed = ({ state, isCarried }) => state === 'written' && !isCarried
    if (items.some(isMissed)) this.readSoon(0)
    await this.add(items)
    await this.look()
  }

  async look() {
    if (this.book.ended) return
    const items = await this.book.items()
    await this.add(items)
    if (this.settled(items).length) this.readSoon(SETTLES)
  }

  async add(items) {
    const fresh = items.filter(({ id, state }) => UNSENT.includes(state) && !this.counted.has(id))
    for (const item of fresh) this.counted.set(item.id, item)
    if (fresh.length) await this.count()
  }

  /* Those that came into the book, or go nowhere any more. */
  settled(items) {
    const isUnsent = ({ state }) => UNSENT.includes(state) || state === 'sending'
    const unsent = new Set(items.filter(isUnsent).map(({ id }) => id))
    return [...this.counted.keys()].filter((id) => !unsent.has(id))
  }

  async count() {
    const { book, counted } = this
    const shop = book.head?.shop
    const people = shop ? await book.customers() : new Map()
    for (const { id, lines } of people.values()) {
      if (!lines?.some((line) => counted.has(line.id))) continue
      const before = (await book.snapshotOf(id)) ?? { ...people.get(id), balances: {}, lines: [] }
      const after = withItems(new Map([[id, before]]), [...counted.values()], shop).get(id)
      this.moves.set(id, { before: before.balances ?? {}, after: after?.balances ?? {} })
    }
    this.draw()
  }

  draw() {
    const { shop } = this.book.head ?? {}
    if (!shop || !this.moves.size) return
    for (const place of document.querySelectorAll('#totals > .totals'))
      drawTotals(place, [...this.moves.values()], shop)
    for (const [id, { after }] of this.moves) drawRow(id, after[shop.currency] ?? 0, shop)
  }

  readSoon(delay) {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.readAnew(), delay)
  }

  async readAnew() {
    if (this.book.ended) return
    const settled = this.settled(await this.book.items())
    const page = await readPage()
    if (!page) return this.readSoon(AGAIN)
    for (const id of settled) this.counted.delete(id)
    this.moves.clear()
    for (const place of PLACES) renew(place, page)
    await this.count()
  }
}

/** @param {HTMLElement} place */
function drawTotals(place, moves, shop) {
  const { currency = '', decimals } = place.dataset
  const moved = { receivable: 0, payable: 0, net: 0 }
  for (const { before, after } of moves) {
    const [old, now] = [before, after].map((balances) => balances[currency] ?? 0)
    moved.receivable += Math.max(now, 0) - Math.max(old, 0)
    moved.payable += Math.max(-now, 0) - Math.max(-old, 0)
    moved.net += now - old
  }
  /** @type {NodeListOf<HTMLElement>} */
  const totals = place.querySelectorAll('[data-total]')
  for (const total of totals) {
    const minor = Number(total.dataset.minor) + moved[total.dataset.total ?? '']
    write(total, formatAmount(minor, Number(decimals), shop.digits, shop.notation))
  }
}

function drawRow(id, minor, { id: shop, decimals, digits, notation }) {
  const link = document.querySelector(`.row > a[href^="/s/${shop}/customers/${id}"]`)
  const place = link?.querySelector('.row-amount:not([data-foreign])')
  if (!place || link?.closest('#due')) return
  const side = minor > 0 ? 'owes' : minor < 0 ? 'owed' : ''
  if (!place.classList.contains(side || 'row-amount')) reword(place, side)
  write(place, formatAmount(Math.abs(minor), decimals, digits, notation))
}

/* The word of the side stands at another row, if anybody is on it. */
function reword(place, side) {
  place.querySelector('small')?.remove()
  const word = side && document.querySelector(`.row-amount.${side}:not([data-foreign]) small`)
  if (word) place.append(word.cloneNode(true))
  place.className = `row-amount ${side}`.trim()
}

function write(place, text) {
  place.querySelector('.money').textContent = text
  if (place.dataset.total !== 'net') place.dataset.length = lengthOf(text)
}

const lengthOf = (text) => (text.length > 10 ? 'very-long' : text.length > 9 ? 'long' : 'short')

/* As it is searched and filtered now; nothing where nobody answers. */
async function readPage() {
  /** @type {HTMLFormElement | null} */
  const form = document.querySelector('form[data-live]')
  const typed = form && new URLSearchParams(/** @type {any} */ (new FormData(form)))
  const address = typed ? `${location.pathname}?${typed}` : location.href
  const answer = await fetch(address).catch(() => null)
  if (!answer?.ok || answer.redirected) return null
  return new DOMParser().parseFromString(await answer.text(), 'text/html')
}

/* Of a list that was unfolded only its beginning is renewed. */
function renew(place, page) {
  const [old, fresh] = [document, page].map((of) => of.querySelector(place))
  const isUnfolded = old?.querySelectorAll(':scope > ul').length > 1
  if (isUnfolded && place === '#list')
    return put(old.querySelector('ul'), fresh?.querySelector('ul'))
  put(old, fresh)
}

function put(old, fresh) {
  if (!old || !fresh || old.isEqualNode(fresh)) return
  old.replaceWith(fresh)
  window.htmx?.process(fresh)
  const detail = { ctx: { sourceElement: fresh } }
  document.dispatchEvent(new CustomEvent('htmx:after:swap', { detail }))
}
