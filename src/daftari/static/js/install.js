// The card that offers to put the app on the home screen, after the third entry on this phone. A cookie
// counts the entries and keeps a no: browser storage is cleared when somebody signs out.

import { targetOf } from './dom.js'

const ENTRIES_BEFORE = 3
const KEPT_FOR = 400 * 24 * 3600 // the longest that browsers keep a cookie
const NO = 'no'
/** @type {any} Chromium's own event, with `prompt()`. */
let offer

const answer = () => /(?:^|; )install=(\w+)/.exec(document.cookie)?.[1] ?? '0'

function remember(value) {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser.
  document.cookie = `install=${value}; path=/; max-age=${KEPT_FOR}; samesite=lax`
}

function count() {
  if (answer() !== NO) remember(Math.min(Number(answer()) + 1, ENTRIES_BEFORE))
}

/* Safari on an iPhone or iPad, which alone has this member, has no offer of its own: its two steps are
 * drawn. */
const isInSafari = () => /** @type {any} */ (navigator).standalone === false

function show() {
  /** @type {HTMLElement | null} */
  const card = document.querySelector('[data-install]')
  if (!card) return
  const isTime = answer() !== NO && Number(answer()) >= ENTRIES_BEFORE
  card.hidden = !(isTime && (offer || isInSafari()))
  card.toggleAttribute('data-by-hand', !offer)
}

async function ask() {
  const { outcome } = await offer.prompt()
  offer = undefined
  if (outcome === 'accepted') remember(NO)
  show()
}

addEventListener('beforeinstallprompt', (event) => {
  event.preventDefault()
  offer = event
  show()
})
addEventListener('appinstalled', () => {
  remember(NO)
  show()
})
for (const saved of ['item-stored', 'written'])
  document.addEventListener(saved, (event) => {
    if (targetOf(event).matches?.('[data-entry]')) count()
  })
document.addEventListener('click', (event) => {
  const target = targetOf(event)
  if (target.closest('[data-install-ask]')) ask()
  if (!target.closest('[data-install-no]')) return
  remember(NO)
  show()
})
show()
