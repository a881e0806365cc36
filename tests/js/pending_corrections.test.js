import assert from 'node:assert/strict'
import { test } from 'node:test'

import { withCorrections } from '../../src/daftari/static/js/pending-corrections.js'

const ABU_ALI = 'abu-ali'
const line = (id, minor, more) => ({
  id,
  kind: 'debt',
  amount_minor: minor,
  effect_minor: minor,
  currency: 'SAR',
  occurred_on: '2026-11-23',
  ...more
})
const book = (...lines) => ({
  head: { shop: { zone: 'Asia/Riyadh' } },
  snapshotOf: async (id) => (lines.length ? { id, balances: { SAR: 500 }, lines } : undefined)
})
const correction = (id, entry, said, state = 'waiting') => ({
  id,
  verb: 'correct_entry',
  state,
  entry_id: entry,
  reversal_id: `${id}-back`,
  made_at: '2026-11-23T09:00:00Z',
  ...said
})

test('a correction shows what stood, with what is said anew, and what it moves', async () => {
  const items = [correction('new', 'old', { amount_minor: 300, note: 'سكر' })]
  const [shown] = await withCorrections(book(line('old', 500, { taker: 'ابنه' })), ABU_ALI, items)
  const { amount_minor: minor, note, taker, entry_id: entry, moved_minor: moved, state } = shown
  assert.deepEqual(
    [minor, note, taker, entry, moved, state],
    [300, 'سكر', 'ابنه', 'old', -200, 'waiting']
  )
})

test('a correction of a correction moves what is between the two', async () => {
  const items = [
    correction('second', 'first', { amount_minor: 300 }),
    correction('third', 'second', { amount_minor: 700 })
  ]
  const shown = await withCorrections(book(line('first', 500)), ABU_ALI, items)
  assert.deepEqual(
    shown.map(({ id, moved_minor: moved }) => [id, moved]),
    [
      ['second', -200],
      ['third', 400]
    ]
  )
})

test('what was refused stands beside its entry, with the reason', async () => {
  const verdict = { words: 'صُحِّح من قبل' }
  const items = [correction('new', 'old', { amount_minor: 300, verdict }, 'refused')]
  const [shown] = await withCorrections(book(line('old', 500)), ABU_ALI, items)
  assert.deepEqual([shown.state, shown.verdict], ['refused', verdict])
})

test('of an entry that the phone does not hold the item says what stood, else only what is new', async () => {
  const made_at = '2026-11-23T09:00:00Z'
  const entry = {
    id: 'debt',
    verb: 'record_entry',
    customer_id: ABU_ALI,
    made_at,
    state: 'waiting'
  }
  const stood = line('old', 500, { taker: 'ابنه' })
  const known = correction('new', 'old', { amount_minor: 300, customer_id: ABU_ALI, stood })
  for (const held of [book(), book(line('other', 700))]) {
    const [same, shown] = await withCorrections(held, ABU_ALI, [entry, known])
    const { amount_minor: minor, taker, entry_id: old, moved_minor: moved, state } = shown
    assert.equal(same, entry)
    assert.deepEqual([minor, taker, old, moved, state], [300, 'ابنه', 'old', -200, 'waiting'])
  }
  const refused = { ...known, state: 'refused', verdict: { words: 'صُحِّح' } }
  const [failed] = await withCorrections(book(), ABU_ALI, [refused])
  assert.deepEqual([failed.amount_minor, failed.state], [300, 'refused'])
  const unknown = [correction('new', 'old', { amount_minor: 300 })]
  assert.deepEqual(await withCorrections(book(), ABU_ALI, unknown), unknown)
  assert.equal(await withCorrections(null, ABU_ALI, [entry]).then((all) => all.length), 1)
})
