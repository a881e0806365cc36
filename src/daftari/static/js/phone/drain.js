// Drains the outbox: sends the items in batches, oldest first. An item changes its state only by an
// answer that names its id; whatever else comes back leaves all as it was, to be sent again.

import { fetchJson } from './fetch-json.js'
import { change, isUnfinished, isUnsent, read } from './items.js'
import { sendPhotos } from './photos.js'
import { bytesOf, seal } from './seal.js'
import { STRICT } from './store.js'

const WITHIN = 20_000
const MOST_ITEMS = 50
const MOST_BYTES = 240 * 1024
const VERDICTS = ['written', 'known', 'asked', 'conflict', 'refused', 'deferred']
// The session is somebody else's: that says nothing of the item.
const OTHER_SESSION = ['other_person', 'other_shop']
// The role is another one meanwhile, or there is none: the copy of the book is to be fetched anew.
const OTHER_ROLE = ['not_allowed', 'removed_from_shop']

/** {sent, left, trouble}. `sent`: how many are in the book; `left`: how many still wait. */
export async function drain(book) {
  const { sent = 0, trouble = null } = await book.exclusively(() => drainAlone(book))
  if (!book.ended)
    await book.items().catch((error) => {
      if (!book.ended) throw error
    })
  return {
    sent,
    left: [...book.known.values()].filter(isUnfinished).length,
    trouble: book.ended ?? trouble
  }
}

async function drainAlone(book) {
  const tried = new Set()
  let sent = 0
  await refuseDamaged(book)
  for (;;) {
    const next = fitting((await read(book)).filter((item) => isUnsent(item) && !tried.has(item.id)))
    if (!next.length) return { sent, ...(await sendPhotos(book)) }
    const result = (await ping(book)) ?? (await send(book, await claim(book, next)))
    sent += result.sent
    if (result.trouble) return { sent, trouble: result.trouble }
    for (const { id } of next) tried.add(id)
  }
}

/* Where nobody answered the last time, an empty batch goes ahead: what stays here while the server
 * is away has never left, and can simply be taken back. */
async function ping(book) {
  if (!book.isAway) return null
  const result = await send(book, [])
  return result.trouble ? result : null
}

/* That they leave is on the disk before they do. */
async function claim(book, next) {
  book.assertOpen()
  const tx = book.db.transaction('items', 'readwrite', STRICT)
  const records = await Promise.all(next.map(({ sequence }) => tx.store.get(sequence)))
  const leaving = next.filter((_, place) => records[place] && isUnsent(records[place]))
  for (const record of records)
    if (record && isUnsent(record)) tx.store.put({ ...record, state: 'sending' })
  await tx.done
  return leaving
}

/* What nobody can open any more is never sent, and keeps nobody waiting for an answer. */
async function refuseDamaged(book) {
  const damaged = (await read(book)).filter(({ isLoose }) => isLoose)
  if (damaged.length)
    await change(
      book,
      damaged,
      () => true,
      (record) => ({ ...record, state: 'refused' })
    )
}

function fitting(items) {
  let bytes = 0
  const fits = (item) => (bytes += bytesOf(JSON.stringify(item)).length) < MOST_BYTES
  return items.slice(0, MOST_ITEMS).filter((item, place) => fits(item) || !place)
}

/* A batch that the server cannot read is halved until the one is found that spoils it; that one is
 * put off by itself, and holds nobody up. */
async function send(book, batch) {
  const result = await fetchJson(`/s/${book.who.shop}/sync`, WITHIN, {
    body: JSON.stringify({
      device: book.about.device,
      now: new Date().toISOString(),
      items: batch.map(wireForm)
    })
  })
  book.isAway = result.trouble === 'unheard'
  if (result.trouble === 'not_clear' && batch.length)
    return batch.length > 1 ? sendHalves(book, batch) : defer(book, batch[0])
  if (result.trouble) return { ...(await book.handleTrouble(result)), sent: 0 }
  book.isAway = !isAnswer(result.payload, batch)
  return book.isAway ? { sent: 0, trouble: 'unheard' } : applyAnswers(book, batch, result.payload)
}

/* Without what only the phone needs; an entry knows whose it is. */
const wireForm = ({ state, version, verdict, photo, isCarried, customer_name, stood, ...item }) =>
  item.entry_id ? { ...item, customer_id: undefined } : item

async function sendHalves(book, batch) {
  const middle = batch.length >> 1
  const first = await send(book, batch.slice(0, middle))
  if (first.trouble) return first
  const second = await send(book, batch.slice(middle))
  return { ...second, sent: first.sent + second.sent }
}

async function defer(book, item) {
  await storeAnswers(book, [item], [{ answer: 'deferred', reason: 'item_not_clear' }])
  return { sent: 0 }
}

/* A verdict for each that was sent, in their order, and the version of the book. */
function isAnswer({ answers, version }, batch) {
  return (
    Number.isSafeInteger(version) &&
    Array.isArray(answers) &&
    answers.length === batch.length &&
    answers.every(
      (answer, place) => answer?.id === batch[place].id && typeof answer.answer === 'string'
    )
  )
}

async function applyAnswers(book, batch, { answers, version, clock_off_seconds: clockOff = 0 }) {
  await storeAnswers(book, batch, answers, version, clockOff)
  const sent = answers.filter(isInBook).length
  if (answers.some(({ reason }) => OTHER_ROLE.includes(reason))) book.isOutdated = true
  return answers.some(isOfAnother) ? { sent, trouble: 'other_person' } : { sent }
}

const isOfAnother = ({ reason }) => OTHER_SESSION.includes(reason)
const isInBook = ({ answer }) => answer === 'written' || answer === 'known'
const isSettled = (answer) => isInBook(answer) || answer.answer === 'asked'

/* What the server said, all of it or nothing. A word that we do not know changes nothing. */
async function storeAnswers(book, batch, answers, version, clockOff = book.about.clockOff) {
  const reasons = await Promise.all(
    answers.map(
      ({ reason, field, words }, place) =>
        reason && seal(book.ring, batch[place].id, { reason, field, words })
    )
  )
  const tx = book.db.transaction(['about', 'items'], 'readwrite', STRICT)
  const store = tx.objectStore('items')
  const records = await Promise.all(batch.map(({ sequence }) => store.get(sequence)))
  records.forEach((record, place) => {
    const answer = answers[place]
    if (record?.state !== 'sending' || !VERDICTS.includes(answer.answer) || isOfAnother(answer))
      return
    const { said: _before, ...same } = record
    const state = isSettled(answer) ? 'written' : answer.answer
    store.put({
      ...same,
      state,
      ...(isSettled(answer) && { version }),
      ...(reasons[place] && { said: reasons[place] })
    })
  })
  if (clockOff !== book.about.clockOff)
    tx.objectStore('about').put((book.about = { ...book.about, clockOff }), 'about')
  await tx.done
  book.broadcast('items')
}
