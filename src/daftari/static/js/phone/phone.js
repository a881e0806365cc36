// The interface of what this phone stores. What is seldom wanted is loaded when it is.

import { Book } from './book.js'
import { modeOf } from './keys.js'
import { bookName, books, openStore } from './store.js'

export { Closed, Conflict, Full, Locked, Unable } from './refusals.js'
export { startTriggers } from './triggers.js'

/** Who the server signed this page for; null in the shell. */
export const here = whoSigned()

/** @returns {Who | null} */
function whoSigned() {
  const signed = globalThis.document?.querySelector('meta[name=daftari-phone]')?.dataset
  return signed ? /** @type {Who} */ (/** @type {unknown} */ ({ ...signed })) : null
}

/** [{person, shop, mode, at}] of the books on this phone, the newest first. `at`: since when. */
export async function listBooks() {
  const found = await Promise.all(
    (await books()).map(async (who) => ({ ...who, ...(await aboutOf(who).catch(() => null)) }))
  )
  return found.filter(({ at }) => at).sort((one, other) => (other.at < one.at ? -1 : 1))
}

/** The bytes of a passkey's PRF, for `openBook`: one of these passkeys is touched. */
export const touch = async (ids) => (await import('./passkey-lock.js')).touch(ids)

/** One of this person's passkeys, with no network. */
export const showPerson = async (person) => (await import('./passkey-lock.js')).showPerson(person)

/** One touch, and this person's books are under the passkey; false where there is no PRF. */
export const lockWithPasskey = async (who) =>
  (await import('./passkey-lock.js')).lockWithPasskey(who)

/** A person's books go from this phone, in all tabs; everybody's, where nobody is named. No page of
 * this sign-in opens one again. */
export const wipe = async (who) =>
  (await import('./wipe.js')).wipe({ session: here?.session, ...who })

/** How much of a person's, in all shops, is not in the book. */
export const unfinished = async (person) => (await import('./wipe.js')).unfinished(person)

/** Whether somebody else has something here that is not in the book. */
export const othersWaiting = async (who) => (await import('./wipe.js')).othersWaiting(who)

async function aboutOf(who) {
  const store = await openStore(who)
  const about = await store.get('about', 'about')
  store.close()
  return { at: about?.at, mode: await modeOf(who.person) }
}

const open = new Map()

/** The book of {person, shop, unlock?}, one for a page. `how.touch` (ours will do) asks for the
 * passkey where the page was not signed. Throws Locked, Closed, Unable. */
export function openBook(who = /** @type {Who} */ (here), how = {}) {
  const name = bookName(who)
  open.set(name, reopened(open.get(name), who, how))
  return open.get(name)
}

async function reopened(opening, who, how) {
  const known = await opening?.catch(() => null)
  return known && !known.ended ? known : Book.open(who, how)
}
