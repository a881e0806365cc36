// The book of one person in one shop, as this phone has it: the last snapshot, and what was written
// here and is not in the shop's book yet.

import { backlogOf } from './backlog.js'
import { broadcast, listen } from './channel.js'
import { readPeople, readPerson } from './current.js'
import { drain } from './drain.js'
import * as items from './items.js'
import { openKeyRing } from './keys.js'
import { isStillSignedIn, NOTHING, pull, readCustomer, readHead } from './pull.js'
import { Closed, Locked, troubleOf, withinRoom } from './refusals.js'
import { unseal } from './seal.js'
import { bookName, openStore, readAbout } from './store.js'
import { keyLockName, withLock } from './web-locks.js'

const WAIT_FOR_TAB = 25_000
const ASKS_TO_STAY = /^10*$/

/** @type {any} What `begin` sets, before anybody else holds the book. */
const SET_BY_BEGIN = undefined

export class Book {
  /** @type {Held} */
  held = NOTHING
  /** @type {Map<string, Item>} */
  known = new Map()
  /** @type {string | null} */
  ended = null
  isOutdated = false // the server refused what this copy of the book still allows
  /** @type {KeyRing} */
  ring = SET_BY_BEGIN
  /** @type {import('idb').IDBPDatabase} */
  db = SET_BY_BEGIN
  about = SET_BY_BEGIN
  #unsealed = new Map()

  /** @param {Who} who @param {HowToOpen} [how] */
  constructor(who, how) {
    this.who = who
    this.how = how
    this.name = bookName(who)
    this.isAway = !who.unlock || globalThis.navigator?.onLine === false
  }

  /** @param {Who} who @param {HowToOpen} [how] */
  static async open(who, how) {
    const book = new Book(who, how)
    await withLock(keyLockName(who.person), () => book.begin(), { mode: 'shared' })
    if (book.ring.isRekeying && who.unlock)
      await (await import('./passkey-lock.js')).finishRekey(who, book.ring)
    return book
  }

  async begin() {
    this.ring = await openKeyRing(this.who, this.how)
    this.db = await openStore(this.who, (why) => this.end(why))
    this.stop = listen((news) => this.receive(news))
    this.about = await readAbout(this.db, this.ring.number)
    await readHead(this)
  }

  /** Of the last snapshot: {version, at, fetchedAt, person, shop, people, totals}; or null. */
  get head() {
    return this.held.head
  }

  /** What opens it: 'phone' or 'passkey'. */
  get mode() {
    return this.ring.mode
  }

  /** Puts it under the passkey, with one touch. False where this phone's passkeys cannot. */
  async lock() {
    const { lockWithPasskey } = await import('./passkey-lock.js')
    const isLocked = await lockWithPasskey(this.who)
    if (isLocked) await this.renewRing()
    return isLocked
  }

  /** Everybody by id, with own items withItems; own lines and own customers pull a `state`. */
  customers() {
    return this.#open(() => readPeople(this))
  }

  /** One of them as `customers` has him, undefined where there is none; quick. */
  customer(id) {
    return this.#open(() => readPerson(this, id))
  }

  /** One of them as the last snapshot has him, undefined where it does not; quick. */
  snapshotOf(id) {
    return this.#open(() => readCustomer(this, id))
  }

  items() {
    return this.#open(() => items.read(this))
  }

  /** @param {Verb} verb
   * @param {object} fields
   * @param {{photo?: Blob}} [more] */
  async add(verb, fields, { photo } = {}) {
    const item = await this.#open(() => items.add(this, verb, fields, photo))
    this.broadcast('items')
    if (ASKS_TO_STAY.test(item.sequence)) navigator.storage?.persist?.()
    return item
  }

  withdraw(id) {
    return this.#changed(() => items.withdraw(this, id))
  }

  dismiss(id) {
    return this.#changed(() => items.dismiss(this, id))
  }

  retry(id, changes = {}) {
    return this.#changed(() => items.retry(this, id, changes))
  }

