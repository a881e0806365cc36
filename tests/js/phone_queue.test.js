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
  signed,
  states,
  tab,
  UMM_SALIM
} from './phone/world.js'

beforeEach(freshPhone)

const begin = async () => {
  const server = new Server()
  const abuAli = server.has('أبو علي', 1000)
  const book = await tab()
  assert.deepEqual(await book.pull(), { trouble: null })
  return { server, abuAli, book }
}
const owes = async (book, id) => (await book.customers()).get(id).balances.SAR
const named = (name) => (error) => error.name === name

test('an entry is stored, sent, and stays until a snapshot holds it', async () => {
  const { abuAli, book } = await begin()
  const item = await book.add('record_entry', debt(abuAli, 250))
  assert.equal(item.state, 'waiting')
  assert.equal(await owes(book, abuAli), 1250)
  assert.equal((await book.customers()).get(abuAli).lines[0].state, 'waiting')

  assert.deepEqual(await book.drain(), { sent: 1, left: 0, trouble: null })
  assert.deepEqual(await states(book), ['written'])
  assert.equal(await owes(book, abuAli), 1250)

  await book.pull()
  assert.deepEqual(await states(book), [])
  assert.equal(await owes(book, abuAli), 1250)
  assert.equal((await book.customers()).get(abuAli).lines[0].state, undefined)
})

test('every item says who, where, which phone, when and in which order', async () => {
  const { server, abuAli, book } = await begin()
  await book.add(
    'record_entry',
    debt(abuAli, 100, { note: null, due_on: undefined, taker: 'سالم' })
  )
  await book.add('record_entry', debt(abuAli, 200))
  await book.drain()
  const [first, second] = server.batches[0].items
  assert.deepEqual(Object.keys(first).sort(), [
    'amount_minor',
    'currency',
    'customer_id',
    'device',
    'id',
    'kind',
    'made_at',
    'sequence',
    'shop',
    'taker',
    'user',
    'v',
    'verb'
  ])
  assert.equal(first.v, 1)
  assert.equal(first.user, UMM_SALIM)
  assert.equal(first.device, server.batches[0].device)
  assert.ok(first.sequence < second.sequence)
})

test('the same form sent twice is one item; with other content it is loud', async () => {
  const { server, abuAli, book } = await begin()
  const entry = debt(abuAli, 100)
  const [one, two] = await Promise.all([
    book.add('record_entry', entry),
    book.add('record_entry', entry)
  ])
  assert.equal(one.sequence, two.sequence)
  await assert.rejects(book.add('record_entry', { ...entry, amount_minor: 999 }), named('Conflict'))
  await book.drain()
  assert.equal(server.written.get(entry.id).amount_minor, 100)
  assert.equal((await book.items()).length, 1)
})

test('what never left can be taken back, what may have arrived cannot', async () => {
  const { server, abuAli, book } = await begin()
  const [kept, gone] = [debt(abuAli, 100), debt(abuAli, 200)]
  await book.add('record_entry', kept)
  await book.add('record_entry', gone)
  assert.equal(await book.withdraw(gone.id), true)
  assert.equal(await book.withdraw(gone.id), false)

  server.before = () => {
    throw new TypeError('network')
  }
  assert.equal((await book.drain()).trouble, 'unheard')
  assert.deepEqual(await states(book), ['sending'])
  assert.equal(await book.withdraw(kept.id), false)
  server.before = null
  await book.drain()
  assert.deepEqual([...server.written.keys()], [kept.id])
})

test('what is written while nobody answers never leaves, and is simply taken back', async () => {
  const { server, abuAli, book } = await begin()
  await book.add('record_entry', debt(abuAli, 1))
  server.before = () => {
    throw new TypeError('network')
  }
  await book.drain()
  const entry = debt(abuAli, 200)
  await book.add('record_entry', entry)
  await book.drain()
  const shell = await tab({ ...signed(), unlock: undefined })
  await shell.drain()
  assert.deepEqual(await states(book), ['sending', 'waiting'])
  assert.equal(await book.withdraw(entry.id), true)
  server.before = null
  assert.deepEqual(await shell.drain(), { sent: 1, left: 0, trouble: null })
  assert.equal(server.written.has(entry.id), false)
})

