// The keys of a wide screen: `/` searches, `n` begins an entry, `g b` and `g d` go to the book and to what
// is due, `?` lists them.

import { targetOf } from './dom.js'

const TO_SEARCH = '#search'
const PATIENCE = 1500
const TYPES = 'input, textarea, select, [contenteditable]'

/** Binds them on this page. `home`: the shop's; `go`: opens an address; `showKeys`: lists them, where a
 * list is at hand.
 * @param {string} home
 * @param {(address: string) => void} go
 * @param {() => unknown} [showKeys] */
export function bindKeys(home, go, showKeys) {
  const places = { b: `${home}/`, d: `${home}/due` }
  const toSearch = () => search() || go(`${home}/${TO_SEARCH}`)
  let goesUntil = 0
  if (location.hash === TO_SEARCH) search()
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
    if (targetOf(event).closest(TYPES) || document.querySelector('dialog[open]')) return
    const letter = letterOf(event)
    if (event.timeStamp < goesUntil && places[letter]) return go(places[letter])
    goesUntil = letter === 'g' ? event.timeStamp + PATIENCE : 0
    const deed = isMark(event) ? showKeys : isSlash(event) ? toSearch : letter === 'n' && beginEntry
    if (!deed) return
    event.preventDefault()
    deed()
  })
}

const isMark = ({ key }) => key === '?' || key === '؟'
const isSlash = ({ key, code, shiftKey }) => key === '/' || (code === 'Slash' && !shiftKey)

/* Answers whether there is a field to search in. */
function search() {
  const field = document.querySelector('#book [name=q], .choose [name=q]')
  if (!(field instanceof HTMLInputElement) || !field.checkVisibility()) return false
  field.focus()
  field.select()
  return true
}

function beginEntry() {
  const link = document.querySelector('.entry-buttons a') ?? document.querySelector('a.new-entry')
  if (link instanceof HTMLElement) link.click()
}

/* By the letter, or by its place on a keyboard that types other letters. */
const letterOf = ({ key, code }) =>
  /^[a-z]$/i.test(key) ? key.toLowerCase() : code.replace(/^Key/, '').toLowerCase()
