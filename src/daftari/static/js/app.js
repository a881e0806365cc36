// What every page starts with. Each other module has one concern and finds its own places in the
// page. The small ones come along; a large one is fetched by the first page that has such a place, so
// a first visit stays small.

import './bell.js'
import './busy.js'
import './days.js'
import './drop.js'
import './fleeting.js'
import './opened.js'
import './share.js'
import { keepShell } from './phone/worker.js'

const NEEDED_BY = [
  ['[data-push]', () => import('./notifications.js')],
  ['[data-opens-sheet]', () => import('./sheet.js')],
  ['form[data-entry]', () => import('./entry.js')]
]
const PHONE = document.querySelector('meta[name="daftari-phone"]')
const PEACE = 4000
const WIDE = matchMedia('(width >= 900px)')

function fetchNeeded() {
  for (const [place, module] of NEEDED_BY) {
    if (document.querySelector(place)) module()
  }
  if (WIDE.matches && document.querySelector('.spread')) import('./panes.js')
  if (PHONE && document.querySelector('form[data-outbox], #this-phone')) import('./counter.js')
}

/* Nobody signs out before it was asked what is only on this phone, however slow the network is. */
function holdLeaving() {
  document.addEventListener(
    'submit',
    async (event) => {
      const form = event.target
      if (!PHONE || !form.matches('form[data-signout]')) return
      event.preventDefault()
      const { askFirst } = await import('./leave.js')
      askFirst(form)
    },
    true
  )
}

/* What lies on the phone is looked at on every page; a first visit, which left nothing, in peace. */
async function fetchPhone() {
  if (!PHONE) return
  const known = await globalThis.indexedDB?.databases?.()
  const isNew = known && !known.some(({ name }) => name.startsWith('daftari/'))
  setTimeout(() => import('./counter.js'), isNew ? PEACE : 0)
  setTimeout(() => keepShell(document.querySelector('#quiet-line [data-renewed]')), PEACE)
}

/* The line says so when the network is away; it is in the page already, with its words. */
function watchNetwork() {
  const line = document.querySelector('#quiet-line [data-away]')
  const show = (isAway) => {
    line.hidden = !isAway
  }
  show(!navigator.onLine)
  addEventListener('offline', () => show(true))
  addEventListener('online', () => show(false))
  document.addEventListener('htmx:error', () => show(true))
  document.addEventListener('htmx:before:response', () => show(false))
}

/* Pages that do not count what is due show what the last one that did has counted. */
function keepDueCount() {
  const count = document.getElementById('due-count')
  if (!count) return
  const key = `due ${location.pathname.split('/')[2]}`
  if ('known' in count.dataset) {
    navigator.setAppBadge?.(Number(count.dataset.known)).catch(() => {})
    return sessionStorage.setItem(key, count.textContent)
  }
  count.textContent = sessionStorage.getItem(key) ?? ''
  count.classList.toggle('count', count.textContent !== '')
}

fetchNeeded()
keepDueCount()
watchNetwork()
fetchPhone()
holdLeaving()
WIDE.addEventListener('change', fetchNeeded)
document.addEventListener('htmx:after:swap', fetchNeeded)
document.addEventListener('htmx:after:swap', keepDueCount)
