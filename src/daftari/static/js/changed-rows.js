// Puts the rows that an answer brought into their places on the account: a new one on top, where what
// waits on the phone stands above it; a changed one in place of the same row, if the page shows it.

import { byId } from './dom.js'

/** Places what stands in the holders; nothing where they are empty. */
export function placeRows() {
  const lines = document.getElementById('lines')
  if (!lines || !document.getElementById('new-rows')) return
  for (const row of rowsIn('changed-rows')) rowLike(lines, row)?.replaceWith(row)
  const fresh = rowsIn('new-rows')
  const added = fresh.filter((row) => !replaced(lines, row))
  if (!fresh.length) return
  lines.querySelector('.empty')?.remove()
  lines.dataset.ruled = ''
  const newest = lines.querySelector('.entry:not([data-look])') ?? lines.querySelector('.rows-more')
  if (newest) newest.before(...added)
  else lines.append(...added)
}

document.addEventListener('htmx:after:swap', placeRows)
placeRows()

function rowsIn(holder) {
  const rows = [...byId(holder).children]
  byId(holder).replaceChildren()
  return rows
}

const rowLike = (lines, { id }) => lines.querySelector(`#${CSS.escape(id)}`)

function replaced(lines, row) {
  const before = rowLike(lines, row)
  before?.replaceWith(row)
  return before
}
