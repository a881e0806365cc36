// Signing out: what is only on this phone is first sent, exported, or given up after two questions;
// then the phone is wiped, in all tabs; then the server signs the person out.

import { byId, cloneOf, one, targetOf } from './dom.js'
import { here, listBooks, openBook, othersWaiting, unfinished, wipe } from './phone/phone.js'
import { saveUnsent } from './phone-page.js'
import { counted } from './phrase.js'

// Only a page that the server signed has somebody to sign out.
const me = /** @type {Who} */ (here)
/** @type {HTMLDialogElement} */
const over = byId('over')
/** @type {HTMLTemplateElement} */
const template = byId('leaving')
const texts = JSON.parse(template.dataset.said ?? '')

/** Signs out, or asks before. */
export async function confirmSignOut(form) {
  const button = form.querySelector('button')
  if (button.getAttribute('aria-busy')) return
  button.setAttribute('aria-busy', 'true')
  try {
    const count = await unfinished(me.person)
    if (count) ask(form, count)
    else await leave(form)
  } finally {
    button.removeAttribute('aria-busy')
  }
}

/* The books of the person in all shops. */
async function booksHere() {
  const own = (await listBooks()).filter(({ person }) => person === me.person)
  return Promise.all(own.map(({ shop }) => openBook({ ...me, shop })))
}

function ask(form, count) {
  const sheet = cloneOf(template)
  const words = (plurals) => counted(JSON.parse(plurals), count, texts.spoken)
  one(sheet, '[data-count]').textContent = words(template.dataset.unsent)
  byId('sheet').replaceChildren(sheet)
  const actions = {
    send: () => sendFirst(form, sheet),
    export: async () => Promise.all((await booksHere()).map((book) => saveUnsent(book, texts))),
    giveUp: (button) => giveUp(form, button, words(template.dataset.sure))
  }
  sheet.addEventListener('click', (event) => {
    const button = targetOf(event).closest('button')
    const action = Object.keys(actions).find((name) => button && name in button.dataset)
    if (action) whileBusy(button, actions[action])
    else if (button) over.close()
  })
  over.showModal()
}

async function whileBusy(button, action) {
  if (button.getAttribute('aria-busy')) return
  button.setAttribute('aria-busy', 'true')
  try {
    await action(button)
  } finally {
    button.removeAttribute('aria-busy')
  }
}

async function sendFirst(form, sheet) {
  for (const book of await booksHere()) await book.drain()
  if (await unfinished(me.person)) sheet.querySelector('[data-still]').hidden = false
  else await leave(form)
}

/* Twice, the second time knowing how many. */
function giveUp(form, button, sure) {
  const words = button.querySelector('span')
  if (words.textContent === sure) return leave(form)
  words.textContent = sure
}

async function leave(form) {
  form.dataset.leaving = ''
  const othersWait = await othersWaiting(me)
  await wipe(othersWait ? me : undefined)
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser.
  document.cookie = `left=${me.session}; path=/; max-age=31536000; samesite=lax`
  const body = new URLSearchParams(othersWait ? { others_wait: '1' } : {})
  try {
    await fetch(form.action, {
      method: 'POST',
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(20_000)
    })
    // What comes has nothing of this page: its style was wiped too, and no picture leads over.
    addEventListener('pageswap', ({ viewTransition }) => viewTransition?.skipTransition())
    location.replace('/')
  } catch {
    if (over.open) over.close()
    sayUnheard()
  }
}

/* The phone is empty; the server does not know yet. */
function sayUnheard() {
  const words = document.createElement('p')
  words.className = 'toast'
  words.textContent = byId('left').dataset.words ?? ''
  byId('toasts').replaceChildren(words)
}