test('a new customer who is taken back takes along what was written for him', async () => {
  const { book } = await begin()
  const salma = newId()
  await book.add('add_customer', { id: salma, name: 'سلمى' })
  await book.add('record_entry', debt(salma, 700))
  assert.equal((await book.customers()).get(salma).state, 'waiting')
  assert.equal(await owes(book, salma), 700)
  assert.equal(await book.withdraw(salma), true)
  assert.deepEqual(await book.items(), [])
})

const login = reply('<!doctype html><title>دخول</title>', 200, 'text/html')
const portal = reply({ welcome: 'hotel' })
const NO_ANSWERS = {
  'a login page': () => login.clone(),
  'a captive portal that speaks JSON': () => portal.clone(),
  'a 401 of a proxy': () => reply('denied', 401, 'text/plain'),
  'a 403': () => reply({ error: 'forbidden' }, 403),
  'a 404 of a proxy': () => reply('no such host', 404, 'text/html'),
  'a 409': () => reply({ error: 'conflict' }, 409),
  'a 429': () => reply({ error: 'too_many_requests' }, 429),
  'a 500': () => reply({ error: 'unexpected' }, 500),
  'a 503': () => reply({ error: 'shop_damaged' }, 503),
  'a 507': () => reply({ error: 'storage_full' }, 507),
  'half an answer': () => reply('{"answers": [{"id": "018', 200),
  'an empty answer': () => reply('', 200),
  null: () => reply('null', 200),
  'no answers': () => reply({ version: 9 }),
  'no version': (_, answer) => reply({ answers: answer.answers }),
  'too few answers': (_, answer) => reply({ ...answer, answers: answer.answers.slice(1) }),
  'the answers of other items': (_, answer) =>
    reply({ ...answer, answers: answer.answers.map((answer) => ({ ...answer, id: newId() })) }),
  'the answers in another order': (_, answer) =>
    reply({ ...answer, answers: answer.answers.toReversed?.() ?? [...answer.answers].reverse() }),
  'an unknown verdict': (_, answer) =>
    reply({ ...answer, answers: answer.answers.map((answer) => ({ ...answer, answer: 'maybe' })) }),
  'no network': () => {
    throw new TypeError('network')
  },
  'a redirect': () => {
    throw new TypeError('redirect mode is set to error')
  },
  silence: () => {
    throw new DOMException('too long', 'TimeoutError')
  }
}

for (const [what, answer] of Object.entries(NO_ANSWERS)) {
  for (const when of ['before', 'after']) {
    test(`${what} is no success, ${when} the server wrote`, async () => {
      const { server, abuAli, book } = await begin()
      const entries = [debt(abuAli, 100), debt(abuAli, 250)]
      for (const entry of entries) await book.add('record_entry', entry)
      server[when] =
        when === 'after'
          ? answer
          : (url, body) =>
              answer(
                url,
                server.constructor.prototype.sync.call(
                  { batches: [], judge: ({ id }) => ({ id, answer: 'written' }), version: 5 },
                  JSON.parse(body)
                )
              )

      const { sent, left } = await book.drain()
      assert.deepEqual([sent, left], [0, 2])
      assert.deepEqual(await states(book), ['sending', 'sending'])
      assert.equal(await owes(book, abuAli), 1350)
      assert.deepEqual(await book.pull(), { trouble: 'in_doubt' })

      server.before = server.after = null
      assert.equal((await book.drain()).sent, 2)
      await book.pull()
      assert.deepEqual(await book.items(), [])
      assert.equal(await owes(book, abuAli), 1350)
      assert.equal(server.people.get(abuAli).balances.SAR, 1350)
    })
  }
}

