// Closes a book that is not this person's any more: the snapshot goes from this phone; what is not in
// the shop's book stays to be read, and to be saved as a file.

import { nameOf } from './export.js'
import { isUnsent, opened } from './items.js'
import { HEAD, NOTHING, readBook } from './pull.js'
import { seal } from './seal.js'
import { STRICT } from './store.js'

/** The server has no snapshot for this person. What was not sent yet still is, so that the server
 * refuses it by name and tells the owner. */
export async function forgetBook(book) {
  await forget(book, await keptRecords(book))
  return { trouble: 'not_yours' }
}

/** The server takes nothing from this person: what waits is refused here. */
export async function revoke(book) {
  const reason = { reason: 'no_place' }
  const records = await keptRecords(book)
  const reasons = await Promise.all(records.map(({ id }) => seal(book.ring, id, reason)))
  const refused = records.map((record, place) => {
    if (isUnsent(record)) return { ...record, state: 'refused', said: reasons[place] }
    if (record.photo !== 'waiting') return record
    return { ...record, photo: 'refused', photoSaid: reasons[place] }
  })
  await forget(book, refused)
}

async function forget(book, records) {
  const tx = book.db.transaction(['about', 'buckets', 'items'], 'readwrite', STRICT)
  tx.objectStore('about').delete(HEAD)
  tx.objectStore('buckets').clear()
  for (const record of records) tx.objectStore('items').put(record)
  await tx.done
  book.held = NOTHING
  book.isOutdated = false
  book.broadcast('closed')
}

/* What is not in the book; each item with the name of its customer, which nothing else knows soon. */
async function keptRecords(book) {
  const { people, records } = await readBook(book)
  const items = await opened(book, records)
  const named = records.map((record, place) => withName(book, record, items[place], items, people))
  return (await Promise.all(named)).filter(({ state, photo }) => state !== 'written' || photo)
}

async function withName(book, record, item, items, people) {
  const name = item.isDamaged ? '' : nameOf(item, items, people)
  if (!name || name === item.customer_id || name === item.customer_name) return record
  const content = { ...(await book.unseal(record.id, record.sealed)), customer_name: name }
  return { ...record, sealed: await seal(book.ring, record.id, content) }
}
