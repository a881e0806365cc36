// What a payment can be for, on the sheet of the phone: the debts and plans of the snapshot, less what
// waits on this phone. Twin of src/daftari/ledger/pages/targets.py.

import { lastVersionOf } from './placed.js'

const MOST_TARGETS = 20
const WAITING = ['waiting', 'sending', 'deferred', 'written']

/** The targets of a customer that have something left. A debt that was corrected here keeps its id:
 * the server knows it by each of its versions.
 * @param {Customer} customer
 * @returns {Target[]} */
export function targetsOf({ targets = [], lines = [] }) {
  return [...targets, ...writtenSince(targets, lines)]
    .filter(({ id }) => !isReversed(id, lines))
    .map((target) => ({ ...factsOf(target.id, lines), ...target }))
    .map((target) => ({ ...target, minor: target.minor - paidHere(target.id, lines) }))
    .filter(({ minor }) => minor > 0)
}

/** What of a balance is late, in minor units; 0 where this phone cannot tell: it carries no instalments,
 * not every debt of a long list, and none from before its entries begin.
 * @param {Customer} customer */
export function lateOf(customer, code, today) {
  const targets = targetsOf(customer)
  if (targets.length >= MOST_TARGETS || targets.some(({ occurred_on: day }) => !day)) return 0
  const owed = targets.filter(({ currency }) => currency === code)
  const balance = Math.abs(customer.balances?.[code] ?? 0)
  if (sumOf(owed) + waitingDebts(customer, code) < balance) return 0
  const late = owed.filter(({ due_on: due }) => due && due < today)
  return Math.max(0, sumOf(late) - paidForAny(customer, code))
}

const sumOf = (targets) => targets.reduce((sum, { minor }) => sum + minor, 0)

/** Debts that are in the balance and no target yet.
 * @param {Customer} customer */
function waitingDebts({ lines = [] }, code) {
  return lines
    .filter(({ kind, currency }) => kind === 'debt' && currency === code)
    .filter(({ state }) => state && state !== 'written' && WAITING.includes(state))
    .reduce((sum, { amount_minor: minor }) => sum + minor, 0)
}

/** What waits here and is for no debt by name covers the oldest.
 * @param {Customer} customer */
function paidForAny({ lines = [] }, code) {
  return lines
    .filter((line) => line.kind === 'payment' && line.currency === code && !line.for)
    .filter(({ state, reversed_by: gone }) => state && WAITING.includes(state) && !gone)
    .reduce((sum, { amount_minor: minor }) => sum + minor, 0)
}

/* Debts of this phone that are in the book, and in no snapshot yet. One that waits may be refused, and
 * a payment for it with it. */
function writtenSince(targets, lines) {
  return lines
    .filter(({ kind, state }) => kind === 'debt' && state === 'written')
    .filter(({ id }) => !targets.some((target) => target.id === id))
    .map(({ id, amount_minor: minor }) => ({ id, minor }))
}

/* What the entry itself says of a debt. */
function factsOf(id, lines) {
  const line = lines.find((one) => one.id === id)
  return line && { currency: line.currency, occurred_on: line.occurred_on, due_on: line.due_on }
}

function isReversed(id, lines) {
  const line = lines.find((one) => one.id === id)
  return Boolean(line && lastVersionOf(line, lines).reversed_by)
}

function paidHere(id, lines) {
  return lines
    .filter((line) => line.for === id && WAITING.includes(line.state) && !line.reversed_by)
    .reduce((sum, line) => sum + line.amount_minor, 0)
}
