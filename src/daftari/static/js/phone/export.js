// What is not in the shop's book, as a text that a person reads and a spreadsheet opens: UTF-8 with
// its mark, a line for each item, cells apart by a tab.

import { detailsOf } from './overlay.js'

const CELLS = [
  'sequence',
  'made_at',
  'state',
  'verb',
  'customer',
  'kind',
  'amount',
  'currency',
  'occurred_on',
  'due_on',
  'note',
  'words',
  'id'
]

/** `formatAmount`: that of amount.js; `say(name)` answers the words for the name of a column, a state,
 * a verb, a kind. */
export function textOf(items, customers, head, formatAmount, say = (name) => name) {
  const rows = items
    .filter(({ state, photo }) => state !== 'written' || photo)
    .map((item) => {
      const shown = shownOf(item, customers, head, formatAmount, say)
      return CELLS.map((cell) => plain(shown[cell]))
    })
  return `\ufeff${[CELLS.map(say), ...rows].map((row) => `${row.join('\t')}\r\n`).join('')}`
}

function shownOf(item, customers, head, formatAmount, say) {
  const { shop } = head ?? {}
  const customer = customers.get(item.customer_id) ?? customers.get(item.id)
  const decimals = item.currency === shop?.currency ? shop.decimals : decimalsOf(item.currency)
  return {
    ...item,
    state: say(item.state),
    verb: say(item.verb),
    kind: item.kind && say(item.kind),
    customer: customer?.name ?? item.name ?? item.customer_id,
    amount: item.amount_minor && formatAmount(item.amount_minor, decimals),
    note: textsOf(item).filter(Boolean).join(' · ') || item.entry_id,
    words: item.verdict?.words ?? item.verdict?.reason
  }
}

/* All that was written: of a customer every detail but the name, which has a cell of its own. */
function textsOf(item) {
  if (!item.verb?.endsWith('_customer')) return [item.note, item.taker, item.paid_by]
  const { name: _name, role: _role, ...details } = detailsOf(item)
  return Object.values(details).filter((value) => typeof value === 'string')
}

const decimalsOf = (currency) =>
  currency
    ? new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions()
        .maximumFractionDigits
    : 0

/* No cell breaks the table, and none is taken for a formula. */
function plain(value) {
  const text = String(value ?? '')
    .replace(/\s+/g, ' ')
    .trim()
  return /^[=+\-@]/.test(text) ? `'${text}` : text
}
