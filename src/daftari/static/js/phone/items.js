// The items of the outbox: one item is one change of the book, made on this phone.
//
// `waiting`: it never left. `sending`: it left, and nobody knows more. The other states are the
// server's words: written, deferred, refused, conflict. In clear lie only id, sequence, state and
// version; an item is found under its sequence, which the store counts up and never gives twice.

import { Conflict, Full, isNamed, withinRoom } from './refusals.js'
import { seal, sealBytes } from './seal.js'
import { STRICT } from './store.js'

const FORM = 1
const UNSENT = ['waiting', 'sending', 'deferred']
const ANSWERED = ['deferred', 'refused', 'conflict']
const OF_THE_PHONE = [
  'customer_name',
  'stood',
  'device',
  'made_at',
  'sequence',
  'state',
  'version',
  'verdict',
  'photo',
  'isCarried'
]

export const isUnsent = ({ state }) => UNSENT.includes(state)

/** Also an entry in the book whose photo is not. */
export const isUnfinished = (item) => isUnsent(item) || item.photo?.state === 'waiting'

/** Under which name the photo of an entry is sealed. */
export const photoName = (id) => `photo ${id}`

/** What is left of a record without its photo; null when the book has all of it. */
export function withoutPhoto({ photo: _photo, photoSaid: _said, ...record }) {
  return record.isCarried ? null : record
}

/** All of them, oldest first. */
export async function read(book) {
  book.assertOpen()
  const all = await opened(book, await book.db.getAll('items'))
  book.known = new Map(all.map((item) => [item.id, item]))
  return all
}

/** The records of items, unsealed. */
export const opened = (book, records) => Promise.all(records.map((record) => openOne(book, record)))

async function openOne(book, record) {
  try {
    return await unsealed(book, record)
  } catch (error) {
    if (!isNamed(error, 'OperationError')) throw error
    return damaged(record)
  }
}

async function unsealed(book, { id, sequence, state, version, isCarried, photo, ...pieces }) {
  const open = async (piece) => piece && (await book.unseal(id, piece, true))
  const content = await open(pieces.sealed)
  const answer = await open(pieces.said)
  const photoState = photo && { photo: { state: photo, ...(await open(pieces.photoSaid)) } }
  const mark = isCarried && { isCarried }
  const verdict = answer && { verdict: answer }
  return { ...content, ...verdict, ...photoState, ...mark, sequence, state, version }
}

function damaged({ id, sequence, state }) {
  const isLoose = isUnsent({ state })
  return {
    id,
    sequence,
    state: 'refused',
    verdict: { reason: 'item_damaged' },
    isDamaged: true,
    isLoose
  }
}

/** The same id with the same content is one item. `photo`: a Blob that goes after its entry. Throws
 * Conflict and Full. */
export async function add(book, verb, fields, photo) {
  book.assertOpen()
  const { person, shop } = book.who
  const made = { device: book.about.device, made_at: new Date().toISOString() }
  const bytes = photo && new Uint8Array(await photo.arrayBuffer())
  return keep(
    book,
    { ...withoutBlanks(fields), v: FORM, verb, user: person, shop, ...made },
    'waiting',
    bytes
  )
}

async function keep(book, item, state, bytes) {
  for (;;) {
    const sealed = await seal(book.ring, item.id, item)
    const photo = bytes && (await sealBytes(book.ring, photoName(item.id), bytes))
    const record = await withinRoom(() =>
      insert(book, { id: item.id, state, sealed, ...(photo && { photo: 'waiting' }) }, photo)
    )
    const shown = photo && { photo: { state: 'waiting' } }
    if (record?.sealed === sealed)
      return remember(book, { ...item, ...shown, sequence: record.sequence, state })
    if (record) return sameAs(item, await openOne(book, record))
    await book.renewRing()
  }
}

function remember(book, item) {
  book.known.set(item.id, item)
  return item
}

