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

test('of an entry that the phone does not hold nothing is drawn, and other items stay', async () => {
  const entry = { id: 'debt', verb: 'record_entry', state: 'waiting' }
  const items = [entry, correction('new', 'old', { amount_minor: 300 })]
  assert.deepEqual(await withCorrections(book(), ABU_ALI, items), [entry])
  assert.equal(await withCorrections(null, ABU_ALI, items.slice(0, 1)).then((all) => all.length), 1)
})
