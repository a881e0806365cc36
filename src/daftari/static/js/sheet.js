// A link that opens a sheet: with this module the sheet slides over the page it was opened from.
// Escape, the veil and the back button close it. Without it the same link is a page of its own.

import { byId, targetOf } from './dom.js'
import './entry.js'
import { ignoreTaps } from './ignored-taps.js'

/** @type {HTMLDialogElement} */
const over = byId('over')
const sheet = byId('sheet')
const toasts = byId('toasts')

const OPENS_SHEET = 'a[data-opens-sheet], .entry > a'
const PATIENCE = 3000
const PATIENCE_WITH_PHONE = 600
const fromPhone = document.querySelector('meta[name=daftari-phone]')
  ? import('./phone-sheet.js').catch(() => null)
  : null

const after = (delay) => new Promise((resolve) => setTimeout(resolve, delay))

async function open(link) {
  link.setAttribute('aria-busy', 'true')
  const before = sheet.firstElementChild
  const isDrawn = await drawFromPhone(link)
  if (!isDrawn) await askServer(link)
  link.removeAttribute('aria-busy')
  if (!isDrawn && toasts.querySelector('[data-error]')) return
  // Nobody answers: the sheet as a page of its own, which the book on the phone has too.
  if (sheet.firstElementChild === before) return location.assign(link.href)
  ignoreTaps()
  if (over.open) return over.scrollTo(0, 0)
  unveilClose()
  history.pushState({ sheet: true }, '')
  toasts.replaceChildren()
  over.append(toasts)
  over.showModal()
  sheet.querySelector('[autofocus]')?.focus()
  document.dispatchEvent(new CustomEvent('opened', { detail: link.href }))
}

/* Answers whether it stands there. */
async function drawFromPhone({ href }) {
  const drawing = fromPhone?.then((phone) => phone?.drawnFromPhone(href))
  const form = await Promise.race([drawing, after(PATIENCE_WITH_PHONE)])
  if (!form) return false
  sheet.replaceChildren(form)
  window.htmx.process(form)
  const detail = { ctx: { sourceElement: form } }
  document.dispatchEvent(new CustomEvent('htmx:after:swap', { detail }))
  fromPhone?.then((phone) => phone?.complete(form, href))
  return true
}

/* Who opens a form of this phone again has taken the link away by now. */
function askServer(link) {
  const asked = { source: link.isConnected ? link : sheet, target: '#sheet', swap: 'innerHTML' }
  return Promise.race([window.htmx.ajax('GET', link.href, asked), after(PATIENCE)])
}

function unveilClose() {
  for (const button of sheet.querySelectorAll('[data-close]')) button.hidden = false
}

over.addEventListener('close', () => {
  over.after(toasts)
  sheet.replaceChildren()
  if (history.state?.sheet) history.back()
})

over.addEventListener('click', (event) => {
  if (targetOf(event) === over || targetOf(event).closest('[data-close]')) over.close()
})

addEventListener('popstate', () => {
  if (over.open) over.close()
})

/* The account lies under the sheet and is fresh already; from a list the way leads to the account. */
document.addEventListener('written', (event) => {
  /** @type {HTMLFormElement} */
  const form = targetOf(event)
  if (!document.getElementById('lines') && form.matches?.('form[data-entry]')) {
    const account = form.action.replace(/\/entries$/, '')
    return location.replace(`${account}?recorded=${form.elements.id.value}`)
  }
  if (over.open && over.contains(form)) over.close()
})

/* It is on the phone, and its row stands on the account. */
document.addEventListener('item-stored', (event) => {
  if (document.getElementById('lines') && sheet.contains(targetOf(event))) over.close()
})

document.addEventListener('htmx:after:swap', unveilClose)

/* Nothing was heard of the entry. The form keeps its id: sent again it is still one entry. */
sheet.addEventListener('htmx:before:request', () => say('unheard', false))
sheet.addEventListener('htmx:error', () => say('unheard', true))

/* Signed out meanwhile: the sheet stays, with what was typed, and says where to come in again. */
sheet.addEventListener('htmx:before:response', (event) => {
  const isOut = event.detail.ctx.response.status === 401
  say('signed-out', isOut)
  if (isOut) event.preventDefault()
})

function say(what, isSo) {
  for (const words of sheet.querySelectorAll(`[data-${what}]`)) words.hidden = !isSo
}

document.addEventListener('click', (event) => {
  /** @type {HTMLAnchorElement | null} */
  const link = targetOf(event).closest(OPENS_SHEET)
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return
  event.preventDefault()
  if (!document.querySelector('a[aria-busy=true]')) open(link)
})
