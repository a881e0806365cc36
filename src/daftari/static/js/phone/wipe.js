// Wipes this phone: everything goes, in all tabs, and does not come back.

import { close } from './channel.js'
import { books, erase, openStore } from './store.js'

// A book that is closed to its person loses its copy only; both lie in one file on the phone.
export { forgetBook, revoke } from './close.js'

/** Of `who`: {person, session?}, or everything on this phone. */
export async function wipe(who) {
  close(who)
  await erase(who?.person)
  const isEmpty = !(await books()).length
  for (const registration of (await globalThis.navigator?.serviceWorker?.getRegistrations()) ??
    []) {
    await (await registration.pushManager?.getSubscription())?.unsubscribe()
    if (isEmpty) await registration.unregister()
  }
  if (isEmpty) await forgetShell()
}

/* Nobody is left whom it could serve. */
async function forgetShell() {
  for (const name of (await globalThis.caches?.keys()) ?? []) await caches.delete(name)
}

/** Whether somebody else has something here that is not in the book. */
export async function othersWaiting({ person }) {
  return (await count((book) => book.person !== person)) > 0
}

/** How much of a person's, in all shops, is not in the book: unsent, refused, in conflict. */
export function unfinished(person) {
  return count((book) => book.person === person)
}

async function count(isMeant) {
  const counts = (await books()).filter(isMeant).map(async (book) => {
    const db = await openStore(book)
    const items = await db.getAll('items')
    db.close()
    return items.filter(({ state, photo }) => state !== 'written' || photo).length
  })
  return (await Promise.all(counts)).reduce((sum, one) => sum + one, 0)
}
