// A phone and its network for the tests: IndexedDB in memory, the far edge (fetch, locks of the
// browser) stood in for. Load it before anything of the phone.

import 'fake-indexeddb/auto'
import { formatAmount } from '../../../src/daftari/static/js/amount.js'

// A channel would keep the process up, and hears nothing of its own page in any case.
const Channel = globalThis.BroadcastChannel
globalThis.BroadcastChannel = class extends Channel {
  set onmessage(fn) {
    super.onmessage = fn
    this.unref()
  }
}

const held = new Map()
const locks = { request: (name, options, work) => lock(name, options, work) }
Object.defineProperty(globalThis, 'navigator', { value: { locks }, configurable: true })
const kept = new Map()
globalThis.localStorage = {
  getItem: (name) => kept.get(name) ?? null,
  setItem: (name, value) => kept.set(name, value),
  clear: () => kept.clear()
}

async function lock(name, { mode = 'exclusive', signal }, work) {
  const before = held.get(name) ?? Promise.resolve()
  const turn = before.then(() => {
    signal?.throwIfAborted()
    return work()
  })
  if (mode === 'exclusive')
    held.set(
      name,
      turn.catch(() => {})
    )
  return turn
}

export const UMM_SALIM = '01890000-0000-7000-8000-000000000001'
export const KARIM = '01890000-0000-7000-8000-000000000002'
export const SHOP = '01890000-0000-7000-8000-0000000000a1'
export const UNLOCK = `${'A'.repeat(42)}E`

/** A page that the server signed, for this person. */
export const signed = (person = UMM_SALIM, more = {}) => ({
  person,
  shop: SHOP,
  unlock: UNLOCK,
  session: `session of ${person}`,
  ...more
})

let count = 0
export const newId = () => `01890000-0000-7000-9000-${(++count).toString(16).padStart(12, '0')}`

/** A server that holds a book the way ours does: each id once, and a version for every change. */
export class Server {
  constructor({ person = UMM_SALIM } = {}) {
    this.person = person
    this.people = new Map()
    this.written = new Map()
    this.version = 0
    this.batches = []
    this.verdicts = new Map()
    this.photos = new Map()
    globalThis.fetch = (url, how) => this.answer(url, how)
  }

  /** A customer with `balance` in the book. */
  has(name, balance = 0) {
    const id = newId()
    this.people.set(id, {
      id,
      name,
      search_key: name,
      balances: balance ? { SAR: balance } : {},
      lines: [],
      at: ++this.version
    })
    return id
  }

  async answer(url, { body, signal } = {}) {
    const trouble = await this.before?.(url, body)
    if (trouble) return trouble
    const answer = url.endsWith('/photo')
      ? this.photo(url, body)
      : url.includes('/sync')
        ? this.sync(JSON.parse(body))
        : this.snapshot(url)
    const other = await this.after?.(url, answer)
    signal?.throwIfAborted()
    return other ?? reply(answer)
  }

  sync({ items, ...rest }) {
    if (items.length) this.batches.push({ items, ...rest })
    const answers = items.map((item) => this.judge(item))
    return {
      answers,
      version: this.version,
      ...(this.clockOff && { clock_off_seconds: this.clockOff })
    }
  }

  judge(item) {
    const { id } = item
    if (item.user !== this.person)
      return { id, answer: 'refused', reason: 'other_person', words: '' }
    const known = this.written.get(id)
    if (known)
      return { id, answer: known.amount_minor === item.amount_minor ? 'known' : 'conflict' }
    const verdict = this.verdicts.get(id)
    if (verdict) return { id, ...verdict }
    return this.write(item)
  }

  write(item) {
    const { id, customer_id: customerId, amount_minor: minor, kind, currency } = item
    if (item.verb === 'add_customer')
      this.people.set(id, { id, name: item.name, search_key: item.name, balances: {}, lines: [] })
    const customer = this.people.get(customerId ?? id)
    if (!customer) return { id, answer: 'deferred', reason: 'customer_waits', words: '…' }
    if (item.verb === 'record_entry') {
      const effect = kind === 'payment' ? -minor : minor
      customer.balances[currency] = (customer.balances[currency] ?? 0) + effect
      customer.lines.unshift({
        id,
        kind,
        amount_minor: minor,
        effect_minor: effect,
        balance_after_minor: customer.balances[currency],
        currency
      })
    }
    customer.at = ++this.version
    this.written.set(id, item)
    return { id, answer: 'written' }
  }

  photo(url, bytes) {
    const id = url.split('/').at(-2)
    const isKnown = this.photos.has(id)
    this.photos.set(id, Buffer.from(bytes).toString())
    return { answer: isKnown ? 'known' : 'written' }
  }

  snapshot(url) {
    const asked = new URL(url, 'http://localhost').searchParams.get('after')
    const after = asked !== null && Number(asked) <= this.version ? Number(asked) : null
    const changed = [...this.people.values()].filter(({ at }) => after === null || at > after)
    return structuredClone({
      version: this.version,
      is_whole: after === null,
      at: '2026-11-25T09:00:00Z',
      people: {},
      totals: null,
      person: { id: this.person, name: 'أم سليم', language: 'ar' },
      shop: {
        id: SHOP,
        name: 'بقالة السلام',
        currency: 'SAR',
        decimals: 2,
        zone: 'Asia/Riyadh',
        may: []
      },
      customers: changed
    })
  }
}

export const reply = (content, status = 200, type = 'application/json; charset=utf-8') =>
  new Response(typeof content === 'string' ? content : JSON.stringify(content), {
    status,
    headers: { 'Content-Type': type }
  })

export const debt = (customerId, minor, more = {}) => ({
  id: newId(),
  customer_id: customerId,
  kind: 'debt',
  amount_minor: minor,
  currency: 'SAR',
  ...more
})

export const states = async (book) => (await book.items()).map(({ state }) => state)

/** Another tab of the same phone: the same store, a memory of its own. */
export const tab = async (who = signed(), how) => {
  const { Book } = await import('../../../src/daftari/static/js/phone/book.js')
  return Book.open(who, how)
}

/** An empty phone. */
export async function freshPhone() {
  for (const { name } of await indexedDB.databases()) {
    await new Promise((done) => {
      indexedDB.deleteDatabase(name).onsuccess = done
    })
  }
  localStorage.clear()
}

const DECIMALS = { SAR: 2, KWD: 3, IQD: 0 }

/** An amount as the page writes it. */
export const amountText = (minor, currency) => formatAmount(minor, DECIMALS[currency])
