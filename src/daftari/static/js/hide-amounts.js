// Blurs the amounts on every page of this phone until they are tapped again: on the totals, on the large
// amount of a page, or on the button beside them. A cookie holds the choice, so that the server sends
// the page blurred already and nothing is seen for a moment; the service worker reads it too.

import { targetOf } from './dom.js'

const YEAR = 31_536_000
const TAPPED = '#totals, .big, .due-sum, [data-hide-amounts]'

const isHidden = () => /(^|; )amounts=hidden/.test(document.cookie)

/** Shows what is chosen on what the page has by now. */
export function showChoice() {
  const hidden = isHidden()
  document.documentElement.toggleAttribute('data-amounts-hidden', hidden)
  for (const button of document.querySelectorAll('[data-hide-amounts]')) {
    button.hidden = false
    button.setAttribute('aria-pressed', String(hidden))
  }
}

function remember(hidden) {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser.
  document.cookie = `amounts=hidden; path=/; max-age=${hidden ? YEAR : 0}; samesite=lax`
}

document.addEventListener('click', (event) => {
  if (!targetOf(event).closest(TAPPED)) return
  remember(!isHidden())
  showChoice()
})
document.addEventListener('htmx:after:swap', showChoice)
addEventListener('pageshow', showChoice)
showChoice()
