import assert from 'node:assert/strict'
import { test } from 'node:test'

import { lateOf, lateOfAll } from '../../src/daftari/static/js/book/late.js'

const TODAY = '2026-12-01'
const PAST = '2026-11-20'
const DUE = {
  SAR: [
    [PAST, 500],
    [TODAY, 300],
    ['2026-12-02', 40]
  ]
}
const line = (kind, minor, more = {}) => ({
  id: `${kind}${minor}`,
  kind,
  currency: 'SAR',
  amount_minor: minor,
  effect_minor: kind === 'debt' ? minor : -minor,
  state: 'waiting',
  ...more
})
const lateWith = (lines = [], more = {}) =>
  lateOf({ due: DUE, balances: { SAR: 2000 }, lines, ...more }, 'SAR', TODAY)

test('late is what fell due before today, and a day later what falls due today is late too', () => {
  assert.equal(lateWith(), 500)
  const abuAli = { due: DUE, balances: { SAR: 2000 } }
  assert.equal(lateOf(abuAli, 'SAR', '2026-12-02'), 800)
  assert.equal(lateOf(abuAli, 'SAR', '2026-12-03'), 840)
  assert.equal(lateOf(abuAli, 'USD', TODAY), 0)
})

test('a payment of this phone covers what falls due first', () => {
  for (const state of ['waiting', 'sending', 'deferred', 'written'])
    assert.equal(lateWith([line('payment', 200, { state })]), 300)
  assert.equal(lateWith([line('discount', 200)]), 300)
  assert.equal(lateWith([line('payment', 900)]), 0)
  assert.equal(lateWith([line('payment', 200, { state: 'refused' })]), 500)
  assert.equal(lateWith([line('payment', 200, { currency: 'USD' })]), 500)
  assert.equal(lateWith([line('payment', 200, { state: undefined })]), 500)
  assert.equal(lateWith([line('payment', 200, { reversed_by: 'back' }), back('payment200')]), 500)
})

test('a payment for a debt that is not late covers what is late with the rest alone', () => {
  const targets = [
    { id: 'bread', minor: 500, currency: 'SAR', occurred_on: PAST, due_on: PAST },
    { id: 'sugar', minor: 300, currency: 'SAR', occurred_on: PAST, due_on: TODAY },
    { id: 'plan', minor: 900, currency: 'SAR' }
  ]
  const paidFor = (target) => lateWith([line('payment', 350, { for: target })], { targets })
  assert.equal(paidFor('bread'), 150)
  assert.equal(paidFor('sugar'), 450)
  assert.equal(paidFor('plan'), null)
  assert.equal(paidFor('unheard of'), null)
})

test('a debt of this phone is late from the day after it falls due', () => {
  assert.equal(lateWith([line('debt', 70, { due_on: PAST })]), 570)
  assert.equal(lateWith([line('debt', 70, { due_on: TODAY })]), 500)
  assert.equal(lateWith([line('debt', 70)]), 500)
})

const back = (id) => ({ ...line('reversal', 1), reverses: id })

test('what is taken back is known of a debt that nothing was paid of', () => {
  const bread = line('debt', 500, { state: undefined, reversed_by: 'x', due_on: PAST })
  const target = { id: 'debt500', minor: 500, occurred_on: PAST, due_on: PAST }
  const lines = [back('debt500'), bread]
  assert.equal(lateWith(lines, { targets: [target] }), 0)
  assert.equal(lateWith(lines, { targets: [{ ...target, minor: 400 }] }), null)
  assert.equal(lateWith(lines), null)
})

test('a payment that is taken back covered what fell due before all that is late', () => {
  const paid = line('payment', 200, { state: undefined, reversed_by: 'x' })
  const lines = [back('payment200'), paid]
  assert.equal(lateWith(lines), 700)
  assert.equal(lateWith([line('payment', 150), ...lines]), 550)
  assert.equal(lateWith(lines, { due: { SAR: [[TODAY, 300]] } }), null)
  assert.equal(lateWith([lines[0], { ...paid, for: 'bread' }]), null)
})

test('no more is late than is owed, and of a supplier what the shop owes him', () => {
  assert.equal(lateWith([], { balances: { SAR: 100 } }), 100)
  assert.equal(lateWith([], { balances: {} }), 0)
  assert.equal(lateWith([], { balances: { SAR: -2000 }, role: 'supplier' }), 500)
})

test('all that is late is summed by currency, without suppliers, or not at all', () => {
  const abuAli = { due: { ...DUE, USD: [[PAST, 7]] }, balances: { SAR: 2000, USD: 9 } }
  const huda = { due: { SAR: [[PAST, 5]] }, balances: { SAR: 5 } }
  const supplier = { due: { SAR: [[PAST, 5]] }, balances: { SAR: -5 }, role: 'supplier' }
  const settled = { name: 'نورة' }
  assert.deepEqual(lateOfAll([abuAli, huda, supplier, settled], 'SAR', TODAY), [
    ['SAR', 505],
    ['USD', 7]
  ])
  assert.deepEqual(lateOfAll([settled], 'SAR', TODAY), [])
  const unclear = { ...huda, lines: [line('payment', 3, { for: 'unheard of' })] }
  assert.equal(lateOfAll([abuAli, unclear], 'SAR', TODAY), null)
})