/** What this page still knew of a store that the phone took away, stored anew; photos it did not
 * know. What had left may have arrived. */
export async function rescue(book, known) {
  for (const { sequence, state, version, verdict, photo, isCarried, ...item } of known) {
    if (isUnsent({ state })) await keep(book, item, state === 'waiting' ? state : 'sending')
  }
}

/* What is not said is left out. */
const withoutBlanks = (fields) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value != null))

/* The record that stands under this id; nothing when the book was put under another key meanwhile. */
async function insert(book, record, photo) {
  const tx = book.db.transaction(['about', 'items', 'photos'], 'readwrite', STRICT)
  const store = tx.objectStore('items')
  const [about, known] = await Promise.all([
    tx.objectStore('about').get('about'),
    store.index('id').get(record.id)
  ])
  const isOurs = !known && about.number === record.sealed.number
  if (isOurs && photo) tx.objectStore('photos').put(photo, record.id)
  if (isOurs) record.sequence = await store.add(record)
  await tx.done
  return isOurs ? record : known
}

function sameAs(item, known) {
  const content = (of) =>
    JSON.stringify(
      Object.entries(of)
        .filter(([name]) => !OF_THE_PHONE.includes(name))
        .sort()
    )
  if (content(item) !== content(known)) throw new Conflict(item.id)
  return known
}

/** Take it back before it ever left, and with it what rests on it. False when something did leave. */
export async function withdraw(book, id) {
  const all = await read(book)
  const gone = dependentsOf(all, id)
  return (
    gone.length > 0 &&
    change(
      book,
      gone,
      ({ state }) => state === 'waiting',
      () => null
    )
  )
}

/* The item, and all that would make no sense without it. */
function dependentsOf(all, id) {
  const ids = new Set([id])
  return all.filter((item) => {
    const rests = ids.has(item.id) || ids.has(item.customer_id) || ids.has(item.entry_id)
    if (rests) ids.add(item.id)
    return rests
  })
}

/** Somebody threw it away, knowing that it is not in the book; of an entry in the book only the photo
 * that was refused. */
export async function dismiss(book, id) {
  const item = await find(book, id)
  if (item?.photo?.state === 'refused')
    return change(book, [item], ({ photo }) => photo === 'refused', withoutPhoto)
  return (
    Boolean(item) &&
    change(
      book,
      [item],
      ({ state }) => item.isDamaged || ANSWERED.includes(state),
      () => null
    )
  )
}

/** The same id again, with changes; it left once, so that it cannot be taken back. */
export async function retry(book, id, changes) {
  const item = await find(book, id)
  if (!item || item.isDamaged || !ANSWERED.includes(item.state)) return false
  const { sequence, state, version, verdict, photo, isCarried, ...content } = item
  const done = await book.exclusively(async () => {
    const sealed = await seal(book.ring, id, withoutBlanks({ ...content, ...changes }))
    const again = ({ said: _before, ...record }) => ({ ...record, state: 'sending', sealed })
    return change(book, [item], (record) => record.state === state, again)
  })
  if (done.trouble === 'full') throw new Full('no room')
  return done === true
}

async function find(book, id) {
  return (await read(book)).find((item) => item.id === id)
}

/** In one transaction every record that stands for these items becomes made(record), or goes
 * where that is null; nothing is done, and false answered, unless all of them are `as` expected. */
export async function change(book, wanted, as, made) {
  const tx = book.db.transaction(['items', 'photos'], 'readwrite', STRICT)
  const [items, photos] = ['items', 'photos'].map((name) => tx.objectStore(name))
  const records = await Promise.all(wanted.map(({ sequence }) => items.get(sequence)))
  const isAsExpected = records.every((record) => record && as(record))
  for (const record of isAsExpected ? records : []) {
    const next = made(record)
    if (next) items.put(next)
    else items.delete(record.sequence)
    if (!next?.photo) photos.delete(record.id)
  }
  await tx.done
  return isAsExpected
}
