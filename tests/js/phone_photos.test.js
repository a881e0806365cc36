import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'

import { debt, freshPhone, reply, Server, signed, states, tab, UMM_SALIM } from './phone/world.js'

const { wrapWithPasskey } = await import('../../src/daftari/static/js/phone/passkey-lock.js')
const { unfinished } = await import('../../src/daftari/static/js/phone/phone.js')

beforeEach(freshPhone)

const bill = () => new Blob(['a bill of a hundred loaves'], { type: 'image/webp' })
const isPhoto = (url) => url.endsWith('/photo')

const begin = async () => {
  const server = new Server()
  const abuAli = server.has('أبو علي', 1000)
  const book = await tab()
  await book.pull()
  const entry = debt(abuAli, 250)
  await book.add('record_entry', entry, { photo: bill() })
  return { server, abuAli, book, entry }
}
const owes = async (book, id) => (await book.customers()).get(id).balances.SAR

test('a photo follows its entry, and only then is all of it in the book', async () => {
  const { server, book, entry } = await begin()
  assert.deepEqual((await book.items())[0].photo, { state: 'waiting' })
  assert.deepEqual(await book.drain(), { sent: 1, left: 0, trouble: null })
  assert.equal(server.photos.get(entry.id), 'a bill of a hundred loaves')
  assert.equal('photo' in server.batches[0].items[0], false)
  assert.equal(await book.db.count('photos'), 0)
  await book.pull()
  assert.deepEqual(await book.items(), [])
})

for (const when of ['before', 'after']) {
  test(`a photo that gets no answer waits, also when the book has its entry (${when})`, async () => {
    const { server, abuAli, book, entry } = await begin()
    server[when] = (url) => (isPhoto(url) ? reply('bad gateway', 502, 'text/html') : null)
    assert.deepEqual(await book.drain(), { sent: 1, left: 1, trouble: 'unheard' })
    await book.pull()
    assert.deepEqual(await states(book), ['written'])
    assert.equal(await owes(book, abuAli), 1250)
    assert.equal((await book.backlog()).waiting, 1)
    assert.equal(await unfinished(UMM_SALIM), 1)

    server.people.get(abuAli).lines = []
    server.people.get(abuAli).at = ++server.version
    await book.pull()
    assert.equal(await owes(book, abuAli), 1250)
    server[when] = null
    const again = await tab()
    assert.equal((await again.drain()).left, 0)
    assert.equal(server.photos.get(entry.id), 'a bill of a hundred loaves')
    assert.deepEqual(await again.items(), [])
  })
}

test('a photo never goes before its entry', async () => {
  const { server, book, entry } = await begin()
  server.verdicts.set(entry.id, {
    answer: 'refused',
    reason: 'customer_frozen',
    words: 'الحساب موقوف'
  })
  await book.drain()
  assert.equal(server.photos.size, 0)
  server.verdicts.clear()
  await book.retry(entry.id)
  await book.drain()
  assert.equal(server.photos.size, 1)
})

const reasons = { photo: { name: 'photo_unreadable', text: 'هذه ليست صورة' } }
for (const [status, error] of [
  [422, 'refused'],
  [409, 'conflict'],
  [413, 'too_large']
]) {
  test(`a photo refused with ${status} is told and can be thrown away; the entry stays`, async () => {
    const { server, abuAli, book, entry } = await begin()
    server.before = (url) => (isPhoto(url) ? reply({ error, reasons }, status) : null)
    assert.deepEqual(await book.drain(), { sent: 1, left: 0, trouble: null })
    assert.deepEqual((await book.items())[0].photo, {
      state: 'refused',
      reason: 'photo_unreadable',
      words: 'هذه ليست صورة'
    })
    await book.pull()
    assert.equal((await book.items()).length, 1)
    assert.equal(await book.dismiss(entry.id), true)
    assert.deepEqual(await book.items(), [])
    assert.equal(await book.db.count('photos'), 0)
    assert.equal(await owes(book, abuAli), 1250)
  })
}

test('a photo goes when its entry is taken back or thrown away', async () => {
  const { book, entry } = await begin()
  assert.equal(await book.withdraw(entry.id), true)
  assert.equal(await book.db.count('photos'), 0)
})

test('a photo somebody touched on the phone is told as lost, and not sent', async () => {
  const { server, book, entry } = await begin()
  const sealed = await book.db.get('photos', entry.id)
  sealed.data[0] ^= 1
  await book.db.put('photos', sealed, entry.id)
  await book.drain()
  assert.equal(server.photos.size, 0)
  assert.equal((await book.items())[0].photo.reason, 'photo_lost')
})

test('a photo comes along under the passkey', async () => {
  const { server, entry } = await begin()
  await wrapWithPasskey(signed(), { by: 'cGFzc2tleQ', secret: new Uint8Array(32).fill(7) })
  assert.equal((await (await tab()).drain()).left, 0)
  assert.equal(server.photos.get(entry.id), 'a bill of a hundred loaves')
})
