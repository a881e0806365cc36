// What a payment can be for, on the sheet of the phone: the debts and plans of the snapshot, less what
// waits on this phone. Twin of src/daftari/ledger/pages/targets.py.

import { lastVersionOf } from './placed.js'

/** Of what was written on this phone and is in no snapshot yet, what counts. */
export const WAITING = ['waiting', 'sending', 'deferred', 'written']

/** The targets of a customer that have something left. A debt that was corrected here keeps its id:
 * the server knows it by each of its versions.
 * @param {Customer} customer
 * @returns {Target[]} */
export function targetsOf({ targets = [], lines = [] }) {
  return [...targets, ...writtenSince(targets, lines)]
    .filter(({ id }) => !isReversed(id, lines))
    .map((target) => ({ ...factsOf(target.id, lines), ...target }))
    .map((target) => ({ ...target, minor: target.minor + movedHere(target.id, lines) }))
    .filter(({ minor }) => minor > 0)
}

/** What a payment that is corrected can be for: what is open, as if it were not there, and the debts
 * among the entries that are covered already. Of these the phone knows what is open only of the one
 * that the payment is for; the others have no amount, as has its own that the phone does not hold.
 * @param {Customer} customer
 * @param {SnapshotEntry} payment
 * @returns {(Omit<Target, 'minor'> & {minor?: number})[]} */
export function targetsOfCorrection(customer, payment) {
  const { lines = [], role } = customer
  const isOwn = ({ id }) => payment.for && isSame(id, payment.for, lines)
  const open = targetsOf(customer)
    .filter(({ currency }) => currency === payment.currency)
    .map((one) => (isOwn(one) ? { ...one, minor: one.minor + payment.amount_minor } : one))
  const covered = lines
    .filter((line) => isDebt(line, role) && line.currency === payment.currency)
    .filter(({ id }) => !open.some((one) => isSame(one.id, id, lines)))
    .map(({ amount_minor: whole, ...debt }) => ({
      ...daysOf(debt),
      id: debt.id,
      minor: isOwn(debt) ? Math.min(whole, payment.amount_minor) : undefined
    }))
  const plans = open.filter(({ occurred_on: day }) => !day)
  const debts = [...open, ...covered].filter(({ occurred_on: day }) => day).sort(byDueDay)
  return withOwn([...plans, ...debts], payment.for, isOwn)
}

/** What the phone knows of a target: the day of a debt, the note of a plan.
 * @param {Partial<Customer>} customer
 * @returns {{day?: Day, note?: string}} */
export function meantBy({ targets = [], lines = [] }, id) {
  const line = lineOf(id, lines)
  const target = targets.find((one) => isSame(one.id, id, lines))
  return { day: (line ?? target)?.occurred_on, note: target?.note }
}

/* Debts of this phone that are in the book, and in no snapshot yet. One that waits may be refused, and
 * a payment for it with it. */
function writtenSince(targets, lines) {
  return lines
    .filter(({ kind, state, corrects }) => kind === 'debt' && state === 'written' && !corrects)
    .filter(({ id }) => !targets.some((target) => target.id === id))
    .map(({ id, amount_minor: minor }) => ({ id, minor }))
}

/* Of an entry, or of the one that took its place here. */
function lineOf(id, lines) {
  const line = lines.find((one) => one.id === id)
  return line && lastVersionOf(line, lines)
}

const firstOf = (id, lines) => lines.find((one) => one.id === id)?.corrects ?? id
const isSame = (one, other, lines) => firstOf(one, lines) === firstOf(other, lines)

/* What the entry itself says of a debt. */
function factsOf(id, lines) {
  const line = lineOf(id, lines)
  return line && daysOf(line)
}

/** @param {Omit<SnapshotEntry, 'id' | 'amount_minor'>} line */
const daysOf = ({ currency, occurred_on, due_on }) => ({ currency, occurred_on, due_on })

function isReversed(id, lines) {
  return Boolean(lineOf(id, lines)?.reversed_by)
}

/** @param {{state?: ItemState}} line */
const isHere = ({ state }) => Boolean(state) && WAITING.includes(state ?? '')

/* What this phone did to what is left of a debt: paid for it, took back a payment for it, corrected it. */
function movedHere(id, lines) {
  const line = lines.find((one) => one.id === id)
  const grown = line ? lastVersionOf(line, lines).amount_minor - line.amount_minor : 0
  return grown - sumHere(lines, (one) => one.for && isSame(one.for, id, lines))
}

/** Payments of this phone that stand, less those of the book that it took back.
 * @param {SnapshotEntry[]} lines
 * @param {(line: SnapshotEntry) => unknown} isMeant */
function sumHere(lines, isMeant) {
  const gone = new Set(lines.filter((line) => line.state && isHere(line)).map(({ id }) => id))
  return lines.filter(isMeant).reduce((sum, { amount_minor: minor, ...line }) => {
    if (isHere(line)) return line.reversed_by ? sum : sum + minor
    return !line.state && gone.has(line.reversed_by ?? '') ? sum - minor : sum
  }, 0)
}

/** A debt that stands and may be named.
 * @param {SnapshotEntry} line */
const isDebt = ({ kind, effect_minor: effect, state, reversed_by: gone, fixed }, role) =>
  kind !== 'reversal' &&
  effect * (role === 'supplier' ? -1 : 1) > 0 &&
  (!state || state === 'written') &&
  !gone &&
  !fixed

/* Without a due day after all others, the oldest first. */
const byDueDay = (one, other) => (keyOf(one) < keyOf(other) ? -1 : 1)
const keyOf = ({ due_on: due = '9999', occurred_on: day }) => `${due} ${day}`

/* What it is for has the id by which the payment names it. */
function withOwn(choices, id, isOwn) {
  if (!id) return choices
  if (!choices.some(isOwn)) return [...choices, { id }]
  return choices.map((one) => (isOwn(one) ? { ...one, id } : one))
}
