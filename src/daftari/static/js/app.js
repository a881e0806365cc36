// The entry point of every page. Each other module has one concern and finds its own places in the
// page. The small ones come along; a large one is fetched by the first page that has such a place,
// so a first visit stays small.

import { one, targetOf } from './dom.js'
import './back.js'
import './submit-once.js'
import './days.js'
import './dropdown.js'
import { lockAfter } from './held.js'
import './toast.js'
import './hide-amounts.js'
import './install.js'
import './keyboard.js'
import './whatsapp-opened.js'
import './share.js'
import './tour.js'
import { registerWorker, tellLanguage } from './phone/worker.js'

/** @type {[string, () => Promise<unknown>][]} */
const NEEDED_BY = [
  ['[data-push]', () => import('./notifications.js')],
  ['[data-opens-sheet], .entry > a', () => import('./sheet.js')],
  ['[data-share-file]', () => import('./share-file.js')],
  ['[data-from-contacts]', () => import('./contact-picker.js')],
  ['#new-rows', () => import('./changed-rows.js')],
  ['form[data-entry], form#correction', () => import('./entry.js')],
  ['form[method=post]:not([data-signout])', () => import('./save-form.js')]
]
const PHONE = document.querySelector('meta[name="daftari-phone"]')
const LANGUAGE = document.querySelector('form[action="/account/language"]')
const FIRST_VISIT_DELAY = 4000
const WIDE = matchMedia('(width >= 900px)')
const DESKTOP = matchMedia('(width >= 900px) and (pointer: fine)')

function fetchNeeded() {
  for (const [place, module] of NEEDED_BY) {
    if (document.querySelector(place)) module()
  }
  if (WIDE.matches && document.querySelector('.split-view')) import('./split-view.js')
  if (DESKTOP.matches && PHONE) import('./desktop.js')
  if (PHONE && document.querySelector('form[data-outbox], #this-phone'))
    import('./optimistic-entry.js')
}

/* Nobody signs out before it was asked what is only on this phone, however slow the network is. */
function interceptSignOut() {
  document.addEventListener(
    'submit',
    async (event) => {
      /** @type {HTMLFormElement} */
      const form = targetOf(event)
      if (!PHONE || !form.matches('form[data-signout]')) return
      event.preventDefault()
      const { confirmSignOut } = await import('./sign-out.js')
      confirmSignOut(form)
    },
    true
  )
}

/* What lies on the phone is looked at on every page; a first visit, which left nothing, in peace. */
async function loadPhone() {
  if (!PHONE) return
  const known = await globalThis.indexedDB?.databases?.()
  const isNew = known && !known.some(({ name }) => name?.startsWith('daftari/'))
  setTimeout(() => import('./optimistic-entry.js'), isNew ? FIRST_VISIT_DELAY : 0)
  setTimeout(
    () => registerWorker(document.querySelector('#quiet-line [data-renewed]')),
    FIRST_VISIT_DELAY
  )
}

/* The line says so when the network is away; it is in the page already, with its words. */
function watchNetwork() {
  const line = one(document, '#quiet-line [data-away]')
  const show = (isAway) => {
    line.hidden = !isAway
  }
  show(!navigator.onLine)
  addEventListener('offline', () => show(true))
  addEventListener('online', () => show(false))
  document.addEventListener('htmx:error', () => show(true))
  document.addEventListener('htmx:before:response', () => show(false))
}

/* The icon of the installed app shows how many are due. */
function setBadge() {
  const due = document.getElementById('due-count')?.dataset.known
  if (due !== undefined) navigator.setAppBadge?.(Number(due)).catch(() => {})
}

/* A link to be printed: the list is whole, and the browser asks for the printer. */
function printAsked() {
  if (location.hash !== '#print') return
  history.replaceState(history.state, '', location.pathname + location.search)
  addEventListener('load', () => print())
}

if (location.search.startsWith('?shared=')) import('./shared.js')
fetchNeeded()
printAsked()
setBadge()
watchNetwork()
if (PHONE || LANGUAGE) tellLanguage()
loadPhone()
interceptSignOut()
if (lockAfter()) import('./lock.js').then(({ watchLock }) => watchLock(''))
for (const size of [WIDE, DESKTOP]) size.addEventListener('change', fetchNeeded)
document.addEventListener('htmx:after:swap', fetchNeeded)
document.addEventListener('htmx:after:swap', setBadge)
