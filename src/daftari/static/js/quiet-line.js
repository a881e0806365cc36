// The status of the outbox in one line at the top: how many entries wait, that they have arrived,
// that one of them was refused, or that somebody must sign in before they are sent.

import { stateOf } from './entry-row.js'
import { counted } from './phrase.js'

const SETTLE = 700
const ARRIVED = 3000

const line = document.getElementById('quiet-line')
/** @type {HTMLAnchorElement | null | undefined} */
const text = line?.querySelector('[data-queue]')
let shown = 0
let timer = 0

/** Says it now, or in a moment: an entry that is in the book at once is not worth a word. `trouble`:
 * why the last sending ended. */
export async function showQueue(book, trouble) {
  if (!text) return
  const states = (await book.items()).map(stateOf).filter((state) => state !== 'written')
  const waiting = states.filter((state) => state === 'waiting').length
  const failed = states.length - waiting
  clearTimeout(timer)
  if (waiting && trouble === 'signed_out') return say('signed_out', waiting)
  if (failed && !waiting) return say('failed', failed)
  if (waiting) timer = setTimeout(say, shown ? 0 : SETTLE, 'waiting', waiting)
  else if (shown) arrive()
  else say('', 0)
}

function say(state, count) {
  if (!line || !text) return
  const words = JSON.parse(line.dataset.phrases ?? '')
  const page = encodeURIComponent(location.pathname + location.search)
  text.href = state === 'signed_out' ? `/signin?next=${page}` : (text.dataset.queue ?? '')
  shown = state === 'waiting' || state === 'signed_out' ? count : 0
  line.dataset.state = state
  text.hidden = !state
  if (state)
    text.textContent =
      state === 'arrived' ? words.arrived : counted(words[state], count, words.spoken)
}

function arrive() {
  say('arrived', 1)
  timer = setTimeout(say, ARRIVED, '', 0)
}
