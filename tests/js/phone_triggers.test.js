import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'

import { debt, freshPhone, reply, Server, tab } from './phone/world.js'

const { startTriggers } = await import('../../src/daftari/static/js/phone/triggers.js')

beforeEach(freshPhone)

/** A page whose events and timers the test holds in its hand. */
function page(context) {
  const events = new EventTarget()
  globalThis.document = Object.assign(events, { visibilityState: 'visible' })
  globalThis.addEventListener = events.addEventListener.bind(events)
  globalThis.removeEventListener = events.removeEventListener.bind(events)
  context.mock.timers.enable({ apis: ['setTimeout'] })
  return {
    does: (what) => events.dispatchEvent(new Event(what)),
    waits: (ms) => context.mock.timers.tick(ms)
  }
}

const until = async (holds) => {
  for (let n = 0; n < 5000 && !(await holds()); n++)
    await new Promise((resolve) => setImmediate(resolve))
  assert.ok(await holds())
}
const quiet = async () => {
  for (let n = 0; n < 200; n++) await new Promise((resolve) => setImmediate(resolve))
}

const begin = async (context) => {
  const server = new Server()
  const abuAli = server.has('أبو علي', 1000)
  const book = await tab()
  await book.pull()
  const hand = page(context)
  const heard = []
  const triggers = startTriggers(book, (done) => heard.push(done))
  context.after(() => triggers.stop())
  await until(() => heard.length === 1)
  return { server, abuAli, book, triggers, heard, ...hand }
}

test('a page begins by sending, and an entry is sent at once and carried soon after', async (context) => {
  const { abuAli, book, triggers, heard, waits } = await begin(context)
  assert.deepEqual(heard, [{ sent: 0, left: 0, trouble: null }])
  await book.add('record_entry', debt(abuAli, 250))
  await triggers.kick()
  assert.equal(heard.at(-1).sent, 1)
  await quiet()
  assert.equal((await book.items()).length, 1)
  waits(2_000)
  await until(async () => (await book.items()).length === 0)
})

test('while nobody answers the phone grows patient, and is quick again when something happens', async (context) => {
  const { server, abuAli, book, triggers, heard, does, waits } = await begin(context)
  server.before = () => reply('', 503)
  await book.add('record_entry', debt(abuAli, 250))
  await triggers.kick()
  assert.equal(heard.length, 2)
  for (const patience of [2_000, 10_000, 60_000, 60_000]) {
    const count = heard.length
    waits(patience - 1)
    await quiet()
    assert.equal(heard.length, count)
    waits(1)
    await until(() => heard.length === count + 1)
  }
  for (const what of ['online', 'pageshow', 'visibilitychange']) {
    const count = heard.length
    does(what)
    await until(() => heard.length === count + 1)
  }
  server.before = null
  waits(2_000)
  await until(() => heard.at(-1).sent === 1)
})

test('a hidden page is left alone', async (context) => {
  const { heard, does } = await begin(context)
  document.visibilityState = 'hidden'
  does('visibilitychange')
  await quiet()
  assert.equal(heard.length, 1)
})

test('what comes while a drain is under way is not left behind', async (context) => {
  const { server, abuAli, book, triggers } = await begin(context)
  await book.add('record_entry', debt(abuAli, 1))
  let late
  server.after = () =>
    late
      ? null
      : new Promise((resolve) => {
          late = resolve
        })
  const first = triggers.kick()
  await until(() => late)
  await book.add('record_entry', debt(abuAli, 2))
  const second = triggers.kick()
  late()
  await Promise.all([first, second])
  assert.equal(server.written.size, 2)
})

test('the browser that wakes the page is asked once, and a wake is not a hot loop', async (context) => {
  const tags = []
  navigator.serviceWorker = {
    getRegistration: async () => ({
      sync: {
        register: async (tag) => {
          tags.push(tag)
        }
      }
    })
  }
  context.after(() => {
    delete navigator.serviceWorker
  })
  const { server, abuAli, book, triggers, heard } = await begin(context)
  const { broadcast } = await import('../../src/daftari/static/js/phone/channel.js')
  server.before = () => reply('', 503)
  await book.add('record_entry', debt(abuAli, 250))
  await triggers.kick()
  for (let n = 0; n < 3; n++) {
    const count = heard.length
    broadcast({ what: 'wake' })
    await until(() => heard.length === count + 1)
  }
  assert.deepEqual(tags, ['daftari'])
})

test('a wiped page is silent', async (context) => {
  const { book, heard, does, waits } = await begin(context)
  book.end('wiped')
  does('online')
  await until(() => heard.length === 2)
  assert.equal(heard[1].trouble, 'wiped')
  does('online')
  waits(600_000)
  await quiet()
  assert.equal(heard.length, 2)
})
