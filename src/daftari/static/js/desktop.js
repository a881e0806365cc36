// What a wide screen with a keyboard has besides: keys and their list, and an account as a table. A phone
// never fetches this.

import { one, targetOf } from './dom.js'
import { bindKeys } from './keyboard-shortcuts.js'

const PHONE = document.querySelector('meta[name="daftari-phone"]')
const HOME = `/s/${PHONE?.dataset.shop}`

/** @type {Promise<DocumentFragment> | undefined} */
let parts

/* The words come from the server, in the language of the page. */
function fetchParts() {
  parts ??= fetch(`${HOME}/desktop?language=${document.documentElement.lang}`)
    .then((answer) => (answer.ok && !answer.redirected ? answer.text() : Promise.reject(answer)))
    .then((text) => document.createRange().createContextualFragment(text))
  return parts
}

function loadStyle() {
  const style = /** @type {HTMLLinkElement} */ (one(document, 'link[rel=stylesheet]').cloneNode())
  style.href = style.href.replace('css/daftari.css', 'desktop/desktop.css')
  document.head.append(style)
}

/* An account that was just opened gets the head of its table. */
async function headTable() {
  const lines = document.getElementById('lines')
  if (!lines || lines.previousElementSibling?.matches('.entries-head')) return
  const head = one(await fetchParts(), '.entries-head').cloneNode(true)
  if (!lines.previousElementSibling?.matches('.entries-head')) lines.before(head)
}

async function showKeys() {
  const known = document.getElementById('keys')
  const dialog = /** @type {HTMLDialogElement} */ (
    known ?? one(await fetchParts(), '#keys').cloneNode(true)
  )
  if (!known) {
    document.body.append(dialog)
    dialog.addEventListener('click', (event) => {
      const target = targetOf(event)
      if (target === dialog || target.closest('[data-close]')) dialog.close()
    })
  }
  if (!dialog.open) dialog.showModal()
}

loadStyle()
headTable().catch(() => {})
bindKeys(HOME, (address) => location.assign(address), showKeys)
document.addEventListener('htmx:after:swap', () => headTable().catch(() => {}))
