// The overlay: items of this phone applied to the last snapshot, as far as a balance and an entry are
// to be shown before the server has them. Twin of src/daftari/ledger/rules/kinds.py.

const GROWTH = { debt: 1, payment: -1, discount: -1, write_off: -1, recovery: 0 }
const clocks = new Map()
// These are shown, and are not in the book.
const UNCOUNTED = ['refused', 'conflict']
const OF_THE_ITEM = [
  'v',
  'id',
  'verb',
  'user',
  'shop',
  'device',
  'sequence',
  'made_at',
  'state',
  'version',
  'reason',
  'words',
  'customer_id',
  'same_name_ok',
  'agreed',
  'consent_how'
]

/** `people` by id as the book has them, with `items` withItems in their order; nothing of it changed. */
export function withItems(people, items, shop) {
  const book = new Map(people)
  const touched = new Map()
  const own = (id) => {
    if (!touched.has(id) && book.has(id)) {
      const customer = book.get(id)
      touched.set(id, {
        ...customer,
        balances: { ...customer.balances },
        lines: [...(customer.lines ?? [])]
      })
      book.set(id, touched.get(id))
    }
    return touched.get(id)
  }
  for (const item of items) if (!isDone(item)) APPLY[item.verb]?.(item, own, book, shop)
  return book
}

/* In the snapshot, or kept by the server as a request for approval. */
const isDone = ({ isCarried, ask, state }) => isCarried || (ask && state === 'written')

/* What was refused, or asks for approval, moves no balance. */
const isCounted = ({ state, ask }) => !ask && !UNCOUNTED.includes(state)

const APPLY = {
  add_customer(item, _own, book) {
    if (book.has(item.id)) return
    const { id, state } = item
    book.set(id, { role: 'customer', ...detailsOf(item), id, state, balances: {}, lines: [] })
  },

  record_entry(item, own, _book, shop) {
    const customer = own(item.customer_id)
    if (!customer || customer.lines.some(({ id }) => id === item.id)) return
    const { kind, amount_minor, currency, due_on, method, note, taker, paid_by } = item
    const { paid_minor, paid_currency, rate_e8, rate_of, goods } = item
    const effect = effectOf(item, customer.role)
    write(customer, item, effect, {
      kind,
      amount_minor,
      currency,
      due_on,
      method,
      note,
      taker,
      paid_by,
      paid_minor,
      paid_currency,
      rate_e8,
      rate_of,
      goods,
      for: item.for,
      occurred_on: item.occurred_on || dayOf(item.made_at, shop)
    })
    if (!isCounted(item)) return
    if (kind === 'payment') customer.last_payment_on = customer.lines[0].occurred_on
    if (kind === 'debt' && due_on && !(customer.oldest_due_on <= due_on))
      customer.oldest_due_on = due_on
  },

  reverse_entry(item, own, book, shop) {
    const [customer, line] = entryOf(item, own, book)
    if (!line || line.reversed_by || customer.lines.some(({ id }) => id === item.id)) return
    const mine = own(customer.id)
    write(mine, item, -line.effect_minor, {
      amount_minor: line.amount_minor,
      currency: line.currency,
      kind: 'reversal',
      note: item.reason,
      occurred_on: dayOf(item.made_at, shop),
      reverses: line.id
    })
    if (!isCounted(item)) return
    markReversed(mine, line, item.id)
  },

  correct_entry(item, own, book) {
    const [customer, line] = entryOf(item, own, book)
    if (!line || customer.lines.some(({ id }) => id === item.id)) return
    if (!line.reversed_by || !isCounted(item)) correct(own(customer.id), item, line)
  }
}

/* What a correction may change besides the amount; '' for none. */
const CORRECTED = [
  ...['occurred_on', 'due_on', 'method', 'for', 'note', 'taker', 'paid_by'],
  ...['paid_minor', 'paid_currency', 'rate_e8', 'rate_of', 'goods']
]

/* A payment that is for nothing any more says so. */
const NONE = { for: '' }

