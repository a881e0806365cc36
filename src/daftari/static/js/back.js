// A page that the browser kept behind its Back button comes back as it was left. Where the book was
// changed since on this phone, or some time has passed, it is loaded anew; to whoever signed out nothing
// of it is shown.

import { isBehindCounter } from './held.js'

const FRESH_FOR = 60_000
const CHANGED = 'daftari changed'
const PHONE = document.querySelector('meta[name="daftari-phone"]')
let leftAt = Date.now()

/** Something was saved: pages from before are out of date. */
function noteChange() {
  globalThis.localStorage?.setItem(CHANGED, String(Date.now()))
}

/* Said by `sign-out.js`, in a cookie: storage is cleared with the sign-out. */
const isSignedOut = () =>
  PHONE instanceof HTMLMetaElement && document.cookie.includes(`left=${PHONE.dataset.session}`)

function comeBack() {
  if (isBehindCounter()) {
    document.documentElement.hidden = true
    location.reload()
    return
  }
  if (isSignedOut()) {
    document.documentElement.hidden = true
    location.replace('/')
    return
  }
  const changedAt = Number(globalThis.localStorage?.getItem(CHANGED))
  const isOld = changedAt > leftAt || Date.now() - leftAt > FRESH_FOR
  if (isOld && navigator.onLine && !document.querySelector('dialog[open]')) location.reload()
}

addEventListener('pagehide', () => {
  leftAt = Date.now()
})
addEventListener('pageshow', ({ persisted }) => {
  if (persisted) comeBack()
})
document.addEventListener('visibilitychange', () => {
  if (!document.hidden && isBehindCounter()) comeBack()
})
for (const saved of ['item-stored', 'written', 'changed'])
  document.addEventListener(saved, noteChange)
