// The key of a person's books on this phone, and what opens it.
//
// Mode `phone`: a CryptoKey that no script can export lies in IndexedDB. Mode `passkey`: its bytes
// lie there wrapped only: by a secret that every page of a signed-in person carries, and by what
// each passkey answers for our salt (WebAuthn's PRF).

import { Locked } from './refusals.js'
import { keyFrom, newKey, unwrap } from './seal.js'
import { openKeys, STRICT } from './store.js'

export const KEY = 'key'
export const SERVER = 'server'
export const PURPOSE = 'daftari phone key'

/** {number, keys: Map of number to CryptoKey, mode}. `touch(credential ids)` answers the bytes of a
 * passkey's PRF. Throws Locked where neither the page nor the passkey opens it.
 * @param {Who} who
 * @param {HowToOpen} [how]
 * @returns {Promise<KeyRing>} */
export async function openKeyRing(who, { touch } = {}) {
  const db = await openKeys(who)
  try {
    const record = (await db.get('key', KEY)) ?? (await begin(db, who))
    return await opened(record, who, touch)
  } finally {
    db.close()
  }
}

export async function modeOf(person) {
  const db = await openKeys({ person })
  try {
    return (await db.get('key', KEY))?.mode
  } finally {
    db.close()
  }
}

/* Two tabs may begin at once: the first one's key stands. */
async function begin(db, who) {
  if (!who.unlock) throw new Locked('no key here')
  const made = { mode: 'phone', number: 1, key: await newKey() }
  const tx = db.transaction('key', 'readwrite', STRICT)
  const record = await tx.store.get(KEY)
  if (!record) tx.store.put(made, KEY)
  await tx.done
  return record ?? made
}

async function opened({ mode, number, key, wraps, before }, who, touch) {
  const keys = new Map(before && [[before.number, before.key]])
  keys.set(number, key ?? (await keyFrom(await bytesOf({ wraps }, who, touch))))
  return { mode, number, keys, isRekeying: Boolean(before) }
}

/** The bytes of a wrapped key. */
export async function bytesOf({ wraps }, { unlock }, touch) {
  const bytes =
    unlock &&
    (await firstOpened(
      wraps.filter(({ by }) => by === SERVER),
      fromBase64(unlock)
    ))
  if (bytes) return bytes
  const passkeys = wraps.filter(({ by }) => by !== SERVER)
  const secret = passkeys.length && (await touch?.(passkeys.map(({ by }) => by)))
  const touched = secret && (await firstOpened(passkeys, secret))
  if (!touched) throw new Locked('the key wants the passkey')
  return touched
}

async function firstOpened(wraps, secret) {
  for (const { wrapped } of wraps) {
    const bytes = await unwrap(secret, PURPOSE, wrapped)
    if (bytes) return bytes
  }
  return null
}

export function fromBase64(text) {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (sign) =>
    sign.charCodeAt(0)
  )
}
