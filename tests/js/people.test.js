import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'

import { comingKey, People, rowStatusOf } from '../../src/daftari/static/js/book/people.js'

const searches = JSON.parse(
  readFileSync(new URL('../cases/searches.json', import.meta.url), 'utf8')
)
const TODAY = '2026-11-25'
const AROUND = { shop: { currency: 'SAR' }, today: TODAY, says: { searched: 'name nickname' } }
const LAST = { last_entry_at: '2026-11-20T08:00:00.000000Z' }

const somebody = (id, name, more = {}) => ({
  id,
  name,
  search_key: name,
  balances: {},
  lines: [],
  ...more
})
const bookOf = (...customers) => new People(new Map(customers.map((one) => [one.id, one])), AROUND)
const names = ({ found }) => found.map(({ name }) => name)

const LATE = somebody('1', 'متاخر', {
  ...LAST,
  balances: { SAR: 100 },
  due: { SAR: [['2026-11-20', 60]] },
  oldest_due_on: '2026-11-20'
})
const LATER = somebody('2', 'اكثر تاخرا', {
  ...LAST,
  balances: { SAR: 50 },
  oldest_due_on: '2026-10-20'
})
const OWED = somebody('3', 'دائن', {
  last_entry_at: '2026-11-24T08:00:00.000000Z',
  balances: { SAR: -70, USD: 5 }
})
const SETTLED = somebody('4', 'مسدد', LAST)
const NEW = somebody('5', 'جديد')
const SUPPLIER = somebody('7', 'مورد', {
  ...LAST,
  role: 'supplier',
  balances: { SAR: -9 },
  oldest_due_on: '2026-11-20'
})
const DUE_TODAY = somebody('6', 'اليوم', { ...LAST, balances: { SAR: 1 }, oldest_due_on: TODAY })

test('the archived stand in a list of their own', () => {
  const archived = somebody('8', 'مسافر', { ...LAST, archived: true })
  const people = bookOf(SETTLED, archived)
  for (const query of [{}, { q: 'م' }, { filter: 'settled' }])
    assert.deepEqual(names(people.list(query, 50)), ['مسدد'])
  assert.deepEqual(names(people.list({ filter: 'archived' }, 50)), ['مسافر'])
  assert.deepEqual(people.namesakes('مسافر'), [archived])
})

test('the longest waiting stand first, those without a date last', () => {
  const people = bookOf(NEW, OWED, LATE, LATER)
  assert.deepEqual(names(people.list({}, 50)), ['اكثر تاخرا', 'متاخر', 'دائن', 'جديد'])
  assert.deepEqual(names(people.list({ sort: 'newest' }, 50)), [
    'دائن',
    'متاخر',
    'اكثر تاخرا',
    'جديد'
  ])
  assert.deepEqual(names(people.list({ sort: 'biggest' }, 50)), [
    'متاخر',
    'اكثر تاخرا',
    'جديد',
    'دائن'
  ])
})

test('a filter holds whom it says', () => {
  const people = bookOf(LATE, LATER, OWED, SETTLED, NEW, DUE_TODAY, SUPPLIER)
  const held = (filter) => names(people.list({ filter, sort: 'name' }, 50)).sort()
  assert.deepEqual(held('late'), ['اكثر تاخرا', 'متاخر'])
  assert.deepEqual(held('owes'), ['اكثر تاخرا', 'اليوم', 'دائن', 'متاخر'])
  assert.deepEqual(held('owed'), ['دائن', 'مورد'])
  assert.deepEqual(held('payable'), ['مورد'])
  assert.deepEqual(held('settled'), ['مسدد'])
  assert.deepEqual([people.count('late'), people.countDue()], [2, 3])
})

test('a list says how many are in it, and what it comes to', () => {
  const people = bookOf(LATE, LATER, OWED, SETTLED, NEW, SUPPLIER)
  const owe = [
    ['SAR', 150],
    ['USD', 5]
  ]
  const said = (query) => people.hits(query, people.everybody(query))
  assert.deepEqual(said({ filter: 'late' }).sums, [['late', [['SAR', 60]]]])
  assert.deepEqual(said({ filter: 'owes' }), {
    customer: 3,
    supplier: 0,
    sums: [
      ['receivable', owe],
      ['late', [['SAR', 60]]]
    ]
  })
  assert.deepEqual(said({}).sums, [['late', [['SAR', 60]]]])
  assert.deepEqual(said({ filter: 'owed' }), {
    customer: 1,
    supplier: 1,
    sums: [['payable', [['SAR', 79]]]]
  })
  assert.deepEqual(said({ q: 'دا' }).sums, [
    ['receivable', [['USD', 5]]],
    ['payable', [['SAR', 70]]]
  ])
  assert.deepEqual(said({ filter: 'settled' }), { customer: 1, supplier: 0, sums: [] })
})

