// Opens WhatsApp: records the tap on a text that is prepared (a[data-opened]), even while the page is
// left for it, and reloads the page on the way back; or does all of it in one press of a form
// (form[data-opens-whatsapp]).

import { byId, targetOf } from './dom.js'

document.addEventListener('click', (event) => {
  /** @type {HTMLAnchorElement | null} */
  const link = targetOf(event).closest('a[data-opened]')
  if (!link) return
  fetch(link.dataset.opened ?? '', { method: 'POST', keepalive: true, redirect: 'manual' })
  document.addEventListener('visibilitychange', readAnew)
})

function readAnew() {
  if (document.visibilityState === 'visible') location.reload()
}

/* One press prepares the words, opens WhatsApp with them and notes that. What the server refuses is left
 * to the form itself, which then says why. The window is opened by the press: later none may be. */
document.addEventListener(
  'submit',
  async (event) => {
    /** @type {HTMLFormElement} */
    const form = targetOf(event)
    if (!('opensWhatsapp' in form.dataset)) return
    event.preventDefault()
    event.stopImmediatePropagation()
    if (form.dataset.preparing !== undefined) return
    form.dataset.preparing = ''
    const chat = open('', '_blank')
    const message = await prepare(form)
    delete form.dataset.preparing
    if (message) return show(form, chat, message)
    chat?.close()
    const { opensWhatsapp: said } = form.dataset
    delete form.dataset.opensWhatsapp
    form.requestSubmit(event.submitter)
    form.dataset.opensWhatsapp = said
  },
  true
)

/* The address of the message, or null. */
async function prepare(form) {
  const body = new URLSearchParams(/** @type {any} */ (new FormData(form)))
  const headers = { 'X-Reads-Redirect': '1' }
  const how = /** @type {RequestInit} */ ({ method: 'POST', body, headers, redirect: 'manual' })
  const answer = await fetch(form.action, how).catch(() => null)
  return answer?.ok ? answer.headers.get('HX-Redirect') : null
}

function show(form, chat, message) {
  const { opensWhatsapp: said, next } = form.dataset
  fetch(`${message}/opened`, { method: 'POST', keepalive: true, redirect: 'manual' })
  if (!chat) return location.assign(`${message}/open`)
  chat.opener = null
  chat.location.replace(`${message}/open`)
  if (next) return location.assign(next)
  form.closest('dialog')?.close()
  const toast = Object.assign(document.createElement('div'), { className: 'toast brief' })
  toast.append(Object.assign(document.createElement('p'), { className: 'toast-words' }))
  toast.firstElementChild?.append(said ?? '')
  byId('toasts').replaceChildren(toast)
}
