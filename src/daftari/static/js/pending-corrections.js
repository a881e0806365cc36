// Corrections that wait on this phone, on the account page of the server: each takes the place of the
// entry that it corrects, with what the phone's snapshot knows of that.

import { withItems } from './phone/overlay.js'

const FAILED = ['refused', 'conflict']

/** The items of one customer, the corrections among them with all that they show: the entry as it was,
 * and what is said anew. A correction of an entry that the phone does not hold is left out.
 * @returns {Promise<any[]>} */
export async function withCorrections(book, customer, items) {
  if (!items.some(isCorrection)) return items
  const snapshot = await book.snapshotOf(customer)
  const shown = snapshot && withItems(new Map([[customer, snapshot]]), items, book.head?.shop)
  const lines = new Map((shown?.get(customer).lines ?? []).map((line) => [line.id, line]))
  return items.flatMap((item) => {
    const [line, before] = [item.id, item.entry_id].map((id) => lines.get(id))
    if (!isCorrection(item)) return [item]
    if (line && before) return [corrected(item, line, before)]
    return item.state === 'written' ? [item] : []
  })
}

export const isCorrection = ({ verb }) => verb === 'correct_entry'

/* The balance in the row is that of the whole account, which stands above. */
function corrected(item, { balance_after_minor: _after, ...line }, before) {
  return { ...line, entry_id: item.entry_id, moved_minor: line.effect_minor - before.effect_minor }
}

/** Puts the row of a correction where the entry stands, which is hidden unless the correction failed. */
export function placeCorrection(row, { entry_id: entry, state }) {
  const place = document.getElementById(`entry-${entry}`)
  if (!place) return
  place.hidden = !FAILED.includes(state)
  row.dataset.instead = place.id
  place.after(row)
}

/** Shows the entry again whose correction is gone. */
export function unplace(row) {
  const place = document.getElementById(row?.dataset.instead ?? '')
  if (place) place.hidden = false
}