test('each verdict has its face: refused and conflict stay to be read, deferred is sent again', async () => {
  const { server, abuAli, book } = await begin()
  const [no, other, waits] = [debt(abuAli, 1), debt(abuAli, 2), debt(newId(), 4)]
  server.verdicts.set(no.id, {
    answer: 'refused',
    reason: 'customer_frozen',
    words: 'الحساب موقوف'
  })
  server.verdicts.set(other.id, {
    answer: 'conflict',
    reason: 'entry_conflict',
    words: 'كُتب بشكل آخر'
  })
  for (const entry of [no, other, waits]) await book.add('record_entry', entry)
  assert.deepEqual(await book.drain(), { sent: 0, left: 1, trouble: null })
  const items = await book.items()
  assert.deepEqual(
    items.map(({ state, verdict }) => [state, verdict.reason]),
    [
      ['refused', 'customer_frozen'],
      ['conflict', 'entry_conflict'],
      ['deferred', 'customer_waits']
    ]
  )
  assert.equal(items[0].verdict.words, 'الحساب موقوف')
  assert.equal(await owes(book, abuAli), 1000)
  assert.deepEqual(
    (await book.customers()).get(abuAli).lines.map(({ state }) => state),
    ['conflict', 'refused']
  )

  server.people.set(waits.customer_id, {
    id: waits.customer_id,
    balances: {},
    lines: [],
    name: 'سالم'
  })
  assert.equal((await book.drain()).sent, 1)
  assert.equal(server.batches.at(-1).items.length, 1)
  assert.equal(await book.dismiss(no.id), true)
  assert.equal(await book.dismiss(other.id), true)
  assert.equal(await book.dismiss(waits.id), false)
  await book.pull()
  assert.deepEqual(await book.items(), [])
})

test('the person says that the same name is meant, and the same id goes again', async () => {
  const { server, book } = await begin()
  const id = newId()
  server.judge = (item) =>
    item.same_name_ok
      ? Server.prototype.judge.call(server, item)
      : { id: item.id, answer: 'refused', reason: 'same_name', words: 'يوجد زبون بهذا الاسم' }
  await book.add('add_customer', { id, name: 'أبو علي' })
  await book.drain()
  assert.deepEqual(await states(book), ['refused'])
  assert.equal(await book.retry(id, { same_name_ok: true }), true)
  assert.equal(await book.withdraw(id), false)
  assert.equal((await book.drain()).sent, 1)
  assert.equal(server.people.get(id).name, 'أبو علي')
})

test('a refused item keeps the field that the server named', async () => {
  const { server, book } = await begin()
  const id = newId()
  const answer = { id, answer: 'refused', reason: 'email_not_an_email', field: 'email', words: '…' }
  server.judge = () => answer
  await book.add('add_customer', { id, name: 'أبو علي', email: 'abu' })
  await book.drain()
  const [item] = await book.items()
  assert.deepEqual(item.verdict, { reason: 'email_not_an_email', field: 'email', words: '…' })
  assert.equal(await book.retry(id, { email: '' }), true)
  const sent = []
  server.judge = (again) => sent.push(again) && { id, answer: 'written' }
  await book.drain()
  assert.equal(sent[0].email, '')
  assert.ok(!('verdict' in sent[0]))
})

test('the reason of a reversal is sent as it was typed', async () => {
  const { server, book } = await begin()
  const sent = []
  server.judge = (item) => sent.push(item) && { id: item.id, answer: 'written' }
  await book.add('reverse_entry', { id: newId(), entry_id: newId(), reason: 'كُتب خطأً' })
  await book.drain()
  assert.equal(sent[0].reason, 'كُتب خطأً')
})

test('a reversal of what another reversed already is done, and says so', async () => {
  const { server, abuAli, book } = await begin()
  const id = newId()
  server.verdicts.set(id, { answer: 'known', reason: 'already_reversed', words: 'صُحّح من قبل' })
  await book.add('reverse_entry', { id, entry_id: newId(), reason: '' })
  assert.equal((await book.drain()).sent, 1)
  const [item] = await book.items()
  assert.deepEqual([item.state, item.verdict.reason], ['written', 'already_reversed'])
  assert.equal(await owes(book, abuAli), 1000)
})

test('three hundred entries of a day, two restarts and lost answers: each is in the book once', async () => {
  const { server, abuAli } = await begin()
  let book = await tab()
  server.before = () => {
    throw new TypeError('dead')
  }
  for (let n = 1; n <= 300; n++) {
    await book.add('record_entry', debt(abuAli, n))
    if (n % 100 === 0) {
      await book.drain()
      book.end('closed')
      book = await tab()
    }
  }
  assert.equal((await book.backlog()).waiting, 300)
  server.before = null
  let lost = 0
  server.after = (url) => (url.includes('/sync') && (lost++ * 7) % 5 < 2 ? reply('', 503) : null)
  for (let tries = 0; (await book.drain()).left && tries < 40; tries++);
  await book.pull()
  assert.deepEqual(await book.items(), [])
  assert.ok(lost > 6)
  assert.equal(server.written.size, 300)
  assert.equal(await owes(book, abuAli), 1000 + (300 * 301) / 2)
  assert.ok(server.batches.every(({ items }) => items.length <= 50))
  assert.ok(server.batches.flatMap(({ items }) => items).every(({ user }) => user === UMM_SALIM))
})

