// What a payment can be for, on the sheet of the phone: the debts and plans of the snapshot, less what
// waits on this phone. Twin of src/daftari/ledger/pages/targets.py.

import { lastVersionOf } from './placed.js'

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
