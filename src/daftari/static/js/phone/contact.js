// The first word with the server where no page of the book is open: at the door.

import { ask } from './ask.js'
import { books } from './store.js'
import { wipe } from './wipe.js'

const WITHIN = 10_000

/** Wipes what belongs to a sign-in that was ended on purpose. */
export async function meetServer() {
  const [book] = await books()
  const { told } = book ? await ask(`/s/${book.shop}/snapshot`, WITHIN) : {}
  if (told?.wipe && told.person) await wipe({ person: told.person })
}
