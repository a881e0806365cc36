// Sends a form in the background and replaces its page in the history: after saving, Back leads to what
// was before the form. A refusal goes into the page; any other answer is left to the browser, to
// which the form is then sent as without this module.

import { byId, targetOf } from './dom.js'

const PLACES = ['content', 'toasts']

document.addEventListener('submit', (event) => {
  /** @type {HTMLFormElement} */
  const form = targetOf(event)
  if (event.defaultPrevented || form.method !== 'post' || 'signout' in form.dataset) return
  event.preventDefault()
  save(form, /** @type {HTMLButtonElement | null} */ (event.submitter))
})

/* What htmx saved replaces its page too; a sign-in that is asked for does not. */
document.addEventListener('htmx:before:response', (event) => {
  const { ok, headers } = event.detail.ctx.response
  const url = headers.get('HX-Redirect')
  if (!ok || !url) return
  event.preventDefault()
  leaveSheet(() => replacePage(url))
})

async function save(form, button) {
  const action = button?.hasAttribute('formaction') ? button.formAction : form.action
  const typed = new FormData(form, button)
  const isInParts = form.enctype === 'multipart/form-data'
  const body = isInParts ? typed : new URLSearchParams(/** @type {any} */ (typed))
  const headers = { 'X-Reads-Redirect': '1' }
  try {
    const answer = await fetch(action, { method: 'POST', body, headers, redirect: 'manual' })
    const url = answer.headers.get('HX-Redirect')
    if (answer.ok && url) return replacePage(url)
    if (await isShown(answer)) return
  } catch {
    byId('toasts').replaceChildren(unheard())
    return button?.removeAttribute('aria-busy')
  }
  sendPlainly(form, button)
}

/* A sheet has a place of its own in the history, above its page. */
function leaveSheet(next) {
  if (!history.state?.sheet) return next()
  addEventListener('popstate', next, { once: true })
  history.back()
}

/* The same address with another fragment would not be loaded anew. */
function replacePage(url) {
  document.dispatchEvent(new Event('changed'))
  const { pathname, search, hash } = new URL(url, location.href)
  if (pathname + search !== location.pathname + location.search) return location.replace(url)
  history.replaceState(null, '', pathname + search + hash)
  location.reload()
}

/* The page with what was typed and why it was refused, or with a preview. */
async function isShown(answer) {
  if (![200, 409, 422].includes(answer.status)) return false
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
  if (!PLACES.every((id) => page.getElementById(id))) return false
  for (const id of PLACES) put(byId(id), page.getElementById(id))
  const first = document.querySelector('#content :is([aria-invalid], [role=alert], .field-error)')
  first?.scrollIntoView({ block: 'center' })
  if (first instanceof HTMLInputElement) first.focus({ preventScroll: true })
  return true
}

function put(old, fresh) {
  old.replaceWith(fresh)
  window.htmx?.process(fresh)
  const detail = { ctx: { sourceElement: fresh } }
  document.dispatchEvent(new CustomEvent('htmx:after:swap', { detail }))
}

function unheard() {
  const words = document.createElement('p')
  words.className = 'toast'
  words.setAttribute('role', 'alert')
  words.textContent = byId('quiet-line').dataset.unheard ?? ''
  return words
}

function sendPlainly(form, button) {
  if (button?.name) {
    const field = Object.assign(document.createElement('input'), { type: 'hidden' })
    form.append(Object.assign(field, { name: button.name, value: button.value }))
  }
  if (button?.hasAttribute('formaction')) form.action = button.formAction
  HTMLFormElement.prototype.submit.call(form)
}
