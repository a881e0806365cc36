import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'

import {
  amountText,
  debt,
  freshPhone,
  KARIM,
  newId,
  reply,
  Server,
  SHOP,
  states,
  tab
} from './phone/world.js'

beforeEach(freshPhone)

const begin = async () => {
  const server = new Server()
  const abuAli = server.has('أبو علي', 1000)
  const book = await tab()
  await book.pull()
  return { server, abuAli, book }
}
const asked = (server) => {
  const urls = []
  server.before = (url) => {
    urls.push(url)
  }
  return urls
}
const person = async (book, id) => (await book.customers()).get(id)

test('the book is fetched whole once, then what changed', async () => {
  const { server, abuAli, book } = await begin()
  const others = Array.from({ length: 100 }, (_, n) => server.has(`زبون ${n}`, n))
  const urls = asked(server)
  await book.pull()
  server.people.get(abuAli).name = 'أبو علي الكبير'
  server.people.get(abuAli).at = ++server.version
  await book.pull()
  assert.deepEqual(urls, [`/s/${SHOP}/snapshot?after=1`, `/s/${SHOP}/snapshot?after=101`])
  for (const one of [book, await tab()]) {
    const people = await one.customers()
    assert.equal(people.size, 101)
    assert.equal(people.get(abuAli).name, 'أبو علي الكبير')
    assert.equal(people.get(others[42]).balances.SAR, 42)
    assert.equal(one.head.version, 102)
    assert.equal(one.head.shop.name, 'بقالة السلام')
    assert.ok(Date.parse(one.head.fetchedAt))
  }
})

test('another tab sees the new book at once', async () => {
  const { server, book } = await begin()
  const other = await tab()
  assert.equal((await other.customers()).size, 1)
  const salma = server.has('سلمى', 5)
  await book.pull()
  assert.equal((await person(other, salma)).balances.SAR, 5)
  assert.equal(other.head.version, book.head.version)
})

test('an archived customer is back with the first entry that waits', async () => {
  const { server, abuAli, book } = await begin()
  Object.assign(server.people.get(abuAli), { archived: true, at: ++server.version })
  await book.pull()
  assert.equal((await person(book, abuAli)).archived, true)
  await book.add('record_entry', debt(abuAli, 5))
  assert.equal((await person(book, abuAli)).archived, undefined)
})

const NO_BOOKS = {
  'a login page': () => reply('<html>', 200, 'text/html'),
  'half of it': (_, answer) => reply(JSON.stringify(answer).slice(0, 80)),
  'somebody else’s': (_, answer) => reply({ ...answer, person: { id: KARIM } }),
  'another shop’s': (_, answer) => reply({ ...answer, shop: { id: newId() } }),
  'one with no version': (_, answer) => reply({ ...answer, version: null }),
  'one with nobody': (_, answer) => reply({ ...answer, customers: undefined })
}

for (const [what, answer] of Object.entries(NO_BOOKS)) {
  test(`${what} does not take the place of the book`, async () => {
    const { server, abuAli, book } = await begin()
    server.has('سلمى')
    server.after = answer
    assert.deepEqual(await book.pull(), { trouble: 'unheard' })
    assert.equal(book.head.version, 1)
    assert.deepEqual([...(await (await tab()).customers()).keys()], [abuAli])
  })
}

test('a book that finds no room leaves the old one', async () => {
  const { server, abuAli, book } = await begin()
  server.has('سلمى')
  const put = IDBObjectStore.prototype.put
  IDBObjectStore.prototype.put = () => {
    throw new DOMException('no room', 'QuotaExceededError')
  }
  assert.deepEqual(await book.pull(), { trouble: 'full' })
  IDBObjectStore.prototype.put = put
  assert.deepEqual([...(await book.customers()).keys()], [abuAli])
})

test('a book somebody touched on the phone is fetched again', async () => {
  const { server, abuAli, book } = await begin()
  await book.add('record_entry', debt(abuAli, 5))
  const [bucket] = await book.db.getAllKeys('buckets')
  const sealed = await book.db.get('buckets', bucket)
  sealed.data[0] ^= 1
  await book.db.put('buckets', sealed, bucket)
  const again = await tab()
  assert.equal((await again.customers()).size, 0)
  assert.equal(again.head, null)
  const urls = asked(server)
  await again.drain()
  await again.pull()
  assert.ok(urls.includes(`/s/${SHOP}/snapshot`))
  assert.equal((await person(again, abuAli)).balances.SAR, 1005)
})

