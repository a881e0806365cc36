import assert from 'node:assert/strict'
import test from 'node:test'

import { lastVersionOf, placed } from '../../src/daftari/static/js/book/placed.js'
import { withItems } from '../../src/daftari/static/js/phone/overlay.js'

const line = (id, more = {}) => ({
  id,
  kind: 'debt',
  amount_minor: 1000,
  effect_minor: 1000,
  currency: 'SAR',
  occurred_on: '2026-11-20',
  ...more
})
const abuAli = (lines, more = {}) =>
  new Map([['ali', { id: 'ali', balances: { SAR: 1500 }, lines, ...more }]])
const correction = (more = {}) => ({
  verb: 'correct_entry',
  id: 'new',
  reversal_id: 'back',
  entry_id: 'one',
  state: 'waiting',
  user: 'umm',
  made_at: '2026-11-25T10:00:00Z',
  ...more
})
const shownIn = ({ lines, balances }) =>
  placed(lines, balances).map(({ id, balance_after_minor: after }) => `${id} ${after}`)
const book = () => abuAli([line('two', { amount_minor: 500, effect_minor: 500 }), line('one')])

test('a correction stands once, in the place of its entry, with the balances around it', () => {
  const before = book()
  const after = withItems(before, [correction({ amount_minor: 100, note: 'سكر' })]).get('ali')
  assert.deepEqual(after.balances, { SAR: 600 })
  assert.deepEqual(shownIn(after), ['two 600', 'new 100'])
  const [, made] = placed(after.lines, after.balances)
  assert.deepEqual([made.state, made.note, made.occurred_on], ['waiting', 'سكر', '2026-11-20'])
  assert.ok(!before.get('ali').lines.some(({ reversed_by: by }) => by))
})

test('a correction that was not taken leaves the entry as it stands', () => {
  const verdict = { reason: 'already_corrected', words: 'صُحِّح قبل ذلك' }
  for (const state of ['refused', 'conflict']) {
    const said = correction({ amount_minor: 100, state, verdict })
    const { lines, balances } = withItems(book(), [said]).get('ali')
    assert.deepEqual(balances, { SAR: 1500 })
    assert.deepEqual(
      placed(lines, balances).map(({ id }) => id),
      ['new', 'two', 'one']
    )
    assert.deepEqual([lines[0].verb, lines[0].verdict], ['correct_entry', verdict])
    assert.ok(!lines.some(({ reversed_by: by }) => by))
  }
})

test('a correction of a correction, and a reversal of it, follow the entry as it was first written', () => {
  const twice = [
    correction({ amount_minor: 100, state: 'written' }),
    correction({ id: 'newer', reversal_id: 'back2', entry_id: 'new', amount_minor: 200 })
  ]
  const { lines, balances } = withItems(book(), twice).get('ali')
  assert.deepEqual(balances, { SAR: 700 })
  assert.deepEqual(shownIn({ lines, balances }), ['two 700', 'newer 200'])
  assert.equal(lastVersionOf(lines.at(-1), lines).id, 'newer')
  assert.equal(lastVersionOf(line('two'), lines).id, 'two')
})

test('an entry that is reversed, or not on the phone, is not corrected there', () => {
  const reversed = abuAli([line('one', { reversed_by: 'gone' })])
  assert.equal(withItems(reversed, [correction()]).get('ali').lines.length, 1)
  const [failed] = withItems(reversed, [correction({ state: 'refused' })]).get('ali').lines
  assert.deepEqual(
    [failed.state, failed.reversed_by, failed.corrects],
    ['refused', undefined, undefined]
  )
  assert.equal(withItems(book(), [correction({ entry_id: 'far' })]).get('ali').lines.length, 2)
})

test('an entry older than those of the phone stands at their end, as the item says', () => {
  const { id, ...stood } = line('far', { amount_minor: 300, effect_minor: 300, corrects: 'first' })
  const said = { entry_id: id, customer_id: 'ali', amount_minor: 100, stood }
  const { lines, balances } = withItems(book(), [correction(said)]).get('ali')
  assert.deepEqual(balances, { SAR: 1300 })
  assert.deepEqual(shownIn({ lines, balances }), ['two 1300', 'one 800', 'new undefined'])
  const reversal = { ...said, verb: 'reverse_entry', id: 'gone' }
  const taken = withItems(book(), [correction(reversal)]).get('ali')
  assert.deepEqual(taken.balances, { SAR: 1200 })
  assert.equal(taken.lines.at(-1).reversed_by, 'gone')
  const refused = withItems(book(), [correction({ ...said, state: 'refused' })]).get('ali')
  assert.deepEqual(refused.balances, { SAR: 1500 })
  assert.equal(refused.lines.length, 3)
})

test('what a payment is for is changed and taken out by its correction', () => {
  const payment = line('one', { kind: 'payment', effect_minor: -1000, for: 'bread' })
  const now = (said) => withItems(abuAli([payment]), [correction(said)]).get('ali').lines[0].for
  assert.equal(now({ note: 'نقدًا' }), 'bread')
  assert.equal(now({ for: 'sugar' }), 'sugar')
  assert.equal(now({ for: '' }), '')
})

test('a due day that is moved or taken away moves the oldest of the account', () => {
  const dated = (more) =>
    abuAli([line('two', { due_on: '2026-12-20' }), line('one', { due_on: '2026-12-01' })], {
      oldest_due_on: '2026-12-01',
      ...more
    })
  const oldest = (due, of = dated()) =>
    withItems(of, [correction({ due_on: due })]).get('ali').oldest_due_on
  assert.equal(oldest('2026-12-10'), '2026-12-10')
  assert.equal(oldest('2026-12-25'), '2026-12-20')
  assert.equal(oldest(''), '2026-12-20')
  assert.equal(oldest('2026-11-25'), '2026-11-25')
  assert.equal(
    oldest('', abuAli([line('one', { due_on: '2026-12-01' })], { oldest_due_on: '2026-12-01' })),
    undefined
  )
  assert.equal(oldest('2026-12-05', abuAli([line('one')])), '2026-12-05')
})

test('a payment that is corrected takes off what it says now', () => {
  const paid = abuAli([line('one', { kind: 'payment', effect_minor: -1000, method: 'cash' })])
  const after = withItems(paid, [correction({ amount_minor: 400, method: '' })]).get('ali')
  assert.deepEqual(after.balances, { SAR: 2100 })
  assert.equal(after.lines[0].method, undefined)
})
