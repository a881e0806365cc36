// Sealing what lies on the phone: AES-GCM 256, each piece bound to its name, so that one put in the
// place of another is found out.

import { isNamed } from './refusals.js'

const IV_BYTES = 12
const AES = { name: 'AES-GCM', length: 256 }
/** @type {KeyUsage[]} */
const USES = ['encrypt', 'decrypt']

export const bytesOf = (text) => new TextEncoder().encode(text)

/** A value that JSON knows, sealed with the newest key of a ring {number, keys}. */
export const seal = (ring, name, value) => sealBytes(ring, name, bytesOf(JSON.stringify(value)))

/** The value again. Throws OperationError for what was touched. */
export async function unseal(ring, name, sealed) {
  return JSON.parse(new TextDecoder().decode(await unsealBytes(ring, name, sealed)))
}

export async function sealBytes({ number, keys }, name, bytes) {
  return { number, ...(await encrypt(keys.get(number), name, bytes)) }
}

export function unsealBytes({ keys }, name, sealed) {
  return decrypt(keys.get(sealed.number), name, sealed)
}

/** A key that no script can read out. */
export const newKey = () => crypto.subtle.generateKey(AES, false, USES)

export const keyFrom = (bytes) => crypto.subtle.importKey('raw', bytes, AES, false, USES)

/** A data key's bytes, wrapped by a secret of high entropy (HKDF-SHA256, RFC 5869). */
export async function wrap(secret, purpose, bytes) {
  const salt = crypto.getRandomValues(new Uint8Array(32))
  return { salt, ...(await encrypt(await derived(secret, salt, purpose), purpose, bytes)) }
}

/** The bytes again; null for another secret. */
export async function unwrap(secret, purpose, wrapped) {
  try {
    return await decrypt(await derived(secret, wrapped.salt, purpose), purpose, wrapped)
  } catch (error) {
    if (isNamed(error, 'OperationError')) return null
    throw error
  }
}

async function derived(secret, salt, purpose) {
  const base = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey'])
  return crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt, info: bytesOf(purpose) },
    base,
    AES,
    false,
    USES
  )
}

async function encrypt(key, name, bytes) {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES))
  const data = await crypto.subtle.encrypt(
    { name: AES.name, iv, additionalData: bytesOf(name) },
    key,
    bytes
  )
  return { iv, data: new Uint8Array(data) }
}

async function decrypt(key, name, { iv, data }) {
  return new Uint8Array(
    await crypto.subtle.decrypt({ name: AES.name, iv, additionalData: bytesOf(name) }, key, data)
  )
}
