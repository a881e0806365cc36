// What the items that wait move of a balance on the account page of the server.

import { shownState } from './entry-row.js'
import { isCorrection } from './pending-corrections.js'
import { effectOf } from './phone/overlay.js'

/** By currency, what those move that wait: amounts in currencies never meet. */
export function sumsOf(own, context) {
  const sums = new Map()
  for (const item of own.filter(({ state, ask }) => !ask && shownState(state) === 'waiting')) {
    const { currency, effect } = movedBy(item, own, context)
    if (currency) sums.set(currency, (sums.get(currency) ?? 0) + effect)
  }
  return sums
}

const roleOf = (toward) => (toward < 0 ? 'supplier' : 'customer')

function movedBy(item, own, { toward, shop }) {
  if (isCorrection(item)) return { currency: item.currency, effect: item.moved_minor }
  if (item.verb === 'record_entry')
    return { currency: item.currency, effect: effectOf(item, roleOf(toward)) }
  const before = own.find(({ id }) => id === item.entry_id) ?? item.stood
  if (before)
    return {
      currency: before.currency,
      effect: -(before.effect_minor ?? effectOf(before, roleOf(toward)))
    }
  const row = document.getElementById(`entry-${item.entry_id}`)
  if (!row) return { effect: 0 }
  const { dataset, classList } = row
  const grown = classList.contains('grows') ? 1 : classList.contains('shrinks') ? -1 : 0
  const effect = -grown * toward * Number(dataset.minor)
  return { currency: dataset.currency ?? shop.currency, effect }
}

/** What a reversal takes back: as the server drew it on the page, as the phone did, or as the item says. */
export function reversedOf({ verb, entry_id: entry, stood }, own, { shop }) {
  if (verb !== 'reverse_entry') return {}
  const item = own.find(({ id }) => id === entry) ?? stood
  const { minor, currency } = document.getElementById(`entry-${entry}`)?.dataset ?? {}
  return {
    kind: 'reversal',
    amount_minor: item?.amount_minor ?? (minor && Number(minor)),
    currency: item?.currency ?? currency ?? shop.currency
  }
}
