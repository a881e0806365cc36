// A form is submitted once: until the answer comes its button is busy and takes no second press.

import { targetOf } from './dom.js'

document.addEventListener('submit', (event) => {
  const button = event.submitter
  /** @type {HTMLFormElement} */
  const form = targetOf(event)
  if (event.defaultPrevented || !button || form.method !== 'post') return
  if (button.getAttribute('aria-busy') === 'true') return event.preventDefault()
  button.setAttribute('aria-busy', 'true')
})

/* Back from the next page, the same form can be sent again. */
addEventListener('pageshow', () => {
  for (const button of document.querySelectorAll('button[aria-busy]')) {
    button.removeAttribute('aria-busy')
  }
})