test('two tabs that write and send at once write each entry once', async () => {
  const { server, abuAli, book } = await begin()
  const other = await tab()
  const ids = []
  await Promise.all(
    [book, other].flatMap((one) =>
      Array.from({ length: 40 }, async () => {
        const entry = debt(abuAli, 10)
        ids.push(entry.id)
        await one.add('record_entry', entry)
        await one.drain()
      })
    )
  )
  const sent = server.batches.flatMap(({ items }) => items.map(({ id }) => id))
  assert.equal(sent.length, 80)
  assert.deepEqual([...new Set(sent)].sort(), ids.sort())
  await other.pull()
  assert.deepEqual([await owes(book, abuAli), await owes(other, abuAli)], [1800, 1800])
})

test('an entry taken back while it is being sent is either gone or sent, never both', async () => {
  const { server, abuAli, book } = await begin()
  const other = await tab()
  for (let n = 0; n < 30; n++) {
    const entry = debt(abuAli, 1)
    await book.add('record_entry', entry)
    const [isBack] = await Promise.all([other.withdraw(entry.id), book.drain()])
    assert.equal(server.written.has(entry.id), !isBack)
  }
})

test('an answer that comes late does not undo a better one', async (context) => {
  const { server, abuAli, book } = await begin()
  const { locks } = navigator
  context.after(() => {
    navigator.locks = locks
  })
  navigator.locks = undefined
  await book.add('record_entry', debt(abuAli, 100))
  let late
  server.after = async (_, answer) => {
    if (late) return
    await new Promise((resolve) => {
      late = resolve
    })
    return reply({
      ...answer,
      answers: answer.answers.map(({ id }) => ({
        id,
        answer: 'deferred',
        reason: 'customer_waits'
      }))
    })
  }
  const slow = book.drain()
  while (!late) await new Promise((resolve) => setTimeout(resolve, 5))
  await (await tab()).drain()
  assert.deepEqual(await states(book), ['written'])
  late()
  await slow
  assert.deepEqual(await states(book), ['written'])
})

test('one item that nobody can read holds up no other', async () => {
  const { server, abuAli, book } = await begin()
  const bad = debt(abuAli, 5, { note: 'بلا معنى' })
  for (let n = 0; n < 9; n++) await book.add('record_entry', n === 4 ? bad : debt(abuAli, 1))
  server.before = (_, body) =>
    body?.includes(bad.id) ? reply({ error: 'bad_request', reasons: {} }, 400) : null
  assert.deepEqual(await book.drain(), { sent: 8, left: 1, trouble: null })
  assert.deepEqual(await states(book), [
    ...Array(4).fill('written'),
    'deferred',
    ...Array(4).fill('written')
  ])
  assert.equal((await book.items())[4].verdict.reason, 'item_not_clear')
})

test('a batch is never larger than the door', async () => {
  const { server, abuAli, book } = await begin()
  for (let n = 0; n < 20; n++)
    await book.add('record_entry', debt(abuAli, 1, { note: 'ع'.repeat(20_000) }))
  await book.drain()
  assert.equal(server.written.size, 20)
  const sizes = server.batches.map(
    (batch) => new TextEncoder().encode(JSON.stringify(batch)).length
  )
  assert.ok(Math.max(...sizes) <= 256 * 1024)
})

test('an item changed by hand on the phone is found out, and never sent', async () => {
  const { server, abuAli, book } = await begin()
  const entry = debt(abuAli, 100)
  await book.add('record_entry', entry)
  const record = (await book.db.getAll('items'))[0]
  record.sealed.data[3] ^= 1
  await book.db.put('items', {
    ...record,
    sealed: { ...record.sealed, iv: record.sealed.iv.map((n) => n ^ 1) }
  })
  const [item] = await book.items()
  assert.deepEqual(
    [item.id, item.state, item.verdict.reason],
    [entry.id, 'refused', 'item_damaged']
  )
  await book.db.put('items', { ...(await book.db.getAll('items'))[0], state: 'sending' })
  await book.drain()
  assert.equal(server.batches.length, 0)
  assert.deepEqual(await book.pull(), { trouble: null })
  assert.equal(await book.dismiss(entry.id), true)
})

