import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'

import {
  debt,
  freshPhone,
  KARIM,
  Server,
  SHOP,
  signed,
  tab,
  UMM_SALIM,
  UNLOCK
} from './phone/world.js'

const { wrapWithPasskey } = await import('../../src/daftari/static/js/phone/passkey-lock.js')
const { openKeys } = await import('../../src/daftari/static/js/phone/store.js')
const phone = await import('../../src/daftari/static/js/phone/phone.js')

beforeEach(freshPhone)

const shell = { person: UMM_SALIM, shop: SHOP }
const secret = (sign) => new Uint8Array(32).fill(sign)
const AMOUNT = 98765432100
const PASSKEY = { by: 'cGFzc2tleQ', secret: secret(7) }
const named = (name) => (error) => error.name === name
const touching = (bytes) => ({ touch: async () => bytes })

const begin = async () => {
  const server = new Server()
  const abuAli = server.has('أبو علي', 1000)
  const book = await tab()
  await book.pull()
  await book.add('record_entry', debt(abuAli, AMOUNT, { note: 'خبز وحليب' }))
  return { server, abuAli, book }
}

/** Everything that lies in the databases, as text; what cannot be exported is only named. */
async function lying() {
  const found = []
  for (const { name } of await indexedDB.databases()) {
    const db = await new Promise((done) => {
      indexedDB.open(name).onsuccess = ({ target }) => done(target.result)
    })
    for (const store of db.objectStoreNames) {
      const all = await new Promise((done) => {
        db.transaction(store).objectStore(store).getAll().onsuccess = ({ target }) =>
          done(target.result)
      })
      found.push(
        ...all.map((value) =>
          JSON.stringify(value, (_, part) =>
            part instanceof CryptoKey
              ? 'a CryptoKey'
              : ArrayBuffer.isView(part)
                ? Buffer.from(part).toString('utf8') + Buffer.from(part).toString('hex')
                : part
          )
        )
      )
    }
    db.close()
  }
  return found.join('\n')
}

test('nothing of a person lies on the phone in clear', async () => {
  const { book } = await begin()
  const text = await lying()
  assert.ok(text.includes('waiting') && text.includes(book.about.device))
  for (const told of ['أبو علي', 'خبز', 'بقالة', 'أم سليم', 'record_entry', String(AMOUNT)]) {
    assert.ok(!text.includes(told), told)
    assert.ok(!text.includes(Buffer.from(told).toString('hex')), told)
  }
})

test('without a passkey the key is one that no script reads out', async () => {
  const { book } = await begin()
  const db = await openKeys(signed())
  const { mode, key } = await db.get('key', 'key')
  db.close()
  assert.deepEqual([book.mode, mode, key.extractable], ['phone', 'phone', false])
  await assert.rejects(crypto.subtle.exportKey('raw', key))
  assert.ok((await lying()).includes('CryptoKey'))
  assert.equal((await (await tab(shell)).items()).length, 1)
})

test('under the passkey the book opens with a touch, or on a page of the server, and no other way', async () => {
  const server = new Server()
  const abuAli = server.has('أبو علي', 1000)
  await wrapWithPasskey({ person: UMM_SALIM, unlock: UNLOCK }, PASSKEY)
  const book = await tab()
  await book.pull()
  await book.add('record_entry', debt(abuAli, 250))
  assert.equal(book.mode, 'passkey')
  assert.ok(!(await lying()).includes('CryptoKey'))
  assert.equal((await tab(shell, touching(PASSKEY.secret)).then((one) => one.items())).length, 1)
  await assert.rejects(tab(shell), named('Locked'))
  await assert.rejects(tab(shell, touching(secret(8))), named('Locked'))
  await assert.rejects(tab(shell, touching(null)), named('Locked'))
  await assert.rejects(tab(signed(UMM_SALIM, { unlock: 'B'.repeat(43) })), named('Locked'))
  const asked = []
  await tab(shell, {
    touch: async (ids) => {
      asked.push(ids)
      return PASSKEY.secret
    }
  })
  assert.deepEqual(asked, [[PASSKEY.by]])
})

test('each of a person’s passkeys opens the book, the newest answer of one in place of the older', async () => {
  await wrapWithPasskey(signed(), PASSKEY)
  await wrapWithPasskey(signed(), { by: 'b3RoZXI', secret: secret(9) })
  await wrapWithPasskey(signed(), { by: 'b3RoZXI', secret: secret(10) })
  new Server()
  await tab()
  await tab(shell, touching(PASSKEY.secret))
  await tab(shell, touching(secret(10)))
  await assert.rejects(tab(shell, touching(secret(9))), named('Locked'))
})

test('a book that began without is put under the passkey with all that waits in it', async () => {
  const { server, abuAli, book } = await begin()
  const other = await tab()
  await wrapWithPasskey(signed(), PASSKEY)
  assert.ok(!(await lying()).includes('CryptoKey'))
  await assert.rejects(tab(shell), named('Locked'))
  const later = await tab(shell, touching(PASSKEY.secret))
  assert.deepEqual(
    (await later.items()).map((item) => item.note),
    ['خبز وحليب']
  )
  assert.equal((await later.customers()).get(abuAli).balances.SAR, 1000 + AMOUNT)

  await other.add('record_entry', debt(abuAli, 50))
  assert.equal((await book.items()).length, 2)
  assert.equal((await later.items()).length, 2)
  assert.equal((await book.drain()).sent, 2)
  await other.pull()
  assert.equal((await later.customers()).get(abuAli).balances.SAR, 1050 + AMOUNT)
  assert.equal(server.written.size, 2)
})

