// Records the tap that opens WhatsApp (a[data-opened]), even while the page is left for it. Back on
// the page, it is reloaded, so that it says what was opened.

import { targetOf } from './dom.js'

document.addEventListener('click', (event) => {
  /** @type {HTMLAnchorElement | null} */
  const link = targetOf(event).closest('a[data-opened]')
  if (!link) return
  fetch(link.dataset.opened ?? '', { method: 'POST', keepalive: true, redirect: 'manual' })
  document.addEventListener('visibilitychange', readAnew)
})

function readAnew() {
  if (document.visibilityState === 'visible') location.reload()
}
