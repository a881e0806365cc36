/* Passkeys: ask the server, ask the phone, hand the answer over.
 *
 * form[data-passkey="create" | "get"] with data-options (where the question comes from) and action
 * (where the answer goes); data-then="id" is sent after it. data-autofill also offers passkeys in the
 * field of the form. What can go wrong stands in the page already: [data-says="…"]; a refusal's words
 * come from the server.
 *
 * The same touch puts the book on this phone under the passkey, where the phone can do that. */

import { creationOptions, credentialJson, requestOptions } from './credential-json.js'
import { touched } from './held.js'
import { asksPrf, prfOf } from './phone/prf.js'

const PHONES = /Android|iPhone|iPad/
const FAILED_BY_DEVICE = [
  'NotAllowedError',
  'ConstraintError',
  'NotReadableError',
  'NotSupportedError'
]
const LOCKED_WITHIN = 3_000
const JSON_TYPE = { 'Content-Type': 'application/json', Accept: 'application/json' }
/** @type {AbortController | null} */
let autofill = null

class Refused extends Error {
  constructor(reasons) {
    super('refused')
    this.reasons = reasons
  }

  get names() {
    return Object.values(this.reasons).map((reason) => reason.name)
  }
}

export function bind(form) {
  form.querySelectorAll('[data-with-script]').forEach((part) => {
    part.hidden = false
  })
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    if (isSupported()) run(form)
    else say(form, 'passkey_unsupported')
  })
  if (!isSupported()) say(form, 'passkey_unsupported')
  else if ('autofill' in form.dataset) offer(form)
  else if (PHONES.test(navigator.userAgent)) askForScreenLock(form)
}

/* Said before anything is typed. A computer may have a key to plug in, and is told when it failed. */
async function askForScreenLock(form) {
  if (await lacksScreenLock(form)) say(form, 'no_screen_lock')
}

/* Only to make a passkey: an existing one may be on another device. */
async function lacksScreenLock(form) {
  if (form.dataset.passkey !== 'create') return false
  return (await PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable?.()) === false
}

const isSupported = () => Boolean(window.PublicKeyCredential && navigator.credentials)

async function run(form) {
  autofill?.abort()
  clear(form)
  busy(form, true)
  try {
    await ceremony(form, {})
  } catch (error) {
    await explain(form, error)
    busy(form, false)
  }
}

/* A passkey chosen in the field: waits quietly until somebody does, with a new question if that
 * took longer than the question holds. Whoever presses the button meanwhile ends the waiting, at
 * whatever point it is: a phone answers one question at a time. */
async function offer(form) {
  autofill = new AbortController()
  const { signal } = autofill
  if (!(await PublicKeyCredential.isConditionalMediationAvailable?.()) || signal.aborted) return
  try {
    await ceremony(form, { mediation: 'conditional', signal })
  } catch (error) {
    if (!(error instanceof Refused)) return
    explain(form, error)
    if (error.names.includes('challenge_expired')) offer(form)
  }
}

async function ceremony(form, how) {
  const typed = Object.fromEntries(new FormData(form))
  const options = await send(form.dataset.options, typed)
  const credential = /** @type {PublicKeyCredential} */ (
    await askPhone(form.dataset.passkey, options, how)
  )
  const answer = credentialJson(credential)
  const payload = await send(form.action, { credential: answer, next: typed.next })
  await lockBook(payload, prfOf(credential))
  goOn(form, payload.next)
}

/* data-then: a form that waited for the sign-in, and is sent now. */
function goOn(form, next) {
  if ('unlocks' in form.dataset) touched()
  const waiting = /** @type {HTMLFormElement | null} */ (
    document.getElementById(form.dataset.then ?? '')
  )
  if (waiting) waiting.requestSubmit()
  else location.replace(next)
}

/* A phone that cannot keeps its key another way: the sign-in holds all the same, and waits for
 * nothing. What is not done by then is finished by the first page of the book. */
async function lockBook(payload, answered) {
  if (!answered || !payload.unlock) return
  const { wrapWithPasskey } = await import('./phone/passkey-lock.js')
  const enough = new Promise((resolve) => setTimeout(resolve, LOCKED_WITHIN))
  await Promise.race([wrapWithPasskey(payload, answered).catch(() => {}), enough])
}

function askPhone(verb, options, how) {
  if (verb === 'create') {
    const publicKey = asksPrf(creationOptions(options))
    return navigator.credentials.create({ publicKey, ...how })
  }
  return navigator.credentials.get({ publicKey: asksPrf(requestOptions(options)), ...how })
}

async function send(url, content) {
  const answer = await fetch(url, {
    method: 'POST',
    headers: JSON_TYPE,
    body: JSON.stringify(content),
    redirect: 'error'
  })
  const payload = await answer.json()
  if (answer.ok) return payload
  if (answer.status === 401 && payload.door) {
    const back = encodeURIComponent(location.pathname + location.search)
    location.assign(`${payload.door.split('?')[0]}?next=${back}`)
  }
  throw new Refused(payload.reasons ?? {})
}

async function explain(form, error) {
  if (error instanceof Refused) showReasons(form, error.reasons)
  else if (FAILED_BY_DEVICE.includes(error.name) && (await lacksScreenLock(form)))
    say(form, 'no_screen_lock')
  else if (error.name === 'NotAllowedError' || error.name === 'AbortError')
    say(form, 'passkey_cancelled')
  else if (error.name === 'InvalidStateError') say(form, 'passkey_known')
  else if (error.name === 'NotSupportedError') say(form, 'passkey_unsupported')
  else say(form, 'no_answer')
}

function say(form, what, words = '') {
  const line = form.querySelector(`[data-says="${what}"]`)
  if (words) line.querySelector('span').textContent = words
  line.hidden = false
  line.closest('.passkey-says').hidden = false
}

function showReasons(form, reasons) {
  const fields = Object.entries(reasons)
  for (const [field, reason] of fields) {
    const control = form.elements.namedItem(field)
    if (control instanceof HTMLElement) markField(control, reason)
    else refuse(form, reason)
  }
  if (!fields.length) say(form, 'no_answer')
  form.querySelector('[aria-invalid]')?.focus()
}

function refuse(form, reason) {
  say(form, 'refused', reason.text)
  form.querySelector('[data-says=refused]').dataset.error = reason.name
}

function markField(control, reason) {
  const line = document.createElement('p')
  line.className = 'field-error'
  line.id = `${control.id}-error`
  line.dataset.error = reason.name
  line.textContent = reason.text
  control.setAttribute('aria-invalid', 'true')
  control.setAttribute('aria-describedby', line.id)
  control.closest('.field').append(line)
}

function clear(form) {
  for (const line of form.querySelectorAll('[data-says]'))
    line.hidden = line.closest('.passkey-says').hidden = true
  for (const line of form.querySelectorAll('.field > .field-error')) line.remove()
  for (const control of form.querySelectorAll('[aria-invalid]'))
    control.removeAttribute('aria-invalid')
}

function busy(form, isBusy) {
  const button = form.querySelector('button[type=submit]')
  button.disabled = isBusy
  button.setAttribute('aria-busy', String(isBusy))
}

/* Wipes the book of a person whose session was ended on another device. */
async function wipeIfEnded() {
  const known = (await globalThis.indexedDB?.databases?.()) ?? []
  if (known.length) (await import('./phone/first-contact.js')).wipeIfEnded()
}

document.querySelectorAll('form[data-passkey]').forEach(bind)
wipeIfEnded()
