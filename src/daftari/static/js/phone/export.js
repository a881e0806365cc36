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

/** `amount(minor, currency)` writes an amount; `say(name)` answers the words for the name of a column,
 * a state, a verb, a kind. What the phone has not seen of the book is in the item. */
export function textOf(items, customers, amount, say = (name) => name) {
  const rows = items
    .filter(({ state, photo }) => state !== 'written' || photo)
    .map((item) => {
      const shown = { ...shownOf(item, amount, say), customer: nameOf(item, items, customers) }
      return CELLS.map((cell) => plain(shown[cell]))
    })
  return `\ufeff${[CELLS.map(say), ...rows].map((row) => `${row.join('\t')}\r\n`).join('')}`
}

function shownOf(item, amount, say) {
  return {
    ...item,
    state: say(item.state),
    verb: say(item.verb),
    ...entryOf(item, amount, say),
    note:
      [...goodsOf(item), paidOf(item, amount), ...textsOf(item)].filter(Boolean).join(' · ') ||
      item.entry_id,
    words: item.verdict?.words ?? item.verdict?.reason
  }
}

/* Its kind, amount and currency; of an entry that is changed as it shall stand. Whoever changed it
 * before the phone wrote down what stood left an amount without a currency. */
function entryOf({ stood, ...item }, amount, say) {
  const { kind, amount_minor: minor, currency } = { ...stood, ...item }
  const told = minor && (currency ? amount(minor, currency) : minor)
  return { kind: kind && say(kind), amount: told, currency }
}

/* «375.00 SAR», handed over in another currency than the amount. */
const paidOf = ({ paid_minor: minor, paid_currency: code }, amount) =>
  code && `${amount(minor, code)} ${code}`

/* «2 × سكر» */
const goodsOf = ({ goods }) =>
  (goods ?? []).map(([name, quantity]) => `${quantity / 1000} × ${name}`)

const OF_ENTRIES = ['record_entry', 'reverse_entry', 'correct_entry']

/** All the texts of an item as typed: of a customer every detail but the name, which has a cell of its
 * own; of an item of an earlier version all that it says. */
export function textsOf(item) {
  if (OF_ENTRIES.includes(item.verb)) return [item.note, item.taker, item.paid_by, item.reason]
  const { role: _role, ...details } = detailsOf(item)
  if (item.verb === 'add_customer') delete details.name
  return Object.values(details).filter((value) => typeof value === 'string')
}

/** The name of its customer as the book has it, as this phone wrote it, or as the page said on which
 * the item was made. */
export function nameOf({ id, name, customer_id, customer_name, entry_id }, items, customers) {
  const entry = items.find((one) => one.id === entry_id)
  const customer = customer_id ?? entry?.customer_id ?? customerOf(entry_id, customers) ?? id
  const added = items.find((one) => one.id === customer)
  const names = [customers.get(customer)?.name, name, added?.name, customer_name]
  return names.find(Boolean) ?? entry?.customer_name ?? customer_id
}

const customerOf = (entry, customers) =>
  [...customers.values()].find(({ lines = [] }) => lines.some(({ id }) => id === entry))?.id

/* No cell breaks the table, and none is taken for a formula. */
function plain(value) {
  const text = String(value ?? '')
    .replace(/\s+/g, ' ')
    .trim()
  return /^[=+\-@]/.test(text) ? `'${text}` : text
}
