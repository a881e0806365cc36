// The databases of the phone: `daftari/<person>` holds the person's key, `daftari/<person>/<shop>`
// the book and what waits to be sent. They are made only by a page the server signed; anybody else
// finds them or does without.

import { deleteDB, openDB } from 'idb'
import { assertOpen } from './channel.js'
import { Closed, isNamed, Locked, Unable } from './refusals.js'

const ROOT = 'daftari/'
const FORM = 1
const DELETED_WITHIN = 3_000

/** Money is on the disk before anybody is told so. */
export const STRICT = /** @type {const} */ ({ durability: 'strict' })

export const bookName = ({ person, shop }) => `${ROOT}${person}/${shop}`

export function openKeys(who) {
  return open(ROOT + who.person, who, (db) => db.createObjectStore('key'))
}

/** `onLost` is called when the connection ends without our doing. */
export function openStore(who, onLost) {
  return open(
    bookName(who),
    who,
    (db) => {
      db.createObjectStore('about')
      db.createObjectStore('buckets')
      db.createObjectStore('photos')
      db.createObjectStore('items', { keyPath: 'sequence', autoIncrement: true }).createIndex(
        'id',
        'id',
        { unique: true }
      )
    },
    onLost
  )
}

/** What a book says of itself, made where there is nothing yet: {device, number, at, clockOff?}. */
export async function readAbout(db, number) {
  const tx = db.transaction('about', 'readwrite')
  const known = await tx.store.get('about')
  const about = known ?? { device: crypto.randomUUID(), number, at: new Date().toISOString() }
  if (!known) tx.store.put(about, 'about')
  await tx.done
  return about
}

/** @param {string} name
 * @param {Who} who
 * @param {(db: import('idb').IDBPDatabase) => void} make
 * @param {(why: string) => void} [onLost] */
async function open(name, who, make, onLost = () => {}) {
  if (!globalThis.indexedDB || !globalThis.crypto?.subtle)
    throw new Unable('nothing can be kept here')
  assertOpen(who)
  const isOurs = Boolean(who.unlock)
  try {
    return await openDB(name, FORM, {
      upgrade: (db, _old, _new, tx) => (isOurs ? make(db) : refuse(tx)),
      blocking: (_old, version, { target }) => {
        const db = /** @type {IDBDatabase} */ (target)
        db.close()
        onLost(version ? 'renewed' : 'wiped')
      },
      terminated: () => onLost('lost')
    })
  } catch (error) {
    if (isNamed(error, 'AbortError')) throw new Locked('no book here')
    if (isNamed(error, 'VersionError')) throw new Closed('a newer build is here')
    throw error
  }
}

function refuse(tx) {
  tx.done.catch(() => {})
  tx.abort()
}

/** The books on this phone: [{person, shop}]. */
export async function books() {
  const names = (await namesHere()).map((name) => name.slice(ROOT.length).split('/'))
  return names.filter(([, shop]) => shop).map(([person, shop]) => ({ person, shop }))
}

async function namesHere() {
  const all = (await globalThis.indexedDB?.databases?.()) ?? []
  return all.map(({ name = '' }) => name).filter((name) => name.startsWith(ROOT))
}

/** Everything of a person, or of everybody. Keys go first: what another tab still holds open is
 * emptied, and cannot be read, before it can be deleted. */
export async function erase(person) {
  const names = (await namesHere()).filter(
    (name) => !person || name === ROOT + person || name.startsWith(`${ROOT}${person}/`)
  )
  for (const name of names.sort()) {
    await withinReason(empty(name).then(() => deleteDB(name)))
  }
}

/* A tab that is frozen holds the name for a while; what it named is empty by then. */
function withinReason(work) {
  return Promise.race([work, new Promise((resolve) => setTimeout(resolve, DELETED_WITHIN))])
}

async function empty(name) {
  const db = await openDB(name)
  const stores = [...db.objectStoreNames]
  if (stores.length) {
    const tx = db.transaction(stores, 'readwrite', STRICT)
    await Promise.all([...stores.map((store) => tx.objectStore(store).clear()), tx.done])
  }
  db.close()
}
