import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'

import { dayOf } from '../../src/daftari/static/js/phone/overlay.js'

const cases = JSON.parse(readFileSync(new URL('../cases/days.json', import.meta.url), 'utf8'))

test('the shared table is there', () => {
  assert.ok(cases.length >= 10)
})

for (const { at, day, ...shop } of cases) {
  test(`${at} in ${shop.zone}, where the day ends at ${shop.day_ends}, is ${day}`, () => {
    assert.equal(dayOf(at, shop), day)
  })
}

test('a shop that has told no hour ends its day at midnight', () => {
  assert.equal(dayOf('2026-11-23T21:00:00Z', { zone: 'Asia/Riyadh' }), '2026-11-24')
})
