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
let arrived = 0
let isFirstLook = true
let timer = 0

/** So many entries came into the book by a sending of this page: they are told of once, where it was
 * said that they wait. */
export function countArrived(sent) {
  arrived += sent
}

/** Says it now, or in a moment: an entry that is in the book at once is not worth a word. `trouble`:
 * why the last sending ended. */
export async function showQueue(book, trouble) {
  if (!text) return
  const states = (await book.items()).map(stateOf).filter((state) => state !== 'written')
  const waiting = states.filter((state) => state === 'waiting').length
  const delay = shown || isFirstLook ? 0 : SETTLE
  isFirstLook = false
  clearTimeout(timer)
  if (waiting && trouble === 'signed_out') return say('signed_out', waiting)
  if (waiting) return wait(delay, waiting)
  const failed = states.length - waiting
  if (failed) say('failed', failed)
  else if (shown && arrived) say('arrived', arrived)
  else if (line?.dataset.state !== 'arrived') timer = setTimeout(say, shown ? SETTLE : 0, '', 0)
  if (!shown) arrived = 0
  if (line?.dataset.state === 'arrived') timer = setTimeout(say, ARRIVED, '', 0)
}

function wait(delay, waiting) {
  if (delay) timer = setTimeout(say, delay, 'waiting', waiting)
  else say('waiting', waiting)
}

function say(state, count) {
  if (!line || !text) return
  const words = JSON.parse(line.dataset.phrases ?? '')
  const page = encodeURIComponent(location.pathname + location.search)
  text.href = state === 'signed_out' ? `/signin?next=${page}` : (text.dataset.queue ?? '')
  shown = state === 'waiting' || state === 'signed_out' ? count : 0
  line.dataset.state = state
  text.hidden = !state
  if (state) text.textContent = counted(words[state], count, words.spoken)
}
