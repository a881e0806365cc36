// Push messages: shown as notifications, followed on a tap, and renewed when the browser changes
// its address.

// The server isolates the number of an amount from the text around it (Unicode 6.3).
const AN_AMOUNT = /\u2066[^\u2069]*\u2069/g
const SUBSCRIBED_SHOPS = { cache: 'push', key: '/push-addresses' }

addEventListener('push', (event) => event.waitUntil(showNotification(event)))

addEventListener('notificationclick', (event) =>
  event.waitUntil(follow(event.notification, event.action))
)

addEventListener('pushsubscriptionchange', (event) => event.waitUntil(renew(event)))

/* The browser wants something shown for every message, also for one that says nothing we know. */
async function showNotification(event) {
  const { notification, app_badge } = parsed(event)
  const { lang, dir, tag, timestamp, icon, navigate, actions = [] } = notification
  const isHidden = await isOnCounter()
  const title = isHidden ? 'دفتري' : notification.title
  const said = (await hidesAmounts())
    ? notification.body?.replace(AN_AMOUNT, '•••')
    : notification.body
  const body = isHidden ? '' : said
  const look = { body, lang, dir, tag, timestamp, icon, badge: icon }
  const shown = { ...look, actions: isHidden ? [] : actions, data: { navigate, actions } }
  await registration.showNotification(title, shown)
  if (Number.isInteger(app_badge)) await navigator.setAppBadge?.(app_badge).catch(() => {})
}

/* The choice of this phone, from `hide-amounts.js`. */
async function hidesAmounts() {
  return (await globalThis.cookieStore?.get('amounts'))?.value === 'hidden'
}

/* A customer looks on: nobody else's name is shown. */
async function isOnCounter() {
  return Boolean((await globalThis.cookieStore?.get('counter'))?.value.includes('.'))
}

function parsed(event) {
  try {
    const message = event.data.json()
    if (message.web_push === 8030 && message.notification.title) return message
  } catch {
    // Not ours, or not whole.
  }
  return { notification: { title: 'دفتري', body: '', dir: 'rtl', lang: 'ar', navigate: '/' } }
}

/* A page that is open there already comes forward; no other is taken from whoever writes in it. */
async function follow(notification, pressed) {
  notification.close()
  const { navigate, actions = [] } = notification.data ?? {}
  const button = actions.find(({ action }) => action === pressed)
  const address = atHome(button?.navigate ?? navigate)
  const open = await clients.matchAll({ type: 'window', includeUncontrolled: true })
  const there = open.find((page) => page.url === address)
  return there ? there.focus() : clients.openWindow(address)
}

/* Whatever a message says, a tap leads to a page of ours. */
function atHome(address) {
  try {
    const { origin, username, password, href } = new URL(address ?? '/', location.origin)
    if (origin === location.origin && !username && !password) return href
  } catch {
    // No address at all.
  }
  return `${location.origin}/`
}

async function renew({ newSubscription, oldSubscription }) {
  const saved = await (await caches.open(SUBSCRIBED_SHOPS.cache)).match(SUBSCRIBED_SHOPS.key)
  const options = oldSubscription?.options
  const fresh = newSubscription ?? (options && (await registration.pushManager.subscribe(options)))
  if (!saved || !fresh) return
  const body = JSON.stringify(fresh)
  const headers = { 'Content-Type': 'application/json', Accept: 'application/json' }
  const offers = (await saved.json()).map((address) =>
    fetch(atHome(address), { method: 'POST', headers, body, redirect: 'error' })
  )
  await Promise.allSettled(offers)
}
