// Whom a list shows, and in which order, over what the phone has.
// Twin of src/daftari/ledger/store/listing.py.

import { fold, searchKey } from './fold.js'
import { lateOfAll } from './late.js'
import { asText, search } from './search.js'

const isSupplier = ({ customer: { role } }) => role === 'supplier'
const HOLDS = {
  all: ({ customer }) => !customer.archived,
  late: (one, today) => one.customer.oldest_due_on < today && !isSupplier(one),
  due: (one) => Boolean(one.customer.oldest_due_on) && !isSupplier(one),
  payable: (one) => Boolean(one.customer.oldest_due_on) && isSupplier(one),
  owes: ({ customer }) => anyBalance(customer, (minor) => minor > 0),
  owed: ({ customer }) => anyBalance(customer, (minor) => minor < 0),
  settled: ({ customer }) =>
    !customer.archived &&
    Boolean(customer.last_entry_at) &&
    !anyBalance(customer, (minor) => minor),
  archived: ({ customer }) => Boolean(customer.archived)
}
// The totals of the whole list stand above it.
const SUMS = {
  due: ['receivable', 'late'],
  payable: ['payable'],
  late: ['late'],
  owes: ['receivable', 'late'],
  owed: ['payable'],
  all: ['late']
}
const OF_A_SEARCH = ['receivable', 'payable', 'late']
const STANDS = {
  late: ({ customer }) => customer.oldest_due_on,
  biggest: ({ customer }, currency) => -(customer.balances?.[currency] ?? 0),
  newest: ({ customer }) => customer.last_entry_at && -Date.parse(customer.last_entry_at),
  name: ({ key }) => key
}

/** Days from one civil date to another. */
export const daysBetween = (one, other) => (Date.parse(other) - Date.parse(one)) / 86_400_000

function largestOf(lines, code) {
  let largest = 0
  for (const { currency, amount_minor: minor } of lines)
    if (currency === code && minor > largest) largest = minor
  return largest
}

/** Everybody of a book, each order made once. */
export class People {
  #ordered = new Map()

  constructor(customers, { shop: { currency }, today, says }) {
    const searched = says.searched.split(' ')
    this.customers = customers
    this.currency = currency
    this.today = today
    this.all = [...customers.values()].map((customer) => ({
      customer,
      key: customer.search_key ?? searchKey(customer, searched)
    }))
  }

  get(id) {
    return this.customers.get(id)
  }

  /** The customer of a line, and the line. */
  lineOf(id) {
    for (const customer of this.customers.values()) {
      const line = customer.lines?.find((one) => one.id === id)
      if (line) return [customer, line]
    }
    return []
  }

  /** The first `most` who fit, and whether there are more; `texts`: what somebody was found by that is
   * not his name, by customer. */
  list({ q = '', filter = 'all', sort = 'late' }, most) {
    const found = []
    const texts = new Map()
    const fits = (one) => HOLDS[filter](one, this.today)
    for (const [{ customer }, text] of search(q, this.#inOrder(sort), fits)) {
      if (found.length === most) return { found, texts, isMore: true }
      found.push(customer)
      if (text) texts.set(customer, text())
    }
    return { found, texts, isMore: false }
  }

  /** Everybody who fits. */
  everybody({ q = '', filter = 'all' }) {
    const fits = (one) => HOLDS[filter](one, this.today)
    return Array.from(search(q, this.#inOrder('late'), fits), ([{ customer }]) => customer)
  }

  /** How many a list holds of each role, and what it comes to: {customer, supplier, sums}, `sums` as
   * [name, [[currency, minor]]] where there is something; what is late only where it can be told. */
  hits({ q = '', filter = 'all' }, customers) {
    const supplier = customers.filter(({ role }) => role === 'supplier').length
    const names = q.trim() && filter === 'all' ? OF_A_SEARCH : (SUMS[filter] ?? [])
    const sums = names.map((name) => [name, this.#sumsOf(name, customers)])
    const shown = sums.filter(([, amounts]) => amounts.length)
    return { customer: customers.length - supplier, supplier, sums: shown }
  }

  #sumsOf(name, customers) {
    if (name === 'late') return lateOfAll(customers, this.currency, this.today) ?? []
    return totalsOf(customers, this.currency)
      .filter((total) => total[name])
      .map((total) => [total.currency, total[name]])
  }

  /** The largest amount of a customer in a currency; where he has none, of everybody. */
  largestAmount({ lines = [] }, code) {
    return largestOf(lines, code) || largestOf(this.#lines(), code)
  }

  *#lines() {
    for (const { lines } of this.customers.values()) if (lines) yield* lines
  }

  count(filter) {
    return this.all.filter((one) => HOLDS[filter](one, this.today)).length
  }

  /** The customers with a debt due by today. */
  countDue() {
    return this.all.filter((one) => one.customer.oldest_due_on <= this.today && !isSupplier(one))
      .length
  }

  /** Those whose folded name is the same. */
  namesakes(name) {
    const folded = fold(name)
    return this.all
      .filter(({ customer, key }) => key.startsWith(folded) && fold(customer.name) === folded)
      .map(({ customer }) => customer)
  }

  /** [{currency, receivable, payable}] of all balances, the shop's own currency first. */
  totals() {
    return totalsOf(this.customers.values(), this.currency)
  }

  #inOrder(sort) {
    if (!this.#ordered.has(sort)) {
      const placed = this.all.map((one) => ({
        place: STANDS[sort](one, this.currency) ?? null,
        ...one
      }))
      this.#ordered.set(sort, asText(placed.sort(byPlace)))
    }
    return this.#ordered.get(sort)
  }
}

function totalsOf(customers, own) {
  const sums = new Map([[own, { currency: own, receivable: 0, payable: 0 }]])
  for (const { balances = {} } of customers) {
    for (const [currency, minor] of Object.entries(balances)) {
      const sum = sums.get(currency) ?? { currency, receivable: 0, payable: 0 }
      sum[minor > 0 ? 'receivable' : 'payable'] += Math.abs(minor)
      sums.set(currency, sum)
    }
  }
  return [...sums.values()]
}

/* An empty place stands last, equals by their id. */
function byPlace({ place: one, customer: a }, { place: other, customer: b }) {
  if (one === other) return a.id < b.id ? -1 : 1
  if (one === null || other === null) return one === null ? 1 : -1
  return one < other ? -1 : 1
}

function anyBalance({ balances = {} }, is) {
  return Object.values(balances).some(is)
}

/** The one line under a name: {key, count?, day?}; `key` names a placeholder.
 * Twin of src/daftari/ledger/pages/book.py. */
export function rowStatusOf(customer, today) {
  const { oldest_due_on: due, last_payment_on: paid, last_entry_at: last, balances = {} } = customer
  if (due < today) return { key: 'late', count: daysBetween(due, today) }
  if (due === today) return { key: 'due_today' }
  if (!last) return { key: 'new' }
  if (!Object.keys(balances).length) return { key: 'settled' }
  if (due && daysBetween(today, due) <= 7) return { key: `due ${comingKey(due, today)}`, day: due }
  if (paid)
    return { key: `paid ${['today', 'yesterday'][daysBetween(paid, today)] ?? 'day'}`, day: paid }
  return due ? { key: `due ${comingKey(due, today)}`, day: due } : { key: 'written' }
}

/** How a day to come is called: `tomorrow`, by its `weekday`, or the `day` itself. */
export function comingKey(day, today) {
  const days = daysBetween(today, day)
  return days === 1 ? 'tomorrow' : days < 7 ? 'weekday' : 'day'
}