test('a page holds so many, and says that there are more', () => {
  const people = bookOf(LATE, LATER, OWED)
  assert.deepEqual(people.list({}, 2).isMore, true)
  assert.deepEqual(people.list({}, 3).isMore, false)
  assert.deepEqual(names(people.list({ q: 'تاخر' }, 50)), ['اكثر تاخرا', 'متاخر'])
})

const asked = bookOf(
  ...searches.people.map((one, at) =>
    somebody(String(at), one.name, { ...one, search_key: undefined })
  )
)

for (const [q, expected] of searches.found)
  test(`«${q}» finds ${expected.join(', ') || 'nobody'}`, () => {
    assert.deepEqual(names(asked.list({ q }, 50)), expected)
    assert.equal(asked.list({ q }, 1).isMore, expected.length > 1)
  })

test('blanks alone find everybody', () => {
  assert.equal(asked.list({ q: '  ' }, 50).found.length, searches.people.length)
})

test('a word of a note is found, after the names, with the words around it', () => {
  const people = bookOf(
    somebody('1', 'سعد', { ...LAST, lines: [{ note: 'سُكّر ٥ كيلو' }, { note: 'سكر قديم' }] }),
    somebody('2', 'هدي', { note: 'جارة بيت السكر' }),
    somebody('3', 'سكر'),
    somebody('4', 'علي', { lines: [{ taker: 'أبو سُكَّرة' }, { note: 'خبز' }] })
  )
  const { found, texts } = people.list({ q: 'سكر' }, 50)
  assert.deepEqual(names({ found }), ['سكر', 'سعد', 'هدي', 'علي'])
  assert.deepEqual([...texts.values()], ['سُكّر ٥ كيلو', 'جارة بيت السكر', 'أبو سُكَّرة'])
  assert.deepEqual(names(people.list({ q: 'علي خبز' }, 50)), ['علي'])
  assert.deepEqual(names(people.list({ q: 'خبز سكر' }, 50)), ['علي'])
  assert.deepEqual(names(people.list({ q: 'سعد خبز' }, 50)), [])
  assert.deepEqual(names(people.list({ q: 'خ' }, 50)), [])
  assert.equal(people.list({ q: 'سكر' }, 2).isMore, true)
})

test("currencies are never added up, the shop's own stands first", () => {
  assert.deepEqual(bookOf(OWED, LATE).totals(), [
    { currency: 'SAR', receivable: 100, payable: 70 },
    { currency: 'USD', receivable: 5, payable: 0 }
  ])
})

test('a namesake has the same name, not only its beginning', () => {
  const people = bookOf(
    somebody('1', 'علي', { search_key: 'علي 966' }),
    somebody('2', 'علي حسن'),
    somebody('3', 'عليان')
  )
  assert.deepEqual(
    people.namesakes('عَلى').map(({ id }) => id),
    ['1']
  )
})

test('the line under a name says what is nearest', () => {
  const statusOf = (customer) => rowStatusOf(customer, TODAY)
  assert.deepEqual(statusOf(LATE), { key: 'late', count: 5 })
  assert.deepEqual(statusOf(DUE_TODAY), { key: 'due_today' })
  assert.deepEqual(statusOf(NEW), { key: 'new' })
  assert.deepEqual(statusOf(SETTLED), { key: 'settled' })
  const owing = { ...LAST, balances: { SAR: 1 } }
  assert.deepEqual(statusOf({ ...owing, oldest_due_on: '2026-11-27', last_payment_on: TODAY }), {
    key: 'due weekday',
    day: '2026-11-27'
  })
  assert.deepEqual(statusOf({ ...owing, oldest_due_on: '2026-12-27', last_payment_on: TODAY }), {
    key: 'paid today',
    day: TODAY
  })
  assert.deepEqual(statusOf({ ...owing, last_payment_on: '2026-11-24' }), {
    key: 'paid yesterday',
    day: '2026-11-24'
  })
  assert.deepEqual(statusOf({ ...owing, last_payment_on: '2026-11-02' }), {
    key: 'paid day',
    day: '2026-11-02'
  })
  assert.deepEqual(statusOf({ ...owing, oldest_due_on: '2026-12-27' }), {
    key: 'due day',
    day: '2026-12-27'
  })
  assert.deepEqual(statusOf(owing), { key: 'written' })
  assert.equal(comingKey('2026-11-26', TODAY), 'tomorrow')
  assert.equal(comingKey('2026-12-02', TODAY), 'day')
})
