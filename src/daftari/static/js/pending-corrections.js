// Corrections that wait on this phone, on the account page of the server: each takes the place of the
// entry that it corrects, with what the phone's snapshot knows of that.

import { withItems } from './phone/overlay.js'

const FAILED = ['refused', 'conflict']

/** The items of one customer, the corrections among them with all that they show: the entry as it was,
 * and what is said anew. What was there before comes from the phone's snapshot, else from the item; where
 * neither knows it, the correction shows what it says and no more.
 * @returns {Promise<any[]>} */
export async function withCorrections(book, customer, items) {
  if (!items.some(isCorrection)) return items
  const snapshot = (await book.snapshotOf(customer)) ?? { id: customer, lines: [] }
  const shown = withItems(new Map([[customer, snapshot]]), items, book.head?.shop)
  const lines = new Map((shown.get(customer).lines ?? []).map((line) => [line.id, line]))
  return items.map((item) => {
    const [line, before] = [lines.get(item.id), lines.get(item.entry_id) ?? item.stood]
    return isCorrection(item) && line && before ? corrected(item, line, before) : item
  })
}

export const isCorrection = ({ verb }) => verb === 'correct_entry'

/* The balance in the row is that of the whole account, which stands above. */
function corrected(item, { balance_after_minor: _after, ...line }, before) {
  return { ...line, entry_id: item.entry_id, moved_minor: line.effect_minor - before.effect_minor }
}

/** Puts the row of a correction where the entry stands, which is hidden unless the correction failed, or asks for approval. */
export function placeCorrection(row, { entry_id: entry, state, ask }) {
  const place = document.getElementById(`entry-${entry}`)
  if (!place) return
  if (row.dataset.instead === place.id && row.previousElementSibling === place) return
  place.hidden = !ask && !FAILED.includes(state)
  row.dataset.instead = place.id
  place.after(row)
}

/** Shows the entry again whose correction is gone. */
export function unplace(row) {
  const place = document.getElementById(row?.dataset.instead ?? '')
  if (place) place.hidden = false
}
