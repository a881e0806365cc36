// The passkey lock: the key of the book is stored wrapped only, and a passkey unwraps it.

import { bytesOf, fromBase64, KEY, PURPOSE, SERVER } from './keys.js'
import { asksPrf, prfOf } from './prf.js'
import { rekey } from './rekey.js'
import { keyFrom, wrap } from './seal.js'
import { books, openKeys, STRICT } from './store.js'
import { keyLockName, withLock } from './web-locks.js'

/** The bytes of one of these passkeys' PRF, for `openBook`; null where there is no PRF. */
export async function touch(ids) {
  return (await askPasskey(ids))?.secret ?? null
}

/** With no network: one of this person's passkeys is shown; throws where it is somebody else's, who may
 * have one of this site too. */
export async function showPerson(person) {
  const challenge = crypto.getRandomValues(new Uint8Array(32))
  const publicKey = { challenge, userVerification: /** @type {const} */ ('required') }
  const shown = /** @type {PublicKeyCredential} */ (await navigator.credentials.get({ publicKey }))
  const { userHandle } = /** @type {AuthenticatorAssertionResponse} */ (shown.response)
  if (hex(new Uint8Array(userHandle ?? [])) !== person.replaceAll('-', ''))
    throw new Error('the passkey of somebody else')
}

const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')

/** A touch, and the book is under the passkey. False where this phone's passkeys have no PRF. */
export async function lockWithPasskey(who) {
  const answered = await askPasskey([])
  if (answered) await wrapWithPasskey(who, answered)
  return Boolean(answered)
}

async function askPasskey(ids) {
  const publicKey = {
    challenge: crypto.getRandomValues(new Uint8Array(32)),
    allowCredentials: ids.map((id) => ({ type: 'public-key', id: fromBase64(id) })),
    userVerification: 'required'
  }
  return prfOf(await navigator.credentials.get({ publicKey: asksPrf(publicKey) }))
}

/** `who`: {person, unlock}; `answered`: {by, secret} of a passkey that was touched just now. */
export async function wrapWithPasskey(who, answered) {
  const db = await openKeys(who)
  try {
    await withLock(keyLockName(who.person), () => keep(db, who, answered))
  } finally {
    db.close()
  }
}

async function keep(db, who, answered) {
  const record = await db.get('key', KEY)
  const isLocked = record?.mode === 'passkey'
  const bytes = isLocked
    ? await bytesOf(record, who, () => answered.secret)
    : crypto.getRandomValues(new Uint8Array(32))
  const others = isLocked
    ? record.wraps.filter(({ by }) => by !== SERVER && by !== answered.by)
    : []
  const wraps = [
    ...others,
    await wrapped(SERVER, fromBase64(who.unlock), bytes),
    await wrapped(answered.by, answered.secret, bytes)
  ]
  if (isLocked) return db.put('key', { ...record, wraps }, KEY)
  await replaceKey(db, who, record, wraps, bytes)
}

const wrapped = async (by, secret, bytes) => ({ by, wrapped: await wrap(secret, PURPOSE, bytes) })

/* The old key's bytes lay on the disk: all is sealed anew under one that never does. The old one
 * stays beside it until then, so that a phone that dies in between reads both. */
async function replaceKey(db, who, old, wraps, bytes) {
  const record = { mode: 'passkey', number: (old?.number ?? 0) + 1, wraps }
  const before = old && { number: old.number, key: old.key }
  await put(db, { ...record, ...(before && { before }) })
  if (before)
    await finish(
      db,
      who,
      record,
      new Map([
        [before.number, before.key],
        [record.number, await keyFrom(bytes)]
      ])
    )
}

/* `record`: as it stands, maybe with the key before it. */
async function finish(db, { person, unlock }, { before: _before = undefined, ...record }, keys) {
  for (const who of (await books()).filter((book) => book.person === person)) {
    await rekey({ ...who, unlock }, { number: record.number, keys })
  }
  await put(db, record)
}

async function put(db, record) {
  const tx = db.transaction('key', 'readwrite', STRICT)
  tx.store.put(record, KEY)
  await tx.done
}

/** Goes on where a turn was cut off. */
export async function finishRekey(who, { keys }) {
  const db = await openKeys(who)
  try {
    await withLock(keyLockName(who.person), async () => {
      const record = await db.get('key', KEY)
      if (record?.before) await finish(db, who, record, keys)
    })
  } finally {
    db.close()
  }
}
