// The service worker's part for pushes, in a world of its own: what it shows, and where a tap leads.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { createContext, runInContext } from 'node:vm'

const SOURCE = readFileSync(
  new URL('../../src/daftari/static/js/worker/push.js', import.meta.url),
  'utf8'
)
const ORIGIN = 'https://daftari.example'

/* A worker's globals; `pages` are the windows that are open. */
function worker(pages = [], more = {}) {
  const world = { shown: [], opened: [], focused: [], badges: [], offered: [], handlers: {} }
  const kept = new Map()
  const context = createContext({
    ...more,
    URL,
    location: new URL(`${ORIGIN}/service-worker.js`),
    addEventListener: (name, handler) => {
      world.handlers[name] = handler
    },
    navigator: {
      setAppBadge: async (count) => {
        world.badges.push(count)
      }
    },
    registration: {
      showNotification: async (title, more) => {
        world.shown.push({ title, ...more })
      },
      pushManager: { subscribe: async () => ({ endpoint: 'fresh' }) }
    },
    clients: {
      matchAll: async () => pages.map((url) => ({ url, focus: () => world.focused.push(url) })),
      openWindow: async (url) => {
        world.opened.push(url)
      }
    },
    caches: { open: async () => ({ match: async (key) => kept.get(key) }) },
    fetch: async (url, { body }) => {
      world.offered.push([url, JSON.parse(body)])
    },
    Promise,
    JSON,
    Number
  })
  runInContext(SOURCE, context)
  world.fire = async (name, event) => {
    const waits = []
    world.handlers[name]({ ...event, waitUntil: (work) => waits.push(work) })
    await Promise.all(waits)
  }
  world.remember = (addresses) => kept.set('/push-addresses', { json: async () => addresses })
  return world
}

const pushed = (text) => ({ data: { json: () => JSON.parse(text) } })
const tapped = (navigate) => ({ notification: { close() {}, data: { navigate } } })

test('a message of ours is shown as it says, with its badge', async () => {
  const world = worker()
  const notification = {
    title: 'مستحق اليوم: 3 زبائن',
    body: 'متأخر: زبونان',
    lang: 'ar',
    dir: 'rtl',
    tag: '1',
    navigate: `${ORIGIN}/s/1/due`
  }
  await world.fire('push', pushed(JSON.stringify({ web_push: 8030, notification, app_badge: 5 })))
  assert.equal(world.shown[0].title, notification.title)
  assert.equal(world.shown[0].tag, '1')
  assert.equal(world.shown[0].data.navigate, notification.navigate)
  assert.deepEqual(world.badges, [5])
})

test('a phone that hides its amounts is shown none', async () => {
  const body = '\u2068أبو علي\u2069: \u20661,250.00\u2069 ريال سعودي'
  const message = JSON.stringify({ web_push: 8030, notification: { title: 'x', body } })
  for (const [value, shown] of [
    ['hidden', '\u2068أبو علي\u2069: ••• ريال سعودي'],
    ['', body]
  ]) {
    const world = worker([], { cookieStore: { get: async () => ({ value }) } })
    await world.fire('push', pushed(message))
    assert.equal(world.shown[0].body, shown)
  }
})

test('nothing due takes the badge away, and no word of it leaves it', async () => {
  const world = worker()
  const notification = { title: 'x', navigate: '/' }
  await world.fire('push', pushed(JSON.stringify({ web_push: 8030, notification, app_badge: 0 })))
  await world.fire('push', pushed(JSON.stringify({ web_push: 8030, notification })))
  assert.deepEqual(world.badges, [0])
})

test('what is not understood still shows something of ours', async () => {
  for (const text of ['', 'no json', 'null', '[]', '{"web_push": 1}', '{"web_push": 8030}']) {
    const world = worker()
    await world.fire('push', pushed(text))
    assert.equal(world.shown[0].title, 'دفتري', text)
  }
  const world = worker()
  await world.fire('push', { data: null })
  assert.equal(world.shown.length, 1)
})

test('a button of a request leads to its own page, and a tap to the request', async () => {
  const actions = ['yes', 'no'].map((action) => ({
    action,
    title: action,
    navigate: `${ORIGIN}/s/1/more/approvals/2/answer?is=${action}`
  }))
  const navigate = `${ORIGIN}/s/1/more/approvals/2`
  const message = { web_push: 8030, notification: { title: 'x', navigate, actions } }
  const world = worker()
  await world.fire('push', pushed(JSON.stringify(message)))
  const [{ data, actions: buttons }] = world.shown
  assert.deepEqual(JSON.parse(JSON.stringify(buttons)), actions)
  for (const action of ['yes', 'no', '', 'other'])
    await world.fire('notificationclick', { action, notification: { data, close() {} } })
  const [yes, no] = actions.map((one) => one.navigate)
  assert.deepEqual(world.opened, [yes, no, navigate, navigate])
})

test('a tap stays at home, whatever the message says', async () => {
  const places = [
    [`${ORIGIN}/s/1/due`, `${ORIGIN}/s/1/due`],
    ['/s/1/due', `${ORIGIN}/s/1/due`],
    ['https://evil.example/s/1/due', `${ORIGIN}/`],
    ['https://daftari.example.evil.example/', `${ORIGIN}/`],
    ['http://daftari.example/', `${ORIGIN}/`],
    ['https://daftari.example:8443/', `${ORIGIN}/`],
    ['//evil.example/', `${ORIGIN}/`],
    ['/\\evil.example', `${ORIGIN}/`],
    ['javascript:alert(1)', `${ORIGIN}/`],
    ['data:text/html,x', `${ORIGIN}/`],
    ['https://user:secret@daftari.example/', `${ORIGIN}/`],
    ['https://[', `${ORIGIN}/`],
    ['', `${ORIGIN}/`],
    [null, `${ORIGIN}/`],
    [undefined, `${ORIGIN}/`]
  ]
  for (const [navigate, place] of places) {
    const world = worker()
    await world.fire('notificationclick', tapped(navigate))
    assert.deepEqual(world.opened, [place], navigate)
  }
})

test('a page that is open there comes forward, and no other is taken', async () => {
  const there = worker([`${ORIGIN}/s/1/`, `${ORIGIN}/s/1/due`])
  await there.fire('notificationclick', tapped('/s/1/due'))
  assert.deepEqual([there.focused, there.opened], [[`${ORIGIN}/s/1/due`], []])
  const elsewhere = worker([`${ORIGIN}/s/1/customers/2/entries/new`])
  await elsewhere.fire('notificationclick', tapped('/s/1/due'))
  assert.deepEqual([elsewhere.focused, elsewhere.opened], [[], [`${ORIGIN}/s/1/due`]])
})

test('a changed address is told to every shop the phone was added to', async () => {
  const world = worker()
  world.remember(['/s/1/push-subscriptions', 'https://evil.example/x'])
  await world.fire('pushsubscriptionchange', { newSubscription: { endpoint: 'new' } })
  await world.fire('pushsubscriptionchange', { oldSubscription: { options: {} } })
  const endpoints = world.offered.map(([url, { endpoint }]) => [url, endpoint])
  assert.deepEqual(
    endpoints.filter(([url]) => url.endsWith('push-subscriptions')),
    [
      [`${ORIGIN}/s/1/push-subscriptions`, 'new'],
      [`${ORIGIN}/s/1/push-subscriptions`, 'fresh']
    ]
  )
  assert.ok(world.offered.every(([url]) => url.startsWith(ORIGIN)))
})
