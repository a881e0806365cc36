// The number of unread alerts, on the bell. It is fetched a moment after a page is there, at most
// once a minute; the page of the alerts has it in itself.

import { one } from './dom.js'

const MINUTE = 60_000
const shop = location.pathname.split('/')[2]
const key = `alerts ${shop}`

function show(count) {
  for (const bell of document.querySelectorAll('[data-bell]')) {
    const sign = one(bell, '.count')
    sign.hidden = !count
    const digits = bell.dataset.bell === 'arab' ? 'ar-u-nu-arab' : 'en'
    sign.textContent = new Intl.NumberFormat(digits).format(Math.min(count, 99))
  }
}

function keep(count) {
  sessionStorage.setItem(key, JSON.stringify({ count, at: Date.now() }))
  show(count)
}

async function look() {
  const { count = 0, at = 0 } = JSON.parse(sessionStorage.getItem(key) ?? '{}')
  show(count)
  if (Date.now() - at < MINUTE) return
  const answer = await fetch(`/s/${shop}/more/alerts/unread`, {
    headers: { Accept: 'application/json' }
  })
  if (answer.ok) keep((await answer.json()).unread)
}

const inbox = document.querySelector('[data-unread]')
if (inbox) keep(Number(inbox.dataset.unread))
else if (document.querySelector('[data-bell]')) look().catch(() => {})
