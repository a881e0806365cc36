// The entry point of the offline book: one page that opens what this phone holds and draws every
// further page itself. No other page of the server is needed, so a passkey is touched once.

import { byId, one } from '../dom.js'
import { isBehindCounter, isLocked, onCounter, unlock } from '../held.js'
import { watchLock } from '../lock.js'
import { Locked, listBooks, openBook, showPerson, touch } from '../phone/phone.js'
import { Controller } from './controller.js'
import { part } from './fragments.js'
import { SHORTCUTS } from './shortcuts.js'

const SHELL = '/offline'
const LOCK = '/locked'

function address() {
  if (location.pathname === SHELL && location.hash.startsWith('#/s/'))
    history.replaceState(null, '', location.hash.slice(1))
  const asked = new URLSearchParams(location.search).get('next')
  if (location.pathname === LOCK && asked?.startsWith('/s/')) history.replaceState(null, '', asked)
  return location.pathname
}

async function begin() {
  const laid = onCounter()
  const shop = laid?.shop ?? /^\/s\/([^/]+)\//.exec(address())?.[1]
  const who = (await listBooks()).find((one) => !shop || one.shop === shop)
  if (!who) return showMissing()
  const place = { '/': '', [SHELL]: '', [LOCK]: '', ...SHORTCUTS }[location.pathname]
  if (place !== undefined)
    history.replaceState(null, '', `/s/${who.shop}/${place}${location.search}`)
  if (laid)
    return (await import('./customer-display.js')).showCounter(who, laid.customer, () => show(who))
  if (isLocked()) askForTouch(who)
  else await show(who)
}

async function show(who) {
  try {
    await open(who)
  } catch (error) {
    if (!(error instanceof Locked)) throw error
    askForTouch(who)
  }
}

async function open(who, how) {
  const book = await openBook(who, how)
  how?.done()
  if (!book.head) return showMissing()
  one(document, '.bottom-bar').hidden = false
  await new Controller(book).begin()
  watchLock(who.person)
}

function showMissing() {
  const shown = showAlone('empty-phone')
  shown.querySelector('[data-again]').addEventListener('click', () => location.reload())
}

/* The browser answers a passkey only to a press. */
function askForTouch(who) {
  const shown = showAlone('locked')
  shown
    .querySelector('[data-unlock]')
    .addEventListener('click', async ({ currentTarget: button }) => {
      button.setAttribute('aria-busy', 'true')
      try {
        if (isLocked() && who.mode !== 'passkey') await showPerson(who.person)
        await open(who, { touch, done: unlock })
      } catch (error) {
        console.info(String(error))
        button.removeAttribute('aria-busy')
        shown.querySelector('[data-unopened]').hidden = false
      }
    })
}

/* Nothing of the book is open yet: there is nowhere to go. */
function showAlone(name) {
  const shown = part(name, { home: '' })
  one(document, '.bottom-bar').hidden = true
  byId('content').replaceChildren(shown)
  return shown
}

/* Another tab laid the phone on the counter, or Back led to before. */
function look() {
  if (document.hidden || !isBehindCounter()) return
  document.documentElement.hidden = true
  location.reload()
}

document.addEventListener('visibilitychange', look)
addEventListener('pageshow', ({ persisted }) => persisted && look())
begin()
