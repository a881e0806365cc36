import assert from 'node:assert/strict'
import { test } from 'node:test'

import { lateOf } from '../../src/daftari/static/js/book/late.js'
import {
  meantBy,
  targetsOf,
  targetsOfCorrection
} from '../../src/daftari/static/js/book/targets.js'
import { withItems } from '../../src/daftari/static/js/phone/overlay.js'

const debt = (id, minor, due_on, more) => ({
  id,
  kind: 'debt',
  amount_minor: minor,
  effect_minor: minor,
  currency: 'SAR',
  occurred_on: '2026-11-20',
  due_on,
  ...more
})
const payment = (minor, target, more) => ({
  ...debt('paid', minor, undefined, { kind: 'payment', effect_minor: -minor }),
  for: target,
  ...more
})
const BREAD = debt('bread', 500, '2026-11-25')
const SUGAR = debt('sugar', 300, '2027-01-25')
const PLAN = { id: 'plan', minor: 900, currency: 'SAR', note: 'ثلاجة' }
const left = (id, minor) => ({ id, minor })
const offered = (customer, line) =>
  targetsOfCorrection(customer, line).map(({ id, minor }) => `${id} ${minor}`)
const corrected = (customer, said) =>
  withItems(new Map([['ali', { id: 'ali', balances: {}, ...customer }]]), [
    {
      verb: 'correct_entry',
      id: 'new',
      reversal_id: 'back',
      entry_id: 'paid',
      state: 'waiting',
      made_at: '2026-11-25T10:00:00Z',
      ...said
    }
  ]).get('ali')

test('plans come first, then debts by due day, those too that are covered already', () => {
  const lines = [payment(500), SUGAR, BREAD]
  const targets = [PLAN, left('sugar', 300)]
  const choices = offered({ targets, lines }, lines[0])
  assert.deepEqual(choices, ['plan 900', 'bread undefined', 'sugar 300'])
})

test('of a covered debt that it is for there is open what it paid of it', () => {
  const lines = [payment(200, 'bread'), SUGAR, BREAD]
  assert.deepEqual(offered({ targets: [left('sugar', 300)], lines }, lines[0]), [
    'bread 200',
    'sugar 300'
  ])
})

test('what it is for is offered as if it were not there, under the id that it names', () => {
  const newer = { ...SUGAR, id: 'newer', amount_minor: 400, corrects: 'sugar' }
  const mine = payment(100, 'sugar')
  const lines = [mine, newer, BREAD]
  const targets = [left('newer', 300), left('bread', 500)]
  assert.deepEqual(offered({ targets, lines }, mine), ['bread 500', 'sugar 400'])
})

test('what it is for and the phone does not hold has no amount, and stays', () => {
  const mine = payment(100, 'far')
  assert.deepEqual(offered({ lines: [mine, BREAD] }, mine), ['bread undefined', 'far undefined'])
})

test('other currencies, reversed debts, instalments and what waits are no choice', () => {
  const mine = payment(100)
  const lines = [
    mine,
    debt('dollars', 100, undefined, { currency: 'USD' }),
    debt('gone', 100, undefined, { reversed_by: 'x' }),
    debt('part', 100, undefined, { fixed: true }),
    debt('mine', 100, undefined, { state: 'waiting' })
  ]
  assert.deepEqual(offered({ lines }, mine), [])
})

test('with a supplier what is owed grows below zero', () => {
  const goods = debt('goods', 500, undefined, { effect_minor: -500 })
  const mine = payment(100, undefined, { effect_minor: 100 })
  assert.deepEqual(offered({ role: 'supplier', lines: [mine, goods] }, mine), ['goods undefined'])
})

test('a payment that is turned to another debt frees the one and is taken off the other', () => {
  const customer = {
    targets: [left('bread', 400), left('sugar', 300)],
    lines: [payment(100, 'bread'), SUGAR, BREAD]
  }
  const seen = (said) =>
    targetsOf(corrected(customer, said)).map(({ id, minor }) => `${id} ${minor}`)
  assert.deepEqual(seen({ for: 'sugar' }), ['bread 500', 'sugar 200'])
  assert.deepEqual(seen({ for: '' }), ['bread 500', 'sugar 300'])
  assert.deepEqual(seen({ note: 'نقدًا' }), ['bread 400', 'sugar 300'])
  assert.deepEqual(seen({ amount_minor: 250 }), ['bread 250', 'sugar 300'])
})

test('a correction of a payment for any debt counts once in what is late', () => {
  const customer = {
    targets: [left('bread', 400), left('sugar', 300)],
    balances: { SAR: 700 },
    due: {
      SAR: [
        ['2026-11-25', 400],
        ['2027-01-25', 300]
      ]
    },
    lines: [payment(100), SUGAR, BREAD]
  }
  const late = (said) => lateOf(corrected(customer, said), 'SAR', '2026-12-01')
  assert.equal(late({ note: 'نقدًا' }), 400)
  assert.equal(late({ amount_minor: 150 }), 350)
})

test('what a payment is for is told by the day of the debt, or by the note of the plan', () => {
  const customer = { targets: [PLAN], lines: [BREAD] }
  assert.deepEqual(meantBy(customer, 'bread'), { day: '2026-11-20', note: undefined })
  assert.deepEqual(meantBy(customer, 'plan'), { day: undefined, note: 'ثلاجة' })
  assert.deepEqual(meantBy({}, 'far'), { day: undefined, note: undefined })
})
