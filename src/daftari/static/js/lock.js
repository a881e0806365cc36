// The lock of this device: after some minutes without a touch the page is taken out of the document,
// whole, with what was half typed, and only the lock is there. The passkey brings it back: shown to
// the server, or where nobody answers, to this phone.

import { credentialJson, requestOptions } from './credential-json.js'
import { cloneOf, one } from './dom.js'
import { idleFor, isLocked, lock, lockAfter, touched, unlock } from './held.js'

const LOOKS_EVERY = 5_000
const NOTED_EVERY = 2_000
const ANSWER_WITHIN = 5_000
const TOUCHES = ['pointerdown', 'keydown', 'input', 'wheel', 'touchmove']
const JSON_TYPE = { 'Content-Type': 'application/json', Accept: 'application/json' }

/** The page, while it is locked.
 * @type {{content: DocumentFragment, title: string, sheets: HTMLDialogElement[]} | null} */
let away = null
let notedAt = 0
let owner = ''

/** Watch for touches, from now on. `person`: where the page does not say whose it is. */
export function watchLock(person) {
  if (!lockAfter()) return
  owner = one(document, '#lock-screen').dataset.person || person
  for (const touch of TOUCHES)
    document.addEventListener(touch, note, { capture: true, passive: true })
  setInterval(look, LOOKS_EVERY)
  addEventListener('pageshow', look)
  document.addEventListener('visibilitychange', look)
  note()
}

function note() {
  if (away || Date.now() - notedAt < NOTED_EVERY) return
  if (isLocked() || isOver()) return look()
  notedAt = Date.now()
  touched()
}

const isOver = () => idleFor() >= lockAfter() * 60_000

/* The counter is looked at, not touched, and shows nothing else anyway. */
function look() {
  const mayLock = lockAfter() && !document.getElementById('counter')
  if (!away && mayLock && (isLocked() || isOver())) close()
  else if (away && !isLocked()) open()
}

function close() {
  lock()
  const sheets = /** @type {HTMLDialogElement[]} */ ([...document.querySelectorAll('dialog[open]')])
  const screen = cloneOf(/** @type {HTMLTemplateElement} */ (one(document, '#lock-screen')))
  const content = document.createDocumentFragment()
  content.append(...document.body.childNodes)
  away = { content, title: document.title, sheets }
  document.title = screen.dataset.title ?? ''
  document.body.append(screen)
  one(screen, 'form').addEventListener('submit', show)
}

/* Sheets stood above the page, and do again. */
function open() {
  if (!away) return
  const { content, title, sheets } = away
  away = null
  document.title = title
  document.body.replaceChildren(content)
  for (const sheet of sheets) {
    sheet.removeAttribute('open')
    sheet.showModal()
  }
}

async function show(event) {
  event.preventDefault()
  const form = event.currentTarget
  const button = one(form, 'button')
  const failed = one(form, '[data-failed]')
  failed.hidden = true
  button.setAttribute('aria-busy', 'true')
  try {
    await showPasskey()
    unlock()
    open()
  } catch (error) {
    console.info(String(error))
    failed.hidden = false
  } finally {
    button.removeAttribute('aria-busy')
  }
}

/* A server that is away leaves it to the phone, where its owner alone can show the passkey. */
async function showPasskey() {
  const options = await ask('/verify/options', {})
  if (!options) return (await import('./phone/passkey-lock.js')).showPerson(owner)
  const publicKey = requestOptions(options)
  const credential = /** @type {PublicKeyCredential} */ (
    await navigator.credentials.get(/** @type {any} */ ({ publicKey }))
  )
  await ask('/lock/end', { credential: credentialJson(credential) })
}

/* null: nobody answers. */
async function ask(path, content) {
  const answer = await fetch(path, {
    method: 'POST',
    headers: JSON_TYPE,
    body: JSON.stringify(content),
    signal: AbortSignal.timeout(ANSWER_WITHIN)
  }).catch(() => null)
  if (!answer || answer.status >= 500) return null
  if (answer.status === 401) location.replace('/signin')
  if (!answer.ok) throw new Error(`${answer.status} ${path}`)
  return answer.json()
}
