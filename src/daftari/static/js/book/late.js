// What of a balance is late: what the server's own allocation left open, by the day it falls due, with
// what this phone wrote since.

import { WAITING } from './targets.js'

const CREDITS = ['payment', 'discount', 'write_off']

/** In minor units; null where this phone cannot tell, since what it takes back covered something that
 * the snapshot does not name.
 * @param {Customer} customer
 * @returns {number | null} */
export function lateOf(customer, code, today) {
  const { due = {}, lines = [], balances = {}, role } = customer
  const own = lines.filter((line) => WAITING.includes(line.state ?? '') && line.currency === code)
  const before = sumOf((due[code] ?? []).map(([day, minor]) => (day < today ? minor : 0)))
  const moved = own.map((line) => movedBy(line, customer, today, before))
  if (moved.includes(null)) return null
  const owed = (balances[code] ?? 0) * (role === 'supplier' ? -1 : 1)
  return Math.max(0, Math.min(before + sumOf(moved), owed))
}

const sumOf = (minors) => minors.reduce((sum, minor) => sum + minor, 0)

/* By how much one line of this phone moves what is late. Undone again, it moves nothing. */
function movedBy(line, customer, today, before) {
  const { kind, amount_minor: minor, due_on: due, reversed_by: gone } = line
  if (kind === 'reversal') return takenBack(line, customer, today, before)
  if (gone) return 0
  if (kind === 'debt') return due && due < today ? minor : 0
  return CREDITS.includes(kind) ? paidOfLate(line, customer, today) : 0
}

/* What is for nothing by name covers what falls due first, and so does what goes beyond its debt. */
function paidOfLate({ for: target, amount_minor: minor }, { targets = [], lines = [] }, today) {
  if (!target) return -minor
  const debt = debtOf(target, targets, lines)
  if (!debt) return null
  return debt.due_on && debt.due_on < today ? -minor : Math.min(0, debt.minor - minor)
}

/* A debt that nothing was paid of yet, or a payment: what it was for is open again, and what it covered for
 * nothing by name fell due before all that is late. Where nothing is late, nobody here knows. */
function takenBack({ reverses }, { targets = [], lines = [] }, today, before) {
  const line = lines.find(({ id }) => id === reverses)
  if (!line || line.state) return line ? 0 : null
  if (!line.effect_minor) return 0
  if (CREDITS.includes(line.kind)) return before && !line.for ? line.amount_minor : null
  const debt = debtOf(line.corrects ?? line.id, targets, lines)
  if (!debt || debt.minor !== line.amount_minor) return null
  return line.due_on && line.due_on < today ? -debt.minor : 0
}

/* As the snapshot leaves it; a plan, which has no day, is none. */
function debtOf(id, targets, lines) {
  const target = targets.find((one) => one.id === id)
  const line = lines.find((one) => one.id === id)
  const { occurred_on: day, due_on: due } = { ...line, ...target }
  const minor = target?.minor ?? (line?.state && line.amount_minor)
  return day && minor ? { due_on: due, minor } : null
}

/** What is late of these customers, [[currency, minor]] with the shop's own first; null where it cannot
 * be told of one of them. A supplier is not late: what he waits for is the shop's to pay. */
export function lateOfAll(customers, own, today) {
  const sums = new Map([[own, 0]])
  for (const customer of customers) {
    if (customer.role === 'supplier') continue
    for (const code of Object.keys(customer.balances ?? {})) {
      const late = lateOf(customer, code, today)
      if (late === null) return null
      sums.set(code, (sums.get(code) ?? 0) + late)
    }
  }
  return [...sums].filter(([, minor]) => minor)
}
