// The book while nobody answers: one page that opens what this phone carries and turns its own leaves.
// It needs no other page of the server, so a passkey is touched once, however long one stays.

import { Locked, openBook, touch, whoIsHere } from '../phone/phone.js'
import { Notebook } from './notebook.js'
import { find, part } from './parts.js'

const SHELL = '/offline'

function address() {
  if (location.pathname === SHELL && location.hash.startsWith('#/s/'))
    history.replaceState(null, '', location.hash.slice(1))
  return location.pathname
}

async function begin() {
  const shop = /^\/s\/([^/]+)\//.exec(address())?.[1]
  const who = (await whoIsHere()).find((one) => !shop || one.shop === shop)
  if (!who) return sayMissing()
  if (location.pathname === '/' || location.pathname === SHELL)
    history.replaceState(null, '', `/s/${who.shop}/`)
  try {
    await open(who)
  } catch (error) {
    if (!(error instanceof Locked)) throw error
    askForTouch(who)
  }
}

async function open(who, how) {
  const book = await openBook(who, how)
  if (!book.head) return sayMissing()
  document.querySelector('.bottom-bar').hidden = false
  await new Notebook(book).begin()
}

function sayMissing() {
  const said = show('empty-phone')
  said.querySelector('[data-again]').addEventListener('click', () => location.reload())
}

/* The browser answers a passkey only to a press. */
function askForTouch(who) {
  const said = show('locked')
  said
    .querySelector('[data-unlock]')
    .addEventListener('click', async ({ currentTarget: button }) => {
      button.setAttribute('aria-busy', 'true')
      try {
        await open(who, { touch })
      } catch (error) {
        console.info(error.name, error.message)
        button.removeAttribute('aria-busy')
        said.querySelector('[data-unopened]').hidden = false
      }
    })
}

/* Nothing of the book is open yet: there is nowhere to go. */
function show(name) {
  const said = part(name, { home: '' })
  document.querySelector('.bottom-bar').hidden = true
  find('content').replaceChildren(said)
  return said
}

begin()