test('one customer is had as the snapshot has him, without the rest', async () => {
  const { server, abuAli, book } = await begin()
  await book.add('record_entry', debt(abuAli, 250))
  assert.equal((await book.snapshotOf(abuAli)).balances.SAR, 1000)
  assert.equal(await book.snapshotOf(newId()), undefined)
  for (const bucket of await book.db.getAllKeys('buckets')) {
    const sealed = await book.db.get('buckets', bucket)
    sealed.data[0] ^= 1
    await book.db.put('buckets', sealed, bucket)
  }
  const again = await tab()
  assert.equal(await again.snapshotOf(abuAli), undefined)
  assert.equal(again.head, null)
  await again.pull()
  assert.equal((await again.snapshotOf(abuAli)).id, abuAli)
  assert.ok(server.people.has(abuAli))
})

test('a book put back to an earlier day gets again what it lost', async () => {
  const { server, abuAli, book } = await begin()
  const before = structuredClone([...server.people])
  const entry = debt(abuAli, 250)
  await book.add('record_entry', entry)
  await book.drain()
  server.people = new Map(before)
  server.written.clear()
  server.version = 1
  await book.pull()
  assert.deepEqual(await states(book), ['sending'])
  assert.equal((await book.drain()).sent, 1)
  await book.pull()
  assert.deepEqual(await book.items(), [])
  assert.equal(server.people.get(abuAli).balances.SAR, 1250)
})

test('while somebody sends, nobody carries: nothing is counted twice', async () => {
  const { server, abuAli, book } = await begin()
  const other = await tab()
  await book.add('record_entry', debt(abuAli, 250))
  let seen
  server.after = async (url) => {
    if (!url.includes('/sync')) return
    seen = await Promise.race([
      other.pull(),
      new Promise((resolve) => setTimeout(resolve, 50, 'waits'))
    ])
  }
  await book.drain()
  assert.equal(seen, 'waits')
  await other.pull()
  for (const one of [book, other]) assert.equal((await person(one, abuAli)).balances.SAR, 1250)
})

test('who has no place in the shop any more carries no book; what he wrote stays to be read', async () => {
  const { server, abuAli, book } = await begin()
  await book.add('record_entry', debt(abuAli, 250, { note: 'خبز' }))
  server.before = () => reply({ error: 'not_found', reasons: {} }, 404)
  assert.deepEqual(await book.drain(), { sent: 0, left: 0, trouble: 'not_yours' })
  assert.equal(book.head, null)
  assert.equal(await book.db.count('buckets'), 0)
  const [item] = await (await tab()).items()
  assert.deepEqual([item.state, item.verdict.reason, item.note], ['refused', 'no_place', 'خبز'])
  assert.ok((await book.export(amountText)).includes('خبز'))
  server.before = null
  assert.equal(await book.retry(item.id), true)
  assert.equal((await book.drain()).sent, 1)
})

const KINDS = [
  ['customer', { kind: 'debt' }, 100],
  ['customer', { kind: 'payment' }, -100],
  ['customer', { kind: 'discount' }, -100],
  ['customer', { kind: 'write_off' }, -100],
  ['customer', { kind: 'recovery' }, 0],
  ['customer', { kind: 'opening' }, 100],
  ['customer', { kind: 'opening', side: 'owed' }, -100],
  ['supplier', { kind: 'debt' }, -100],
  ['supplier', { kind: 'payment' }, 100],
  ['supplier', { kind: 'opening' }, -100],
  ['supplier', { kind: 'opening', side: 'owes' }, 100],
  ['customer', { kind: 'unheard_of' }, 0]
]

for (const [role, entry, effect] of KINDS) {
  test(`a ${role}'s ${JSON.stringify(entry)} changes the balance shown by ${effect}`, async () => {
    const { server, abuAli, book } = await begin()
    Object.assign(server.people.get(abuAli), { role, at: ++server.version })
    await book.pull()
    await book.add('record_entry', debt(abuAli, 100, entry))
    const shown = await person(book, abuAli)
    assert.equal(shown.balances.SAR, 1000 + effect)
    assert.deepEqual(
      [shown.lines[0].effect_minor, shown.lines[0].balance_after_minor],
      [effect || shown.lines[0].effect_minor, 1000 + effect]
    )
  })
}

test('the book’s own copy is never touched by what is laid over it', async () => {
  const { abuAli, book } = await begin()
  const entry = debt(abuAli, 100)
  await book.add('record_entry', entry)
  await book.customers()
  await book.withdraw(entry.id)
  const shown = await person(book, abuAli)
  assert.deepEqual([shown.balances.SAR, shown.lines.length], [1000, 0])
})