  async drain() {
    if (this.ended === 'lost') await this.#restore()
    return drain(this)
  }

  pull() {
    return pull(this)
  }

  /** How much waits, since when, and what to warn of. */
  async backlog() {
    return backlogOf(await this.items(), this.about)
  }

  /** All that is not in the shop's book, as text: see `textOf`. */
  async export(amount, say) {
    const { textOf } = await import('./export.js')
    return textOf(await this.items(), await this.customers(), amount, say)
  }

  /** fn({what}): `items`, `head`, `closed`, `wiped`, `lost`, in this tab or another; answers what stops it. */
  listen(fn) {
    return listen((news) => (!news.name || news.name === this.name) && fn(news))
  }

  broadcast(what) {
    broadcast({ what, name: this.name })
  }

  receive({ what, name, person }) {
    if (what === 'wiped' && (!person || person === this.who.person)) this.end('wiped')
    const isHead = what === 'head' || what === 'closed'
    if (isHead && name === this.name) this.#open(() => readHead(this)).catch(() => {})
  }

  /** The connection is gone: `wiped`, taken away by the phone (`lost`), or `renewed` by a newer build. */
  end(why) {
    if (this.ended) return
    this.ended = why
    this.stop?.()
    this.db?.close()
    this.#unsealed.clear()
    this.held = NOTHING
    if (why === 'lost') this.broadcast('lost')
    else this.known.clear()
  }

  /* Only for whom the server still knows: a browser also takes the store away at signing out. */
  async #restore() {
    if (!(await isStillSignedIn(this))) return
    const { known } = this
    this.ended = null
    try {
      await this.begin()
      await items.rescue(this, [...known.values()])
      this.broadcast('items')
    } catch (error) {
      this.end('lost')
      this.known = known
      if (!troubleOf(error)) throw error
    }
  }

  assertOpen() {
    if (this.ended) throw new Closed(this.ended)
  }

  /** One at a time in all tabs. {trouble} for what can be named; whoever waits too long is told
   * `busy`. Nothing is lost by any of them. */
  async exclusively(work) {
    if (this.ended) return { trouble: this.ended }
    const signal = AbortSignal.timeout(WAIT_FOR_TAB)
    try {
      return await withLock(this.name, () => this.#underNewestKey(work), { signal })
    } catch (error) {
      const trouble = this.ended ?? (error === signal.reason ? 'busy' : troubleOf(error))
      if (!trouble) throw error
      return { trouble }
    }
  }

  /** What the server's refusal to talk means for what lies here. */
  async handleTrouble({ trouble, payload }) {
    if (trouble === 'signed_out' && payload.wipe && payload.person) {
      const { wipe } = await import('./wipe.js')
      await wipe({ person: payload.person, session: this.who.session })
    }
    if (trouble === 'not_yours') await (await import('./wipe.js')).revoke(this)
    return { trouble }
  }

  /** A sealed piece; those that are read again and again are kept open. */
  async unseal(name, sealed, isKept = false) {
    const id = `${name} ${sealed.iv}`
    if (this.#unsealed.has(id)) return this.#unsealed.get(id)
    if (!this.ring.keys.has(sealed.number)) await this.renewRing()
    if (!this.ring.keys.has(sealed.number)) throw new Locked('sealed by another key')
    const value = await unseal(this.ring, name, sealed)
    if (isKept) this.#unsealed.set(id, value)
    return value
  }

  /* Another tab may have put the book under a new key. */
  async #underNewestKey(work) {
    this.assertOpen()
    const { number } = await this.db.get('about', 'about')
    if (number !== this.ring.number) await this.renewRing()
    return withinRoom(work)
  }

  async renewRing() {
    this.ring = await openKeyRing(this.who, this.how)
  }

  /* What is broken off by a wipe ends as one. */
  async #open(work) {
    this.assertOpen()
    try {
      return await work()
    } catch (error) {
      throw this.ended ? new Closed(this.ended) : error
    }
  }

  async #changed(work) {
    const done = await this.#open(work)
    if (done) this.broadcast('items')
    return done
  }
}
