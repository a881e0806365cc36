// Pulls the shop's book to this phone: the whole snapshot once, then what changed. Customers lie
// sealed in buckets, so that a small change rewrites little.

import { fetchJson } from './fetch-json.js'
import { isNamed } from './refusals.js'
import { seal } from './seal.js'

const WITHIN = 60_000
const BUCKETS = 32
export const HEAD = 'head'
const nameOf = (bucket) => `bucket ${bucket}`
const bucketOf = ({ id }) => parseInt(id.slice(-2), 16) % BUCKETS || 0
const byId = (customers) => new Map(customers.map((customer) => [customer.id, customer]))
const isDoubtful = ({ state }) => state === 'sending'

/** {trouble}. Never while an item is in doubt: it would be counted in the book and once more. */
export async function pull(book) {
  const { trouble = null } = await book.exclusively(() => pullAlone(book))
  return { trouble }
}

async function pullAlone(book) {
  book.assertOpen()
  if ((await book.db.getAll('items')).some(isDoubtful)) return { trouble: 'in_doubt' }
  await readHead(book)
  const after = book.head?.version
  const address = `/s/${book.who.shop}/snapshot${book.head ? seenOf(book.head) : ''}`
  const result = await fetchJson(address, WITHIN)
  if (result.trouble === 'not_yours') return (await import('./wipe.js')).forgetBook(book)
  if (result.trouble) return book.handleTrouble(result)
  if (!isOurs(book, result.payload)) return { trouble: 'unheard' }
  return store(book, result.payload, after)
}

/* What the phone has; `scope`: the only branch of which it has entries. */
const seenOf = ({ version, shop }) =>
  `?after=${version}${shop?.scope ? `&scope=${shop.scope}` : ''}`

/** Whether the server still knows this sign-in as this person's. */
export async function isStillSignedIn(book) {
  const { payload } = await fetchJson(`/s/${book.who.shop}/snapshot`, WITHIN)
  return Boolean(payload) && isOurs(book, payload)
}

function isOurs({ who }, { version, is_whole: isWhole, person, shop, customers }) {
  return (
    Number.isSafeInteger(version) &&
    typeof isWhole === 'boolean' &&
    Array.isArray(customers) &&
    person?.id === who.person &&
    shop?.id === who.shop
  )
}

async function store(book, { customers, is_whole: isWhole, version, ...payload }, after) {
  const fetchedAt = new Date().toISOString()
  const buckets = isWhole ? spread(customers) : await merged(book, spread(customers))
  const sealed = await Promise.all(
    [...buckets].map(async ([bucket, people]) => [
      bucket,
      await seal(book.ring, nameOf(bucket), people)
    ])
  )
  const record = { version, fetchedAt, sealed: await seal(book.ring, HEAD, payload) }
  if (!(await put(book, record, sealed, isWhole, after))) return { trouble: 'in_doubt' }
  const old = isWhole ? [] : book.held.people
  book.isOutdated = false
  book.held = {
    head: { ...payload, version, fetchedAt },
    people: old && new Map([...old, ...byId(customers)])
  }
  book.broadcast('head')
  return {}
}

function spread(customers) {
  const buckets = new Map()
  for (const customer of customers) {
    const bucket = bucketOf(customer)
    if (!buckets.has(bucket)) buckets.set(bucket, [])
    buckets.get(bucket).push(customer)
  }
  return buckets
}

async function merged(book, changed) {
  return Promise.all(
    [...changed].map(async ([bucket, customers]) => [
      bucket,
      [...byId([...(await readBucket(book, bucket)), ...customers]).values()]
    ])
  )
}

async function readBucket(book, bucket) {
  const sealed = await book.db.get('buckets', bucket)
  return sealed ? book.unseal(nameOf(bucket), sealed) : []
}

/* The snapshot takes the place of the last one, and what it holds of ours goes with that. Where it is
 * older than an answer, the book was put back to an earlier day: what it lost is sent again. */
async function put(book, head, sealed, isWhole, after) {
  const tx = book.db.transaction(['about', 'buckets', 'items'], 'readwrite')
  const [about, buckets, items] = ['about', 'buckets', 'items'].map((name) => tx.objectStore(name))
  const [old, records] = await Promise.all([about.get(HEAD), items.getAll()])
  const isTimely = old?.version === after && !records.some(isDoubtful)
  if (isTimely) {
    if (isWhole) buckets.clear()
    for (const [bucket, people] of sealed) buckets.put(people, bucket)
    for (const record of records.filter(({ state }) => state === 'written')) {
      if (record.version > head.version)
        items.put({ ...record, state: 'sending', isCarried: false })
      else if (record.photo) items.put({ ...record, isCarried: true })
      else items.delete(record.sequence)
    }
    about.put(head, HEAD)
  }
  await tx.done
  return isTimely
}

export async function readHead(book) {
  await hold(book, await book.db.get('about', HEAD))
}

/** {people, records}: the customers by id and the items, as they stood together at one moment. */
export async function readBook(book) {
  book.assertOpen()
  const tx = book.db.transaction(['about', 'buckets', 'items'])
  const [buckets, items] = ['buckets', 'items'].map((name) => tx.objectStore(name))
  const [head, records] = await Promise.all([tx.objectStore('about').get(HEAD), items.getAll()])
  const isHeld = isSame(head, book.head) && book.held.people
  const stored = isHeld ? [] : await Promise.all([buckets.getAllKeys(), buckets.getAll()])
  await tx.done
  const { people } = isHeld ? book.held : await hold(book, head, stored)
  return { people, records }
}

/** One customer as the last snapshot tells of him, without the rest of the book. */
export async function readCustomer(book, id) {
  book.assertOpen()
  try {
    return (await readBucket(book, bucketOf({ id }))).find((one) => one.id === id)
  } catch (error) {
    await forgetDamaged(book, error)
  }
}

const isSame = (one, other) =>
  one?.version === other?.version && one?.fetchedAt === other?.fetchedAt

/* What lies there, unsealed in memory; head and people always of one and the same snapshot. */
async function hold(book, record, [names, buckets] = /** @type {any[]} */ ([])) {
  try {
    const held = isSame(record, book.head)
      ? book.held
      : { head: await openHead(book, record), people: null }
    const people = buckets ? await openPeople(book, names, buckets) : held.people
    return (book.held = { head: held.head, people })
  } catch (error) {
    await forgetDamaged(book, error)
    return { people: new Map() }
  }
}

/* A snapshot that somebody touched is none: the whole of it is fetched again. */
async function forgetDamaged(book, error) {
  if (!isNamed(error, 'OperationError')) throw error
  const tx = book.db.transaction(['about', 'buckets'], 'readwrite')
  tx.objectStore('about').delete(HEAD)
  tx.objectStore('buckets').clear()
  await tx.done
  book.held = NOTHING
}

async function openHead(book, record) {
  if (!record) return null
  const { version, fetchedAt, sealed } = record
  return { ...(await book.unseal(HEAD, sealed)), version, fetchedAt }
}

async function openPeople(book, names, buckets) {
  const opened = await Promise.all(
    buckets.map((sealed, place) => book.unseal(nameOf(names[place]), sealed))
  )
  return byId(opened.flat())
}

export const NOTHING = { head: null, people: null }
