// What waits on this phone for one entry, on the page of that entry: its corrections and its reversal.

import { one } from './dom.js'
import { drawEntry } from './entry-row.js'
import { contextOf, meantIn } from './pending.js'
import { withCorrections } from './pending-corrections.js'
import { reversedOf } from './pending-effects.js'

/** The ids of what is drawn. @type {Set<string>} */
let drawn = new Set()

/** Draws it into the place that the page has for it; nothing where there is no such place. When it has
 * come into the book, the page is read anew. */
export async function showPendingOfEntry(book) {
  const place = document.getElementById('entry-waits')
  if (!place) return
  const { entry = '', customer = '' } = place.dataset
  const items = changesOf(await book.items(), entry)
  const shown = await withCorrections(book, customer, items)
  const own = shown.filter(({ state }) => state !== 'written')
  const context = contextOf(place)
  if (own.some((item) => item.for)) context.meant = await meantIn(book, customer)
  const template = document.getElementById('blank-line')
  one(place, '.entries').replaceChildren(
    ...own.map((item) =>
      drawEntry(template, { ...reversedOf(item, own, context), ...item }, context)
    )
  )
  place.hidden = !own.length
  const hasArrived = items.some(({ id, state }) => state === 'written' && drawn.has(id))
  drawn = new Set(own.map(({ id }) => id))
  if (hasArrived) await readAnew()
}

/* Of the entry, and of what takes its place. */
function changesOf(items, entry) {
  const ids = new Set([entry])
  return items.filter(({ id, entry_id: changed }) => ids.has(changed) && ids.add(id))
}

const readAnew = () =>
  window.htmx?.ajax('GET', location.pathname, { target: '#entry-details', swap: 'outerHTML' })