test('an item put in the place of another is found out', async () => {
  const { abuAli, book } = await begin()
  await book.add('record_entry', debt(abuAli, 100))
  await book.add('record_entry', debt(abuAli, 900))
  const [small, large] = await book.db.getAll('items')
  await book.db.put('items', { ...small, sealed: large.sealed })
  const again = await tab()
  assert.deepEqual(
    (await again.items()).map(({ verdict }) => verdict?.reason),
    ['item_damaged', undefined]
  )
})

test('the session of somebody else says nothing of my items', async () => {
  const { server, abuAli, book } = await begin()
  await book.add('record_entry', debt(abuAli, 100))
  server.person = KARIM
  assert.deepEqual(await book.drain(), { sent: 0, left: 1, trouble: 'other_person' })
  assert.equal(await owes(book, abuAli), 1100)
  server.person = UMM_SALIM
  assert.equal((await book.drain()).sent, 1)
})

test('two people on one phone: nobody sees or sends what the other wrote', async () => {
  const { server, abuAli, book } = await begin()
  await book.add('record_entry', debt(abuAli, 100))
  server.person = KARIM
  const his = await tab(signed(KARIM))
  await his.pull()
  assert.deepEqual(await his.items(), [])
  assert.equal(await owes(his, abuAli), 1000)
  await his.add('record_entry', debt(abuAli, 7))
  await his.drain()
  assert.deepEqual(
    server.batches.flatMap(({ items }) => items.map(({ user }) => user)),
    [KARIM]
  )
  assert.notEqual(his.about.device, book.about.device)
})

test('an item of a newer phone waits as it is until the server is as new', async () => {
  const { server, abuAli, book } = await begin()
  const entry = debt(abuAli, 100)
  await book.add('record_entry', entry)
  const { seal } = await import('../../src/daftari/static/js/phone/seal.js')
  const [record] = await book.db.getAll('items')
  const [{ sequence, state, version, ...content }] = await book.items()
  const newer = { ...content, v: 2, verb: 'promise', when: 'tomorrow' }
  await book.db.put('items', { ...record, sealed: await seal(book.ring, entry.id, newer) })
  server.verdicts.set(entry.id, { answer: 'deferred', reason: 'version_newer', words: '…' })
  const again = await tab()
  await again.drain()
  assert.deepEqual(server.batches[0].items, [{ ...newer, sequence }])
  assert.deepEqual(
    (await again.items()).map(({ state: now, v }) => [now, v]),
    [['deferred', 2]]
  )
  assert.equal(await owes(again, abuAli), 1000)
})

for (const year of [2019, 2038]) {
  test(`a phone whose clock stands in ${year} loses nothing, and is told`, async (context) => {
    const { server, abuAli, book } = await begin()
    await book.add('record_entry', debt(abuAli, 1))
    context.mock.timers.enable({ apis: ['Date'], now: new Date(`${year}-06-01T10:00:00Z`) })
    await book.add('record_entry', debt(abuAli, 2))
    context.mock.timers.setTime(new Date('2026-11-25T10:00:00Z').getTime())
    await book.add('record_entry', debt(abuAli, 4))
    assert.deepEqual(
      (await book.items()).map((item) => item.amount_minor),
      [1, 2, 4]
    )
    server.clockOff = 3600
    await book.drain()
    assert.deepEqual(
      server.batches[0].items.map(({ made_at: at }) => at.slice(0, 4))[1],
      String(year)
    )
    assert.equal((await book.backlog()).clockOff, 3600)
    assert.equal((await tab()).about.clockOff, 3600)
    delete server.clockOff
    await book.add('record_entry', debt(abuAli, 8))
    await book.drain()
    assert.equal((await book.backlog()).clockOff, 0)
    assert.equal(await owes(book, abuAli), 1015)
  })
}

