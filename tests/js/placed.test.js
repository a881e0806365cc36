import assert from 'node:assert/strict'
import test from 'node:test'

import { placed } from '../../src/daftari/static/js/book/placed.js'

const entry = (id, effect, more = {}) => ({
  id,
  currency: 'SAR',
  effect_minor: effect,
  balance_after_minor: 0,
  ...more
})
const seen = (lines) =>
  lines.map(({ id, balance_after_minor: after }) => `${id} ${after}`).join(', ')

test('a corrected entry stands where it was first written, with the balances around it', () => {
  const lines = [
    entry('new', 2, { corrects: 'old' }),
    entry('back', -20, { reverses: 'old' }),
    entry('later', 3),
    entry('old', 20, { reversed_by: 'back' }),
    entry('first', 1)
  ]
  assert.equal(seen(placed(lines, { SAR: 6 })), 'later 6, new 3, first 1')
})

test('a correction of a correction shows the last version only', () => {
  const lines = [
    entry('third', 7, { corrects: 'one' }),
    entry('back2', -5, { reverses: 'second' }),
    entry('second', 5, { corrects: 'one', reversed_by: 'back2' }),
    entry('back1', -4, { reverses: 'one' }),
    entry('one', 4, { reversed_by: 'back1' })
  ]
  assert.equal(seen(placed(lines, { SAR: 7 })), 'third 7')
})

test('a corrected entry that was reversed keeps its reversal', () => {
  const lines = [
    entry('gone', -2, { reverses: 'new' }),
    entry('new', 2, { corrects: 'old', reversed_by: 'gone' }),
    entry('back', -20, { reverses: 'old' }),
    entry('old', 20, { reversed_by: 'back' })
  ]
  assert.equal(seen(placed(lines, {})), 'gone 0, new 2')
})

test('a correction of an entry that the phone does not hold stands at the end, once', () => {
  const lines = [
    entry('new', 7, { corrects: 'far' }),
    entry('back', -5, { reverses: 'far' }),
    entry('two', 2)
  ]
  assert.equal(seen(placed(lines, { SAR: 9 })), 'two 9, new undefined')
})
