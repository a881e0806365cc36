import assert from 'node:assert/strict'
import { test } from 'node:test'

import { lateOf, targetsOf } from '../../src/daftari/static/js/book/targets.js'

const debt = (id, minor) => ({ id, minor, currency: 'SAR', occurred_on: '2026-11-20' })
const seen = (customer) =>
  targetsOf(customer)
    .map(({ id, minor }) => `${id} ${minor}`)
    .join(', ')
const paid = (target, minor, state) => ({
  id: `p${minor}`,
  for: target,
  amount_minor: minor,
  state
})

test('what this phone paid is no longer left, and what was refused is', () => {
  const targets = [debt('bread', 500), debt('sugar', 300)]
  const lines = [paid('bread', 200, 'waiting'), paid('sugar', 300, 'written')]
  assert.equal(seen({ targets, lines }), 'bread 300')
  assert.equal(seen({ targets, lines: [paid('bread', 200, 'refused')] }), 'bread 500, sugar 300')
})

test('a debt that was reversed here is offered no more, one that was corrected still is', () => {
  const targets = [debt('bread', 500), debt('sugar', 300)]
  const reversed = [{ id: 'bread', amount_minor: 500, reversed_by: 'back' }]
  assert.equal(seen({ targets, lines: reversed }), 'sugar 300')
  const corrected = [{ id: 'new', amount_minor: 450, corrects: 'bread' }, ...reversed]
  const shown = corrected.map((line) => ({ ...line, currency: 'SAR', occurred_on: '2026-11-20' }))
  assert.equal(seen({ targets, lines: shown }), 'bread 450, sugar 300')
})

test('of a debt among the entries, the entry says its currency and days', () => {
  const lines = [{ id: 'bread', currency: 'USD', occurred_on: '2026-11-20', due_on: '2026-12-20' }]
  const told = lines.map((line) => ({ ...line, amount_minor: 900 }))
  const [shown] = targetsOf({ targets: [{ id: 'bread', minor: 500 }], lines: told })
  assert.deepEqual(shown, { ...lines[0], minor: 500 })
})

test('a debt that came into the book since is offered, one that waits is not', () => {
  const made = (id, state) => ({ id, kind: 'debt', amount_minor: 700, currency: 'SAR', state })
  const lines = [made('waits', 'waiting'), made('came', 'written'), made('failed', 'refused')]
  assert.equal(seen({ targets: [debt('bread', 500)], lines }), 'bread 500, came 700')
  const taken = { ...made('taken', 'written'), reversed_by: 'back' }
  assert.equal(seen({ targets: [], lines: [taken] }), '')
})

test('an older snapshot offers nothing', () => {
  assert.deepEqual(targetsOf({ id: 'abu-ali', name: 'أبو علي' }), [])
})

const TODAY = '2026-12-01'
const due = (id, minor, due_on) => ({ ...debt(id, minor), due_on })

test('late is what fell due before today, less what waits here for any debt', () => {
  const targets = [due('bread', 500, '2026-11-25'), due('sugar', 300, TODAY)]
  assert.equal(lateOf({ targets }, 'SAR', TODAY), 500)
  assert.equal(lateOf({ targets }, 'USD', TODAY), 0)
  const lines = [{ id: 'p', kind: 'payment', currency: 'SAR', amount_minor: 200, state: 'waiting' }]
  assert.equal(lateOf({ targets, lines }, 'SAR', TODAY), 300)
})

test('with a plan, of which the phone has no instalments, it does not say what is late', () => {
  const targets = [due('bread', 500, '2026-11-25'), { id: 'plan', minor: 900, currency: 'SAR' }]
  assert.equal(lateOf({ targets }, 'SAR', TODAY), 0)
})

test('with debts from before its entries begin, it does not say what is late', () => {
  const targets = [due('bread', 500, '2026-11-25'), due('sugar', 300, TODAY)]
  assert.equal(lateOf({ targets, balances: { SAR: 800 } }, 'SAR', TODAY), 500)
  assert.equal(lateOf({ targets, balances: { SAR: 900 } }, 'SAR', TODAY), 0)
  const waits = { id: 'w', kind: 'debt', currency: 'SAR', amount_minor: 100, state: 'waiting' }
  assert.equal(lateOf({ targets, lines: [waits], balances: { SAR: 900 } }, 'SAR', TODAY), 500)
})
