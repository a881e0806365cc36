// The first contact with the server where no page of the book is open, on the sign-in page: a book
// whose sign-in was ended elsewhere is wiped.

import { fetchJson } from './fetch-json.js'
import { books } from './store.js'

const WITHIN = 10_000

/** Wipes what belongs to a sign-in that was ended on purpose. */
export async function wipeIfEnded() {
  const [book] = await books()
  const { payload } = book ? await fetchJson(`/s/${book.shop}/snapshot`, WITHIN) : {}
  if (!payload?.wipe || !payload.person) return
  const { wipe } = await import('./wipe.js')
  await wipe({ person: payload.person })
}