test('a full phone says so, and what was stored before stays', async () => {
  const { abuAli, book } = await begin()
  await book.add('record_entry', debt(abuAli, 100))
  const add = IDBObjectStore.prototype.add
  IDBObjectStore.prototype.add = () => {
    throw new DOMException('no room', 'QuotaExceededError')
  }
  try {
    await assert.rejects(book.add('record_entry', debt(abuAli, 200)), named('Full'))
  } finally {
    IDBObjectStore.prototype.add = add
  }
  assert.deepEqual(
    (await book.items()).map((item) => item.amount_minor),
    [100]
  )
  assert.equal((await book.drain()).sent, 1)
})

test('a phone that fills up in the middle of a drain loses nothing, and goes on when there is room', async (context) => {
  const { server, abuAli, book } = await begin()
  const entry = debt(abuAli, 250)
  await book.add('record_entry', entry)
  const { put } = IDBObjectStore.prototype
  context.after(() => {
    IDBObjectStore.prototype.put = put
  })
  server.after = () => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('no room', 'QuotaExceededError')
    }
  }
  assert.deepEqual(await book.drain(), { sent: 0, left: 1, trouble: 'full' })
  assert.ok(server.written.has(entry.id))
  server.after = null
  IDBObjectStore.prototype.put = put
  assert.deepEqual(await book.drain(), { sent: 1, left: 0, trouble: null })
  await book.pull()
  assert.equal(await owes(book, abuAli), 1250)
})

test('the backlog warns in time', async () => {
  const { abuAli, book } = await begin()
  assert.equal((await book.backlog()).warn, null)
  for (let n = 0; n < 20; n++) await book.add('record_entry', debt(abuAli, 1))
  assert.deepEqual(
    { ...(await book.backlog()), oldestAt: 0 },
    { waiting: 20, oldestAt: 0, isPersisted: false, clockOff: 0, warn: 'not_persisted' }
  )
  navigator.storage = { persisted: async () => true }
  assert.equal((await book.backlog()).warn, null)
  delete navigator.storage
})

test('what was written before the first snapshot is taken along with names and right amounts', async () => {
  const { book } = await begin()
  const [stranger, entry] = [newId(), newId()]
  const named = { customer_name: 'أبو سالم' }
  const amounts = { KWD: 1250, IQD: 1250, SAR: 1250 }
  for (const [currency, amount_minor] of Object.entries(amounts))
    await book.add('record_entry', {
      ...debt(stranger, amount_minor, { currency }),
      ...named,
      ...(currency === 'SAR' && { id: entry })
    })
  await book.add('reverse_entry', { id: newId(), entry_id: entry, reason: 'خطأ' })
  const [head, ...rows] = (await book.export(amountText)).slice(1).split('\r\n')
  const names = head.split('\t')
  const cells = rows
    .filter(Boolean)
    .map((row) => row.split('\t'))
    .map((row) => ['customer', 'amount', 'note'].map((name) => row[names.indexOf(name)]))
  assert.deepEqual(cells, [
    ['أبو سالم', '1.250', ''],
    ['أبو سالم', '1,250', ''],
    ['أبو سالم', '12.50', ''],
    ['أبو سالم', '', 'خطأ']
  ])
})

test('what is not in the book can be taken along as a text', async () => {
  const { abuAli, book } = await begin()
  const salma = newId()
  await book.add('record_entry', debt(abuAli, 1250, { note: 'خبز\tوحليب\n' }))
  await book.add('add_customer', {
    id: salma,
    name: '=سلمى',
    role: 'customer',
    email: 's@example.com',
    neighbourhood: 'حي الروضة',
    agreed: ['sms_reminder'],
    consent_how: 'in_person'
  })
  const [head, first, second, end] = (
    await book.export(amountText, (name) => (name === 'debt' ? 'دين' : name))
  ).split('\r\n')
  assert.ok(head.startsWith('\ufeff'))
  assert.equal(end, '')
  const cells = Object.fromEntries(
    head
      .slice(1)
      .split('\t')
      .map((name, place) => [name, first.split('\t')[place]])
  )
  assert.deepEqual(
    [cells.customer, cells.kind, cells.amount, cells.currency, cells.note, cells.state],
    ['أبو علي', 'دين', '12.50', 'SAR', 'خبز وحليب', 'waiting']
  )
  assert.ok(second.includes("'=سلمى"))
  assert.ok(second.includes('\ts@example.com · حي الروضة\t'))
})
