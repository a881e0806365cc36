// Each of these is a page of its own: what a wipe closes stays closed for as long as the page lives.

import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'

import { debt, freshPhone, KARIM, newId, reply, Server, SHOP, signed, tab } from './phone/world.js'

const phone = await import('../../src/daftari/static/js/phone/phone.js')
const { wipeIfEnded } = await import('../../src/daftari/static/js/phone/first-contact.js')

beforeEach(freshPhone)

let count = 0
/** Somebody whom no test before has wiped from this page. */
const somebody = () => `01890000-0000-7000-8000-0000000001${String(++count).padStart(2, '0')}`
const named = (name) => (error) => error.name === name
const names = async () => (await indexedDB.databases()).map(({ name }) => name).sort()

const begin = async (person = somebody()) => {
  const server = new Server({ person })
  const abuAli = server.has('أبو علي', 1000)
  const book = await tab(signed(person))
  await book.pull()
  await book.add('record_entry', debt(abuAli, 250))
  return { server, abuAli, book, person }
}

test('signing out takes everything of the person, in every tab, and it does not come back', async () => {
  const { abuAli, book, person } = await begin()
  const other = await tab(signed(person))
  const heard = []
  other.listen(({ what }) => heard.push(what))
  await phone.wipe({ person, session: signed(person).session })
  assert.deepEqual(await names(), [])
  assert.ok(heard.includes('wiped'))
  for (const one of [book, other]) {
    assert.equal(one.ended, 'wiped')
    assert.equal(one.head, null)
    await assert.rejects(one.add('record_entry', debt(abuAli, 1)), named('Closed'))
    await assert.rejects(one.items(), named('Closed'))
    assert.equal((await one.drain()).trouble, 'wiped')
    assert.deepEqual(await one.pull(), { trouble: 'wiped' })
  }
  await assert.rejects(phone.openBook(signed(person)), named('Closed'))
  await assert.rejects(tab(signed(person)), named('Closed'))
  assert.deepEqual(await names(), [])
})

test('a page of the same sign-in that slept through the wipe makes nothing anew', async () => {
  const { person } = await begin()
  const { session } = signed(person)
  localStorage.setItem('daftari closed', session)
  await assert.rejects(tab(signed(person)), named('Closed'))
  assert.ok(await tab(signed(person, { session: 'the next sign-in' })))
})

test('a wipe in the middle of a drain leaves nothing, and nothing is written after it', async () => {
  const { server, book, person } = await begin()
  server.after = async () => {
    await phone.wipe({ person })
  }
  const done = await book.drain()
  assert.equal(done.trouble, 'wiped')
  assert.deepEqual(await names(), [])
})

test('a wipe in the middle of a carry leaves nothing', async () => {
  const { server, book, person } = await begin()
  await book.drain()
  server.after = async () => {
    await phone.wipe({ person })
  }
  assert.equal((await book.pull()).trouble, 'wiped')
  assert.deepEqual(await names(), [])
})

test('a wipe takes one person and leaves the other’s book', async () => {
  const { person } = await begin()
  const { book, person: other } = await begin()
  await phone.wipe({ person })
  assert.deepEqual(await names(), [`daftari/${other}`, `daftari/${other}/${SHOP}`])
  assert.equal((await book.items()).length, 1)
})

test('a sign-in ended from elsewhere wipes the phone at the next contact', async () => {
  for (const contact of [(book) => book.drain(), (book) => book.pull(), () => wipeIfEnded()]) {
    const { server, book, person } = await begin()
    await book.drain()
    await book.add('record_entry', debt(newId(), 1))
    server.before = () =>
      reply({ error: 'not_signed_in', door: '/signin', wipe: true, person }, 401)
    await contact(book)
    assert.deepEqual(await names(), [])
    assert.equal(book.ended, 'wiped')
  }
})

test('a sign-in that ran out wipes nothing', async () => {
  const { server, book, person } = await begin()
  server.before = () => reply({ error: 'not_signed_in', door: '/signin' }, 401)
  assert.deepEqual(await book.drain(), { sent: 0, left: 1, trouble: 'signed_out' })
  await wipeIfEnded()
  assert.equal((await names()).length, 2)
  server.before = null
  assert.equal((await book.drain()).sent, 1)
  assert.ok(person)
})

test('the sign-in of another that was ended wipes the other, not me', async () => {
  const { person: gone } = await begin()
  const { server, book } = await begin()
  server.before = () =>
    reply({ error: 'not_signed_in', door: '/signin', wipe: true, person: gone }, 401)
  assert.equal((await book.drain()).trouble, 'signed_out')
  assert.equal((await book.items()).length, 1)
  assert.ok(!(await names()).some((name) => name.includes(gone)))
})

/** The phone takes the store away under an open page. */
async function evicted(book) {
  const { name } = book
  book.end('lost')
  await new Promise((done) => {
    indexedDB.deleteDatabase(name).onsuccess = done
  })
}

test('a store that the phone took away is made anew from what the page still knows', async () => {
  const { server, abuAli, book } = await begin()
  await book.add('record_entry', debt(abuAli, 5))
  server.before = () => {
    throw new TypeError('network')
  }
  await book.drain()
  await book.add('record_entry', debt(abuAli, 7))
  const before = (await book.items()).map(({ id, state }) => [id, state])
  await evicted(book)
  assert.deepEqual(await book.drain(), { sent: 0, left: 3, trouble: 'lost' })
  assert.deepEqual(await names(), [`daftari/${book.who.person}`])

  server.before = null
  assert.deepEqual(
    before.map(([, state]) => state),
    ['sending', 'sending', 'waiting']
  )
  assert.equal((await book.drain()).sent, 3)
  assert.deepEqual([...server.written.keys()].sort(), before.map(([id]) => id).sort())
  await book.pull()
  assert.equal((await book.customers()).get(abuAli).balances.SAR, 1262)
})

test('nothing comes back for whom the server no longer knows', async () => {
  const { server, book } = await begin()
  await evicted(book)
  server.before = () => reply({ error: 'not_signed_in', door: '/signin' }, 401)
  assert.equal((await book.drain()).trouble, 'lost')
  server.before = null
  server.person = KARIM
  assert.equal((await book.drain()).trouble, 'lost')
  assert.deepEqual(await names(), [`daftari/${book.who.person}`])
})

test('everything on the phone goes when nobody is named', async () => {
  await begin()
  await begin()
  assert.equal((await names()).length, 4)
  await phone.wipe()
  assert.deepEqual(await names(), [])
  await assert.rejects(tab(signed(somebody())), named('Closed'))
})
