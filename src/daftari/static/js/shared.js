// Puts what another app shared into its form: a photo into the new entry, a contact into the new
// customer. The service worker holds it; what cannot be read is told.

import { fillContact } from './contact-picker.js'
import { readContacts } from './contacts.js'
import { byId, one } from './dom.js'

const PATIENCE = 3000
const LARGEST_CONTACT = 1_000_000
/** @type {File | undefined} */
let photo

async function begin() {
  const kind = new URLSearchParams(location.search).get('shared')
  history.replaceState(history.state, '', location.pathname)
  const shared = await held()
  if (kind === 'contact') await takeContact(shared?.contact)
  else await takePhoto(shared?.photo)
}

/** What the worker holds; null where it holds nothing any more. */
function held() {
  const worker = navigator.serviceWorker?.controller
  if (!worker) return null
  const { port1, port2 } = new MessageChannel()
  return new Promise((resolve) => {
    port1.onmessage = ({ data }) => resolve(data)
    setTimeout(() => resolve(null), PATIENCE)
    worker.postMessage({ takeShared: true }, [port2])
  })
}

async function takePhoto(file) {
  if (!file) return say('photoGone')
  const picture = await createImageBitmap(file).catch(() => null)
  if (!picture) return say('photoBad')
  picture.close()
  photo = file
  say('photo')
  document.addEventListener('htmx:after:swap', givePhoto)
  for (const done of ['item-stored', 'written'])
    document.addEventListener(done, forgetPhoto, { capture: true })
  givePhoto()
}

function forgetPhoto() {
  photo = undefined
}

/* Into the sheet that has come up, as if it was chosen there. */
async function givePhoto() {
  /** @type {HTMLInputElement | null} */
  const input = document.querySelector('#entry [name=photo]')
  if (!photo || !input || input.files?.length) return
  await import('./photo.js')
  const files = new DataTransfer()
  files.items.add(photo)
  input.files = files.files
  const place = input.closest('[data-for]')
  if (place instanceof HTMLElement) place.hidden = false
  byId('toasts').replaceChildren()
  input.dispatchEvent(new Event('change', { bubbles: true }))
}

async function takeContact(file) {
  if (!file) return say('contactGone')
  const contacts = file.size < LARGEST_CONTACT ? readContacts(await file.text()) : []
  if (!contacts.length) return say('contactBad')
  fillContact(one(document, '#customer-form'), contacts[0])
  say(contacts.length > 1 ? 'contactFirst' : 'contact')
}

/* The sentence stays until it is touched. */
function say(what) {
  const words = document.createElement('p')
  words.className = 'toast'
  words.textContent = byId('shared').dataset[what] ?? ''
  byId('toasts').replaceChildren(words)
}

begin()
