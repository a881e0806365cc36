// What a wide screen with a keyboard has besides: keys, and an account as a table. A phone never
// fetches this.

import { one, targetOf } from './dom.js'

const PHONE = document.querySelector('meta[name="daftari-phone"]')
const HOME = `/s/${PHONE?.dataset.shop}`
const TO_SEARCH = '#search'
const PATIENCE = 1500
const PLACES = { b: `${HOME}/`, d: `${HOME}/due` }
const TYPES = 'input, textarea, select, [contenteditable]'

/** @type {Promise<DocumentFragment> | undefined} */
let parts
let goesUntil = 0

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

function search() {
  const field = document.querySelector('#book [name=q], .choose [name=q]')
  if (!(field instanceof HTMLInputElement)) return location.assign(`${HOME}/${TO_SEARCH}`)
  field.focus()
  field.select()
}

function beginEntry() {
  const link = document.querySelector('.entry-buttons a') ?? document.querySelector('a.new-entry')
  if (link instanceof HTMLElement) link.click()
}

/* By the letter, or by its place on a keyboard that types other letters. */
const letterOf = ({ key, code }) =>
  /^[a-z]$/i.test(key) ? key.toLowerCase() : code.replace(/^Key/, '').toLowerCase()

const DEEDS = [
  [({ key }) => key === '?' || key === '؟', showKeys],
  [({ key, code, shiftKey }) => key === '/' || (code === 'Slash' && !shiftKey), search],
  [(event) => letterOf(event) === 'n', beginEntry]
]

function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
  if (targetOf(event).closest(TYPES) || document.querySelector('dialog[open]')) return
  const letter = letterOf(event)
  if (event.timeStamp < goesUntil && PLACES[letter]) return location.assign(PLACES[letter])
  goesUntil = letter === 'g' ? event.timeStamp + PATIENCE : 0
  const [, deed] = DEEDS.find(([is]) => is(event)) ?? []
  if (!deed) return
  event.preventDefault()
  deed()
}

loadStyle()
headTable().catch(() => {})
if (location.hash === TO_SEARCH) search()
document.addEventListener('keydown', pressed)
document.addEventListener('htmx:after:swap', () => headTable().catch(() => {}))
