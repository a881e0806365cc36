// The entry point of the offline book: one page that opens what this phone holds and draws every
// further page itself. No other page of the server is needed, so a passkey is touched once.

import { byId, one } from '../dom.js'
import { Locked, listBooks, openBook, touch } from '../phone/phone.js'
import { Controller } from './controller.js'
import { part } from './fragments.js'
import { SHORTCUTS } from './shortcuts.js'

const SHELL = '/offline'

function address() {
  if (location.pathname === SHELL && location.hash.startsWith('#/s/'))
    history.replaceState(null, '', location.hash.slice(1))
  return location.pathname
}

async function begin() {
  const shop = /^\/s\/([^/]+)\//.exec(address())?.[1]
  const who = (await listBooks()).find((one) => !shop || one.shop === shop)
  if (!who) return showMissing()
  const place = { '/': '', [SHELL]: '', ...SHORTCUTS }[location.pathname]
  if (place !== undefined)
    history.replaceState(null, '', `/s/${who.shop}/${place}${location.search}`)
  try {
    await open(who)
  } catch (error) {
    if (!(error instanceof Locked)) throw error
    askForTouch(who)
  }
}

async function open(who, how) {
  const book = await openBook(who, how)
  if (!book.head) return showMissing()
  one(document, '.bottom-bar').hidden = false
  await new Controller(book).begin()
}

function showMissing() {
  const shown = show('empty-phone')
  shown.querySelector('[data-again]').addEventListener('click', () => location.reload())
}

/* The browser answers a passkey only to a press. */
function askForTouch(who) {
  const shown = show('locked')
  shown
    .querySelector('[data-unlock]')
    .addEventListener('click', async ({ currentTarget: button }) => {
      button.setAttribute('aria-busy', 'true')
      try {
        await open(who, { touch })
      } catch (error) {
        console.info(String(error))
        button.removeAttribute('aria-busy')
        shown.querySelector('[data-unopened]').hidden = false
      }
    })
}

/* Nothing of the book is open yet: there is nowhere to go. */
function show(name) {
  const shown = part(name, { home: '' })
  one(document, '.bottom-bar').hidden = true
  byId('content').replaceChildren(shown)
  return shown
}

begin()
