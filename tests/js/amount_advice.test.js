import assert from 'node:assert/strict'
import { test } from 'node:test'

import { isFarLarger, overpaidBy } from '../../src/daftari/static/js/amount-advice.js'

test('a payment is too much by what goes beyond the debt', () => {
  assert.equal(overpaidBy(5_000, 4_500), 500)
  assert.equal(overpaidBy(4_500, 4_500), 0)
  assert.equal(overpaidBy(100, 0), 100)
})

test('of an advance nothing is owed, so all of a payment is too much, and no more', () => {
  assert.equal(overpaidBy(100, -900), 100)
})

test('ten times the largest is far larger, a little less is not', () => {
  assert.equal(isFarLarger(10_000, 1_000, 0), true)
  assert.equal(isFarLarger(9_999, 1_000, 0), false)
})

test('nothing is far larger where nothing was written, nor is paying what is owed', () => {
  assert.equal(isFarLarger(10_000, 0, 0), false)
  assert.equal(isFarLarger(10_000, 1_000, 10_000), false)
  assert.equal(isFarLarger(null, 1_000, 0), false)
})
