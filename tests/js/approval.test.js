// What asks for approval: when the sheet says so, and what such an item moves on the phone.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { canAsk, showApproval } from '../../src/daftari/static/js/approval.js'
import { sumsOf } from '../../src/daftari/static/js/pending-effects.js'
import { withItems } from '../../src/daftari/static/js/phone/overlay.js'

const SHOP = { currency: 'SAR', zone: 'Asia/Riyadh' }
const LACKS = 'give_over_limit write_off'

function asks(dataset, said) {
  const note = { hidden: false }
  const form = { dataset, elements: { ask: { value: 'before' } }, querySelector: () => note }
  showApproval(form, { isBeyond: false, kind: 'debt', minor: 100, owed: 1000, ...said })
  assert.equal(form.elements.ask.value, note.hidden ? '' : 'yes')
  return !note.hidden
}

test('a debt past the limit asks where its writer may not pass it', () => {
  assert.equal(asks({ lacks: LACKS }, { isBeyond: true }), true)
  assert.equal(asks({ lacks: LACKS }, { isBeyond: false }), false)
  assert.equal(asks({ lacks: '' }, { isBeyond: true }), false)
})

test('a discount asks beyond what is free of approval', () => {
  const discount = (minor, freeDiscount, lacks = LACKS) =>
    asks({ lacks, freeDiscount }, { kind: 'discount', minor })
  assert.equal(discount(1, undefined), true)
  assert.equal(discount(100, '10'), false)
  assert.equal(discount(101, '10'), true)
  assert.equal(discount(500, '10', ''), false)
  assert.equal(asks({ lacks: LACKS, freeDiscount: '10' }, { kind: 'write_off', minor: 1 }), true)
})

test('what the server has found to need an approval asks whatever the phone thinks', () => {
  assert.equal(asks({ lacks: '', asksAnyway: '' }, {}), true)
})

test('only what was refused for want of an approval can be turned into a request', () => {
  const refused = (reason, more) => canAsk({ state: 'refused', verdict: { reason }, ...more })
  assert.equal(refused('beyond_credit_limit'), true)
  assert.equal(refused('not_your_entry'), true)
  assert.equal(refused('customer_frozen'), false)
  assert.equal(refused('not_your_entry', { ask: 'yes' }), false)
  assert.equal(canAsk({ state: 'waiting' }), false)
})

const debt = (more) => ({
  id: 'one',
  verb: 'record_entry',
  customer_id: 'abu',
  kind: 'debt',
  amount_minor: 500,
  currency: 'SAR',
  made_at: '2026-12-01T09:00:00Z',
  state: 'waiting',
  ...more
})
const book = () => new Map([['abu', { id: 'abu', balances: { SAR: 100 }, lines: [] }]])

test('an item that asks stands on the account and moves no balance', () => {
  const plain = withItems(book(), [debt()], SHOP).get('abu')
  assert.deepEqual(plain.balances, { SAR: 600 })
  const { balances, lines } = withItems(book(), [debt({ ask: 'yes' })], SHOP).get('abu')
  assert.deepEqual(balances, { SAR: 100 })
  assert.deepEqual(
    lines.map(({ id, ask, balance_after_minor: after }) => [id, ask, after]),
    [['one', 'yes', 100]]
  )
  const context = { toward: 1, shop: SHOP }
  assert.deepEqual([...sumsOf([debt()], context)], [['SAR', 500]])
  assert.deepEqual([...sumsOf([debt({ ask: 'yes' })], context)], [])
})

test('once the server has the request the phone shows no row of its own', () => {
  const items = [debt({ ask: 'yes', state: 'written' })]
  assert.deepEqual(withItems(book(), items, SHOP).get('abu').lines, [])
})

test('a reversal and a correction that ask leave the entry as it stands', () => {
  const line = { id: 'old', kind: 'debt', amount_minor: 100, effect_minor: 100, currency: 'SAR' }
  const people = () => new Map([['abu', { id: 'abu', balances: { SAR: 100 }, lines: [line] }]])
  const item = {
    id: 'new',
    entry_id: 'old',
    ask: 'yes',
    state: 'waiting',
    made_at: '2026-12-01T09:00:00Z'
  }
  for (const verb of ['reverse_entry', 'correct_entry']) {
    const change = {
      ...item,
      verb,
      ...(verb === 'correct_entry' && { reversal_id: 'r', amount_minor: 50 })
    }
    const { balances, lines } = withItems(people(), [change], SHOP).get('abu')
    assert.deepEqual(balances, { SAR: 100 }, verb)
    assert.equal(lines.find(({ id }) => id === 'old').reversed_by, undefined, verb)
  }
})
