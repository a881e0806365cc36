// The split view of a wide screen: the list on one side, the account on the other. A name opens
// beside the list, the address follows, and a reload or the back button shows the same two panes.

import { one, targetOf } from './dom.js'
import { bringMonthEnd } from './month-end.js'

const WIDE = matchMedia('(width >= 900px)')
let shown = location.href

async function read(url) {
  const answer = await fetch(url)
  if (!answer.ok || answer.redirected) throw new Error('not this page')
  return new DOMParser().parseFromString(await answer.text(), 'text/html')
}

/* Asks for the page itself, and takes from it the side that changes. */
async function show(url, remember) {
  let page
  try {
    page = await read(url)
  } catch {
    return location.assign(url)
  }
  const side = page.getElementById('side')
  if (!side) return location.assign(url)
  if (remember) history.pushState(null, '', url)
  shown = location.href
  document.title = page.title
  document.body.className = page.body.className
  put(document.getElementById('side'), side)
  one(document, '.split-view').dataset.open = one(page, '.split-view').dataset.open
  markCurrent()
  if (remember) moveFocus()
  if (WIDE.matches) bringMonthEnd().catch(() => {})
}

/* Who opened an account by a key goes on reading there. */
function moveFocus() {
  const title = document.querySelector('#side h1')
  if (!(title instanceof HTMLElement)) return
  title.tabIndex = -1
  title.focus({ preventScroll: true })
}

function put(old, fresh) {
  old.replaceWith(fresh)
  window.htmx.process(fresh)
  document.dispatchEvent(
    new CustomEvent('htmx:after:swap', { detail: { ctx: { sourceElement: fresh } } })
  )
}

/** @returns {NodeListOf<HTMLAnchorElement>} */
const linksToSide = () => document.querySelectorAll('a[data-opens-side]')

function markCurrent() {
  for (const link of linksToSide()) {
    if (link.pathname === location.pathname) link.setAttribute('aria-current', 'true')
    else link.removeAttribute('aria-current')
  }
}

/* An account that was opened by its address has no list beside it yet; it stands alone without an answer. */
async function bringList() {
  const side = document.querySelector('.split-view > #side:only-child')
  const book = side?.dataset.book
  if (!book || !WIDE.matches) return
  const list = (await read(book)).getElementById('book')
  if (!list || document.getElementById('book')) return
  side.before(list)
  put(list, list)
  markCurrent()
}

/* After an entry the list says what the account says. Where nobody answers it stays as it is. */
async function refreshList() {
  const list = document.getElementById('book')
  if (!list || !WIDE.matches) return
  /** @type {HTMLFormElement | null} */
  const form = list.querySelector('[data-live]')
  const typed = form ? new URLSearchParams(/** @type {any} */ (new FormData(form))) : ''
  const fresh = (await read(`${list.dataset.address}?${typed}`)).getElementById('book')
  if (!fresh) return
  const { scrollTop } = list
  put(list, fresh)
  fresh.scrollTop = scrollTop
  markCurrent()
}

document.addEventListener('click', (event) => {
  /** @type {HTMLAnchorElement | null} */
  const link = targetOf(event).closest('a[data-opens-side]')
  if (!link || !WIDE.matches || event.button || event.ctrlKey || event.metaKey || event.shiftKey)
    return
  event.preventDefault()
  link.setAttribute('aria-current', 'true')
  show(link.href, true)
})

addEventListener('popstate', () => {
  if (location.href !== shown) show(location.href, false)
})

document.addEventListener('written', () => refreshList().catch(() => {}))
document.addEventListener('htmx:after:swap', markCurrent)
bringList().catch(() => {})
if (WIDE.matches) bringMonthEnd().catch(() => {})