/* As the server does: a reversal, and the entry that takes the place of the first. */
function correct(customer, item, line) {
  const counts = isCounted(item)
  const { id: _id, reversed_by: _by, corrects = line.id, ...before } = line
  const said = CORRECTED.filter((name) => item[name] !== undefined)
  const now = Object.fromEntries(said.map((name) => [name, item[name] || NONE[name]]))
  const minor = item.amount_minor ?? line.amount_minor
  const place = counts && { corrects }
  if (counts) {
    const { currency, amount_minor, occurred_on } = line
    const back = { kind: 'reversal', currency, amount_minor, occurred_on, reverses: line.id }
    write(customer, { ...item, id: item.reversal_id }, -line.effect_minor, back)
    markReversed(customer, line, item.reversal_id)
  }
  const made = { ...before, ...now, amount_minor: minor, ...place }
  write(customer, item, Math.sign(line.effect_minor) * minor, made)
  if (counts && 'due_on' in now) moveDue(customer, line, now.due_on)
}

/* What falls due after the first that is open is open too. */
function moveDue(customer, { due_on: before }, due) {
  const oldest = customer.oldest_due_on
  const others = customer.lines
    .filter((line) => stands(line) && line.due_on >= oldest)
    .map((line) => line.due_on)
  const first = (before === oldest ? [due, ...others] : [due, oldest]).filter(Boolean).sort()[0]
  if (first) customer.oldest_due_on = first
  else delete customer.oldest_due_on
}

const stands = (line) => line.kind !== 'reversal' && !line.reversed_by && isCounted(line)

function markReversed(customer, { id }, by) {
  customer.lines = customer.lines.map((line) =>
    line.id === id ? { ...line, reversed_by: by } : line
  )
}

/** What an item says of a customer, and not of itself. */
export function detailsOf(item) {
  return Object.fromEntries(Object.entries(item).filter(([name]) => !OF_THE_ITEM.includes(name)))
}

/** The signed change of the balance: above zero he owes more. */
export function effectOf({ kind, amount_minor: minor, side }, role) {
  const isSupplier = role === 'supplier'
  if (kind === 'opening')
    return (side || (isSupplier ? 'owed' : 'owes')) === 'owes' ? minor : -minor
  return (GROWTH[kind] ?? 0) * (isSupplier ? -1 : 1) * minor
}

function write(customer, item, effect, line) {
  const { id, verb, state, verdict, ask, user, made_at: madeAt } = item
  const before = customer.balances[line.currency] ?? 0
  const after = isCounted(item) ? before + effect : before
  if (isCounted(item)) delete customer.archived
  customer.lines.unshift({
    ...line,
    id,
    verb,
    state,
    verdict,
    ask,
    effect_minor: effect,
    balance_after_minor: after,
    recorded_at: madeAt,
    recorded_by: user
  })
  if (after) customer.balances[line.currency] = after
  else delete customer.balances[line.currency]
  customer.last_entry_at = madeAt
  if (!Object.keys(customer.balances).length) delete customer.oldest_due_on
}

/* The entry that an item changes, and whose it is. What is older than the entries of the phone is as
 * the item says, and stands at their end. */
function entryOf(item, own, book) {
  const [customer, line] = lineOf(book, item.entry_id)
  if (line || !item.stood) return [customer, line]
  const whose = own(item.customer_id)
  if (!whose || whose.lines.some(({ id }) => id === item.id)) return []
  const older = { ...item.stood, id: item.entry_id, corrects: undefined, isOlder: true }
  if (isCounted(item)) whose.lines.push(older)
  return [whose, older]
}

function lineOf(book, id) {
  for (const customer of book.values()) {
    const line = customer.lines?.find((one) => one.id === id)
    if (line) return [customer, line]
  }
  return []
}

/**
 * The business day of a moment in a shop, as YYYY-MM-DD: until the hour `day_ends` of the night it is
 * the day before. The device's own zone where the shop is not known.
 * @param {number | string | Date} moment
 * @param {{zone?: string, day_ends?: number}} [shop]
 */
export function dayOf(moment, { zone: timeZone, day_ends: ends = 0 } = {}) {
  const at = new Date(moment)
  const { days, hours } = clockOf(timeZone)
  const day = days.format(at)
  if (!ends || Number(hours.format(at)) >= ends) return day
  return new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10)
}

/** `12:00`, in the zone of a shop. */
export const timeOf = (at, { zone }) => clockOf(zone).times.format(at)

/* Made once for a zone: a formatter takes longer to make than to use. */
function clockOf(timeZone) {
  if (!clocks.has(timeZone))
    clocks.set(timeZone, {
      days: new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }),
      hours: new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', hourCycle: 'h23' }),
      times: new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' })
    })
  return clocks.get(timeZone)
}
