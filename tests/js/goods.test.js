import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'

import { AmountRefused, COMMA, POINT } from '../../src/daftari/static/js/amount.js'
import {
  formatQuantity,
  parseQuantity,
  readGoods,
  sumOf,
  totalOf,
  typeQuantity
} from '../../src/daftari/static/js/goods.js'
import { textOf } from '../../src/daftari/static/js/phone/export.js'
import { withItems } from '../../src/daftari/static/js/phone/overlay.js'

const cases = JSON.parse(readFileSync(new URL('../cases/goods.json', import.meta.url), 'utf8'))
const GOODS = [
  ['سكر', 2000, 625],
  ['شاي', 1000, 1250]
]

function refusalOf(call) {
  try {
    call()
  } catch (error) {
    assert.ok(error instanceof AmountRefused, error.stack)
    return error.reason
  }
  assert.fail('nothing was refused')
}

test('the shared table is the long one', () => {
  assert.ok(cases.totals.length >= 7 && cases.sums.length >= 6 && cases.typed.length >= 7)
  assert.ok(cases.quantities.length >= 17 && cases.written.length >= 6)
})

for (const { what, quantity, price, total } of cases.totals)
  test(what, () => assert.equal(totalOf(['', quantity, price]), total))

for (const { what, rows, sum, refused } of cases.sums)
  test(what, () => {
    const goods = rows.map((row) => ['', ...row])
    if (refused)
      assert.equal(
        refusalOf(() => sumOf(goods)),
        refused
      )
    else assert.equal(sumOf(goods), sum)
  })

for (const { text, milli, refused } of cases.quantities)
  test(`the quantity ${text}`, () => {
    if (refused)
      assert.equal(
        refusalOf(() => parseQuantity(text, POINT)),
        refused
      )
    else assert.equal(parseQuantity(text, POINT), milli)
  })

for (const { milli, text } of cases.written)
  test(`${text} is typed as it is read`, () => {
    assert.equal(typeQuantity(milli, POINT), text)
    for (const notation of [POINT, COMMA])
      assert.equal(parseQuantity(typeQuantity(milli, notation), notation), milli)
  })

for (const { what, rows, goods, amount, reasons } of cases.typed)
  test(what, () => {
    const typed = rows.map(([name, quantity, price], at) => ({
      number: at + 1,
      name,
      quantity,
      price
    }))
    const read = readGoods(typed, 2, POINT)
    const names = Object.entries(read.reasons).map(([field, { name }]) => [field, name])
    assert.deepEqual(Object.fromEntries(names), reasons ?? {})
    if (goods) assert.deepEqual([read.goods, read.minor], [goods, amount])
  })

test('a row that cannot be read counts for nothing in the amount that is shown', () => {
  const typed = [
    { number: 1, name: 'سكر', quantity: '2', price: '6' },
    { number: 2, name: 'شاي', quantity: '', price: '' }
  ]
  assert.equal(readGoods(typed, 2, POINT).minor, 1200)
})

test('a quantity is shown in the digits of the shop', () => {
  assert.equal(formatQuantity(1500500, 'arab', POINT), '١٬٥٠٠٫٥')
})

test('goods that wait on the phone stand in their entry, and a correction changes them', () => {
  const people = new Map([['c', { id: 'c', name: 'أبو علي', balances: {}, lines: [] }]])
  const made = { state: 'waiting', made_at: '2026-11-23T09:00:00Z', user: 'u' }
  const entry = {
    ...made,
    id: 'e',
    verb: 'record_entry',
    customer_id: 'c',
    kind: 'debt',
    amount_minor: 2500,
    currency: 'SAR',
    goods: GOODS
  }
  const correction = { ...made, verb: 'correct_entry', entry_id: 'e', reversal_id: 'r' }
  const first = withItems(people, [entry]).get('c')
  assert.deepEqual(first.lines[0].goods, GOODS)
  const items = [entry, { ...correction, id: 'n', amount_minor: 1250, goods: GOODS.slice(1) }]
  const corrected = withItems(people, items).get('c')
  assert.deepEqual(corrected.lines[0].goods, GOODS.slice(1))
  assert.equal(corrected.balances.SAR, 1250)
  const without = withItems(people, [entry, { ...correction, id: 'n', goods: [] }]).get('c')
  assert.deepEqual(without.lines[0].goods, [])
  const same = withItems(people, [entry, { ...correction, id: 'n', note: 'خبز' }]).get('c')
  assert.deepEqual(same.lines[0].goods, GOODS)
})

test('goods are told in the file of what is not in the book', () => {
  const item = { id: 'e', sequence: 1, state: 'waiting', verb: 'record_entry', goods: GOODS }
  assert.ok(textOf([item], new Map(), String).includes('2 × سكر · 1 × شاي'))
})
