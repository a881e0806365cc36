/* Adding a phone. On the first phone: the address of the code can be copied. On the second one
 * (form[data-joins]): the token is taken from the fragment of the address, which is never sent, and
 * out of the history. */

import { byId, one, targetOf } from './dom.js'

function takeToken(form) {
  const token = location.hash.slice(1)
  if (token) form.elements.token.value = token
  history.replaceState(null, '', location.pathname)
  const isThere = Boolean(form.elements.token.value)
  form.hidden = !isThere
  one(document, '[data-no-code]').hidden = isThere
}

function unveil() {
  for (const button of document.querySelectorAll('[data-copy-address]')) button.hidden = false
}

async function copy(event) {
  if (!targetOf(event).closest('[data-copy-address]')) return
  await navigator.clipboard.writeText(byId('phone-link-address').dataset.told ?? '')
  one(document, '[data-copied]').hidden = false
}

const form = document.querySelector('form[data-joins]')
if (form) {
  takeToken(form)
  addEventListener('hashchange', () => location.hash && takeToken(form))
}
unveil()
document.addEventListener('htmx:after:swap', unveil)
document.addEventListener('click', copy)
