// Turns push notifications on for this device: asked for by a tap, never on load. What the device
// can say about it stands in the page already, [data-push-state="…"]; a refusal's words come from
// the server.

import { one } from './dom.js'

const JSON_TYPE = { 'Content-Type': 'application/json', Accept: 'application/json' }
const SUBSCRIBED_SHOPS = { cache: 'push', key: '/push-addresses' }
const card = one(document, '[data-push]')

function show(state, words = '') {
  for (const line of card.querySelectorAll('[data-push-state]'))
    line.hidden = line.dataset.pushState !== state
  if (words) one(card, `[data-push-state="${state}"] span`).textContent = words
}

function isSupported() {
  return 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window
}

/* On means three things: the browser may, it has an address, and the server knows it. */
async function look() {
  if (!isSupported()) return show('unsupported')
  if (Notification.permission === 'denied') return show('denied')
  const registration = await navigator.serviceWorker.getRegistration()
  const subscription = await registration?.pushManager.getSubscription()
  const isSubscribed =
    card.dataset.told === 'yes' && subscription && Notification.permission === 'granted'
  show(isSubscribed ? 'on' : 'off')
}

async function turnOn(button) {
  button.setAttribute('aria-busy', 'true')
  try {
    if ((await Notification.requestPermission()) !== 'granted') return await look()
    await navigator.serviceWorker.register('/service-worker.js')
    const registration = await navigator.serviceWorker.ready
    await offer(await subscriptionOf(registration.pushManager))
  } catch {
    show('failed')
  } finally {
    button.removeAttribute('aria-busy')
  }
}

/* An address made for another key of the server is of no use any more. */
async function subscriptionOf(manager) {
  const applicationServerKey = bytesOf(card.dataset.push)
  const known = await manager.getSubscription()
  if (known && !isSame(known.options?.applicationServerKey, applicationServerKey))
    await known.unsubscribe()
  return manager.subscribe({ userVisibleOnly: true, applicationServerKey })
}

async function offer(subscription) {
  const answer = await fetch(card.dataset.address ?? '', {
    method: 'POST',
    headers: JSON_TYPE,
    body: JSON.stringify(subscription),
    redirect: 'error'
  })
  if (!answer.ok) {
    const { reasons } = await answer.json()
    const [reason] = Object.values(reasons ?? {})
    return reason ? show('refused', reason.text) : show('failed')
  }
  await remember(card.dataset.address)
  location.replace(`${location.pathname}?said=added`)
}

/* Our worker tells these shops when the browser changes the address of its own accord. */
async function remember(address) {
  const kept = await caches.open(SUBSCRIBED_SHOPS.cache)
  const known = await kept.match(SUBSCRIBED_SHOPS.key)
  const addresses = new Set(known ? await known.json() : []).add(address)
  await kept.put(SUBSCRIBED_SHOPS.key, new Response(JSON.stringify([...addresses])))
}

function bytesOf(base64url) {
  const text = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(text, (sign) => sign.charCodeAt(0))
}

function isSame(buffer, bytes) {
  const other = new Uint8Array(buffer ?? [])
  return other.length === bytes.length && other.every((byte, at) => byte === bytes[at])
}

one(card, '[data-push-on]').addEventListener('click', (event) => turnOn(event.currentTarget))
look()
