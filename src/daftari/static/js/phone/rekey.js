// Rekeys one book: every sealed piece is sealed again under the newest key of a ring, while other
// tabs go on.

import { isNamed } from './refusals.js'
import { sealBytes, unsealBytes } from './seal.js'
import { bookName, openStore, STRICT } from './store.js'
import { withLock } from './web-locks.js'

const STORES = ['about', 'buckets', 'items', 'photos']
// The parts of a record that are sealed.
const SEALED = ['sealed', 'said', 'photoSaid']

/** From the first step on nothing new is sealed by an older key: who stores looks at `number`. */
export async function rekey(who, ring) {
  const db = await openStore(who)
  try {
    await withLock(bookName(who), async () => {
      await renumber(db, ring.number)
      while (await rekeyOlder(db, ring));
    })
  } finally {
    db.close()
  }
}

async function renumber(db, number) {
  const tx = db.transaction('about', 'readwrite', STRICT)
  tx.store.put({ ...(await tx.store.get('about')), number }, 'about')
  await tx.done
}

/* True when something was still under an older key. What changed meanwhile comes next time. */
async function rekeyOlder(db, ring) {
  const old = (await pieces(db)).filter(({ value }) =>
    sealsOf(value).some(({ number }) => number !== ring.number)
  )
  const fresh = await Promise.all(old.map(({ name, value }) => sealedUnder(ring, name, value)))
  const tx = db.transaction(STORES, 'readwrite', STRICT)
  await Promise.all(
    old.map(async ({ store, key, value }, place) => {
      const now = await tx.objectStore(store).get(key)
      if (
        !now ||
        String(sealsOf(now).map(({ iv }) => iv)) !== String(sealsOf(value).map(({ iv }) => iv))
      )
        return
      tx.objectStore(store).put({ ...now, ...fresh[place] }, ...(store === 'items' ? [] : [key]))
    })
  )
  await tx.done
  return old.length > 0
}

async function pieces(db) {
  const tx = db.transaction(STORES)
  const read = async (store) => {
    const [keys, values] = await Promise.all([
      tx.objectStore(store).getAllKeys(),
      tx.objectStore(store).getAll()
    ])
    return keys.map((key, place) => ({
      store,
      key,
      value: values[place],
      name: nameOf(store, key, values[place])
    }))
  }
  return (await Promise.all(STORES.map(read))).flat()
}

const nameOf = (store, key, { id }) =>
  ({ about: key, buckets: `bucket ${key}`, items: id, photos: `photo ${key}` })[store]
const sealsOf = ({ iv, number, ...parts }) =>
  [iv && { iv, number }, ...SEALED.map((part) => parts[part])].filter(Boolean)

async function sealedUnder(ring, name, { iv, number, data, ...parts }) {
  const again = (piece) => sealAgain(ring, name, piece)
  if (iv) return again({ iv, number, data })
  const there = SEALED.filter((part) => parts[part])
  return Object.fromEntries(
    await Promise.all(there.map(async (part) => [part, await again(parts[part])]))
  )
}

/* What was damaged before stays damaged, and is told as such where it is read. */
async function sealAgain(ring, name, piece) {
  try {
    return await sealBytes(ring, name, await unsealBytes(ring, name, piece))
  } catch (error) {
    if (!isNamed(error, 'OperationError')) throw error
    return { ...piece, number: ring.number }
  }
}
