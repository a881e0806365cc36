// Sends the photos of entries: each lies sealed beside its entry and follows it once that is in the
// book, one by one, with the same care about what counts as an answer.

import { fetchJson } from './fetch-json.js'
import { change, photoName, read, withoutPhoto } from './items.js'
import { isNamed } from './refusals.js'
import { seal, unsealBytes } from './seal.js'

const WITHIN = 60_000
const IN_BOOK = ['written', 'known']
const REFUSED = ['refused', 'not_clear']

/** {trouble} of the first that got no answer. */
export async function sendPhotos(book) {
  const waiting = (await read(book)).filter(
    ({ state, photo }) => state === 'written' && photo?.state === 'waiting'
  )
  for (const item of waiting) {
    const result = await send(book, item)
    if (result.trouble) return result
  }
  return {}
}

async function send(book, item) {
  const sealed = await book.db.get('photos', item.id)
  const body = sealed && (await unsealed(book, item.id, sealed))
  if (!body) return refuse(book, item, { reason: 'photo_lost' })
  const path = `/s/${book.who.shop}/entries/${item.id}/photo`
  const { trouble, payload } = await fetchJson(path, WITHIN, {
    body,
    method: 'PUT',
    type: 'application/octet-stream'
  })
  if (IN_BOOK.includes(payload?.answer)) return settle(book, item, withoutPhoto)
  if (trouble && REFUSED.includes(trouble)) return refuse(book, item, reasonIn(payload))
  return trouble === 'signed_out'
    ? book.handleTrouble({ trouble, payload })
    : { trouble: trouble ?? 'unheard' }
}

async function unsealed(book, id, sealed) {
  try {
    return await unsealBytes(book.ring, photoName(id), sealed)
  } catch (error) {
    if (isNamed(error, 'OperationError')) return null
    throw error
  }
}

function reasonIn({ error, reasons }) {
  const [reason] = Object.values(reasons ?? {})
  return reason ? { reason: reason.name, words: reason.text } : { reason: error }
}

async function refuse(book, item, reason) {
  const photoSaid = await seal(book.ring, item.id, reason)
  return settle(book, item, (record) => ({ ...record, photo: 'refused', photoSaid }))
}

async function settle(book, item, made) {
  await change(book, [item], ({ photo }) => photo === 'waiting', made)
  book.broadcast('items')
  return {}
}