test('entries written while the book is put under the passkey are all there afterwards', async () => {
  const { abuAli, book } = await begin()
  const other = await tab()
  const writing = Array.from({ length: 30 }, async (_, n) => {
    await new Promise((resolve) => setTimeout(resolve, n))
    await (n % 2 ? book : other).add('record_entry', debt(abuAli, 1))
  })
  await Promise.all([...writing, wrapWithPasskey(signed(), PASSKEY)])
  const later = await tab(shell, touching(PASSKEY.secret))
  assert.equal((await later.items()).filter(({ isDamaged }) => !isDamaged).length, 31)
})

test('a damaged item does not keep the book from being put under the passkey', async () => {
  const { abuAli, book } = await begin()
  await book.add('record_entry', debt(abuAli, 1))
  const [record] = await book.db.getAll('items')
  record.sealed.data[0] ^= 1
  await book.db.put('items', record)
  await wrapWithPasskey(signed(), PASSKEY)
  const later = await tab(shell, touching(PASSKEY.secret))
  assert.deepEqual(
    (await later.items()).map(({ verdict }) => verdict?.reason),
    ['item_damaged', undefined]
  )
  assert.ok(!(await lying()).includes('CryptoKey'))
})

test('a tab that knew the old key carries the book under the new one', async () => {
  const { server, book } = await begin()
  await book.drain()
  await book.pull()
  const other = await tab()
  await wrapWithPasskey(signed(), PASSKEY)
  const salma = server.has('سلمى', 5)
  assert.deepEqual(await other.pull(), { trouble: null })
  const later = await tab(shell, touching(PASSKEY.secret))
  assert.equal((await later.customers()).get(salma).balances.SAR, 5)
})

test('what is taken back while the book is put under the passkey leaves no ghost', async () => {
  const { abuAli, book } = await begin()
  const entries = Array.from({ length: 20 }, () => debt(abuAli, 1))
  for (const entry of entries) await book.add('record_entry', entry)
  const takingBack = entries.map(async ({ id }, n) => {
    await new Promise((resolve) => setTimeout(resolve, n))
    return book.withdraw(id)
  })
  await Promise.all([wrapWithPasskey(signed(), PASSKEY), ...takingBack])
  assert.ok((await Promise.all(takingBack)).every(Boolean))
  assert.equal((await (await tab()).items()).length, 1)
})

test('a phone that dies while the book is put under the passkey reads both halves, and finishes', async () => {
  const { abuAli } = await begin()
  const { put } = IDBObjectStore.prototype
  let puts = 0
  IDBObjectStore.prototype.put = function (...what) {
    if (this.name === 'items' && puts++ >= 0) throw new Error('the battery is empty')
    return put.apply(this, what)
  }
  await assert.rejects(wrapWithPasskey(signed(), PASSKEY), /battery/)
  IDBObjectStore.prototype.put = put
  assert.ok(puts > 0)
  const offline = await tab(shell, touching(PASSKEY.secret))
  assert.equal((await offline.customers()).get(abuAli).balances.SAR, 1000 + AMOUNT)
  await offline.add('record_entry', debt(abuAli, 1))
  const online = await tab()
  assert.equal((await online.customers()).get(abuAli).balances.SAR, 1001 + AMOUNT)
  const db = await openKeys(signed())
  assert.equal((await db.get('key', 'key')).before, undefined)
  db.close()
})

test('a shell finds books, and makes none', async () => {
  await assert.rejects(tab(shell), named('Locked'))
  assert.deepEqual(await indexedDB.databases(), [])
  assert.deepEqual(await phone.listBooks(), [])
  new Server()
  await tab()
  await wrapWithPasskey(signed(KARIM), PASSKEY)
  await tab(signed(KARIM))
  const found = await phone.listBooks()
  assert.deepEqual(found.map(({ person, shop, mode }) => [person, shop, mode]).sort(), [
    [UMM_SALIM, SHOP, 'phone'],
    [KARIM, SHOP, 'passkey']
  ])
  assert.ok(found.every(({ at }) => Date.parse(at)))
})

test('one page has one book, also when asked twice at once', async () => {
  new Server()
  const [one, two] = await Promise.all([phone.openBook(signed()), phone.openBook(signed())])
  assert.equal(one, two)
  assert.equal(await phone.openBook(signed()), one)
})

test('a page that cannot open its book may try again', async () => {
  await assert.rejects(phone.openBook(shell), named('Locked'))
  new Server()
  await tab()
  assert.ok(await phone.openBook(shell))
})

test('what somebody else has not sent is counted, what is in the book is not', async () => {
  const { book } = await begin()
  assert.equal(await phone.unfinished(UMM_SALIM), 1)
  assert.equal(await phone.othersWaiting({ person: KARIM }), true)
  assert.equal(await phone.othersWaiting({ person: UMM_SALIM }), false)
  await book.drain()
  assert.equal(await phone.unfinished(UMM_SALIM), 0)
  assert.equal(await phone.othersWaiting({ person: KARIM }), false)
})
