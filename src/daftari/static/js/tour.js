// The tour of an empty book: once somebody has closed it on this phone, it stays closed.

import { targetOf } from './dom.js'

const KEY = 'daftari tour'

/** `root`, with the tour in it closed where it was closed before. */
export function closeTour(root) {
  const tour = root.querySelector('.tour')
  if (tour && globalThis.localStorage?.getItem(KEY)) tour.open = false
  return root
}

/* The head is pressed, by a finger or a key: the tour is still as it was before. */
document.addEventListener('click', (event) => {
  const head = targetOf(event).closest('.tour > summary')
  if (!head) return
  const tour = /** @type {HTMLDetailsElement} */ (head.parentElement)
  if (tour.open) globalThis.localStorage?.setItem(KEY, 'closed')
  else globalThis.localStorage?.removeItem(KEY)
})
closeTour(document)