test('a line is reversed on the phone, and a settled account owes nothing', async () => {
  const { server, abuAli, book } = await begin()
  const entry = debt(abuAli, 500)
  await book.add('record_entry', entry)
  await book.drain()
  await book.pull()
  const reversal = { id: newId(), entry_id: entry.id, reason: 'خطأ' }
  await book.add('reverse_entry', reversal)
  const shown = await person(book, abuAli)
  assert.equal(shown.balances.SAR, 1000)
  assert.deepEqual(
    shown.lines.map(({ kind, reversed_by: by, reverses, state }) => [kind, by, reverses, state]),
    [
      ['reversal', undefined, entry.id, 'waiting'],
      ['debt', reversal.id, undefined, undefined]
    ]
  )
  await book.add('record_entry', debt(abuAli, 1000, { kind: 'payment', occurred_on: '2026-11-24' }))
  const settled = await person(book, abuAli)
  assert.deepEqual(settled.balances, {})
  assert.equal(settled.last_payment_on, '2026-11-24')
  assert.equal(server.written.size, 1)
})

test('a new customer is shown with all that was said of him, and nothing of the item', async () => {
  const { book } = await begin()
  const id = newId()
  await book.add('add_customer', {
    id,
    name: 'سلمى',
    email: 's@example.com',
    payday: 27,
    neighbourhood: 'حي الروضة',
    same_name_ok: true,
    agreed: ['sms_reminder'],
    consent_how: 'in_person'
  })
  assert.deepEqual(await person(book, id), {
    id,
    role: 'customer',
    state: 'waiting',
    name: 'سلمى',
    email: 's@example.com',
    payday: 27,
    neighbourhood: 'حي الروضة',
    balances: {},
    lines: []
  })
})

test('an entry stands on its day in the shop’s zone', async (context) => {
  const { abuAli, book } = await begin()
  context.mock.timers.enable({ apis: ['Date'], now: new Date('2026-11-25T22:30:00Z') })
  await book.add('record_entry', debt(abuAli, 1))
  assert.equal((await person(book, abuAli)).lines[0].occurred_on, '2026-11-26')
})

test('an item of an earlier version changes nothing that is shown, and stays until it is discarded', async () => {
  const { server, abuAli, book } = await begin()
  const id = newId()
  const typed = { customer_id: abuAli, name: 'أبو عليّ', phone: '+966501111111' }
  await book.add('change_customer', { id, ...typed })
  const words = 'تُغيَّر البيانات والشبكة موجودة'
  server.verdicts.set(id, { answer: 'refused', reason: 'details_need_network', words })
  await book.drain()
  const { name, phone } = await person(book, abuAli)
  assert.deepEqual([name, phone], ['أبو علي', undefined])
  const [{ state, verdict, name: kept }] = await book.items()
  assert.deepEqual([state, verdict.words, kept], ['refused', words, typed.name])
  const saved = await book.export(amountText)
  for (const text of Object.values(typed).slice(1)) assert.ok(saved.includes(text))
  assert.ok(await book.dismiss(id))
  assert.deepEqual(await book.items(), [])
})

test('five thousand customers are stored, and read, with less than a second of work', async () => {
  const { server, book } = await begin()
  const lines = Array.from({ length: 3 }, () => ({
    id: newId(),
    kind: 'debt',
    amount_minor: 1,
    effect_minor: 1,
    balance_after_minor: 1,
    currency: 'SAR'
  }))
  for (let n = 0; n < 5000; n++) server.people.get(server.has(`زبون رقم ${n}`, n)).lines = lines
  const content = server.snapshot(`/s/${SHOP}/snapshot?after=1`)
  server.before = (url) => (url.includes('snapshot') ? reply(content) : null)
  const work = () => process.cpuUsage().user / 1000
  const start = work()
  assert.deepEqual(await book.pull(), { trouble: null })
  const stored = work()
  assert.equal((await (await tab()).customers()).size, 5001)
  assert.ok(stored - start < 1000 && work() - stored < 1000)
})

test('one customer is opened alone, with what waits of him, and one who is only here too', async () => {
  const { abuAli, book } = await begin()
  await book.add('record_entry', debt(abuAli, 700))
  await book.add('add_customer', { id: newId(), name: 'سالم' })
  const salim = (await book.items()).at(-1).id
  assert.deepEqual(await book.customer(abuAli), await person(book, abuAli))
  assert.equal((await book.customer(abuAli)).balances.SAR, 1700)
  assert.equal((await book.customer(salim)).name, 'سالم')
  assert.equal(await book.customer(newId()), undefined)
})
