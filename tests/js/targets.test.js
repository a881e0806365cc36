import assert from 'node:assert/strict'
import { test } from 'node:test'

import { targetsOf } from '../../src/daftari/static/js/book/targets.js'

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
