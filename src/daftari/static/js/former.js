// A book that is closed to who is signed in: what this phone still holds of it is brought to the
// server once more, which tells the owner; then the copy is wiped, and what was not written stays to
// be read. A page that is not found leads to the one that lists it.

import { listBooks, openBook } from './phone/phone.js'
import { showPhone } from './phone-page.js'

const mark = /** @type {HTMLElement | null} */ (document.querySelector('meta[name=daftari-former]'))
const root = document.getElementById('this-phone')

/* Only what lies here already: no book is made for a shop that is not one's own. */
async function isHere({ person, shop }) {
  return (await listBooks()).some((one) => one.person === person && one.shop === shop)
}

/* What waits is answered first; whether the shop is closed to this person is known after it. */
async function isClosed(book) {
  await book.drain()
  const { trouble } = await book.pull()
  return trouble === 'not_yours'
}

async function lookAfter(who) {
  const book = (await isHere(who)) ? await openBook(who) : null
  const closed = book && (await isClosed(book))
  if (root) await showPhone(root, book)
  else if (closed) location.replace(`/account/former/${who.shop}`)
}

// /s/<shop>/… of a page that is not found, /account/former/<shop> of the one that lists it.
const [shop] = location.pathname.match(/[0-9a-f-]{36}/) ?? []

if (mark && shop) lookAfter({ ...mark.dataset, shop })
