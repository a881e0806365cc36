// What holds this phone, told in cookies so that it is known with no network too: an account that lies
// on the counter, and the lock of the device.

const LONG = 'path=/; max-age=15552000; samesite=lax'
const GONE = 'path=/; max-age=0; samesite=lax'
const TOUCHED = 'daftari touched'

const told = (name) => new RegExp(`(?:^|; )${name}=([^;]+)`).exec(document.cookie)?.[1] ?? ''

/** {shop, customer} of the account on the counter; null where the phone does not lie there. */
export function onCounter() {
  const [shop, customer] = told('counter').split('.')
  return customer ? { shop, customer } : null
}

export const layOnCounter = (shop, customer) => write(`counter=${shop}.${customer}; ${LONG}`)

export const takeOffCounter = () => write(`counter=; ${GONE}`)

/** Whether this page shows more than the counter may: it was open before, here or in another tab. */
export const isBehindCounter = () => Boolean(onCounter() && !document.getElementById('counter'))

/** The minutes without a touch after which this device locks itself; 0 for never. */
export const lockAfter = () => Number(told('lock'))

export const isLocked = () => Boolean(lockAfter() && told('locked'))

export const lock = () => write(`locked=1; ${LONG}`)

export function unlock() {
  write(`locked=; ${GONE}`)
  touched()
}

export function touched() {
  globalThis.localStorage?.setItem(TOUCHED, String(Date.now()))
}

/** Milliseconds since somebody touched this device, in any tab. A clock that was put back is old. */
export function idleFor() {
  const now = Date.now()
  const idle = now - Number(globalThis.localStorage?.getItem(TOUCHED) ?? now)
  return idle < 0 ? Number.POSITIVE_INFINITY : idle
}

function write(cookie) {
  // biome-ignore lint/suspicious/noDocumentCookie: the server reads it before the next page is drawn
  document.cookie = location.protocol === 'https:' ? `${cookie}; secure` : cookie
}
