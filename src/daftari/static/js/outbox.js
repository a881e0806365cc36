// Stores a form of the book (form[data-outbox]) in the outbox on this phone; the drain sends it.
// What the phone can judge is refused at once, beside its field. Where the phone can store nothing,
// the form goes to the server as it would without this module.

import { targetOf } from './dom.js'
import { isTyped, photoOf, readForm, renewIds } from './form-to-item.js'
import { TypedRefused } from './reading.js'
import { clearRefusals, showRefusals } from './refusals.js'

const BUSY_AFTER = 200

/** Takes every form of the page. `bookOf()`: a promise of the open book. The form then sends the event
 * `item-stored`, with {id, book}. */
export function bindForms(bookOf) {
  document.addEventListener(
    'submit',
    (event) => {
      /** @type {HTMLFormElement} */
      const form = targetOf(event)
      if (event.defaultPrevented || !isTyped(form)) return
      event.preventDefault()
      event.stopImmediatePropagation()
      if (form.dataset.keeping === undefined) take(form, event.submitter, bookOf)
    },
    true
  )
}

async function take(form, button, bookOf) {
  form.dataset.keeping = ''
  setTimeout(
    () => 'keeping' in form.dataset && button?.setAttribute('aria-busy', 'true'),
    BUSY_AFTER
  )
  form.dispatchEvent(new Event('complete'))
  try {
    await photoDrawn(form)
    const fields = readForm(form)
    clearRefusals(form)
    if (isPhotoUnread(form))
      throw new TypedRefused({ photo: { name: 'photo_not_a_photo', params: {} } })
    await keep(form, fields, bookOf)
  } catch (error) {
    if (!(error instanceof TypedRefused)) return submitToServer(form, button, error)
    showRefusals(form, error.reasons)
    release(form)
  }
}

/** The form can be sent again. */
export function release(form) {
  delete form.dataset.keeping
  for (const button of form.querySelectorAll('[aria-busy]')) button.removeAttribute('aria-busy')
}

/* The same form again, after it was refused, is the same item; what is empty now says so. */
async function keep(form, { id, ...fields }, bookOf) {
  const book = await bookOf()
  const before = book.known.get(id)
  if (before?.state === 'refused')
    await book.retry(id, { ...emptied(form, before, { id, ...fields }), ...fields })
  else await book.add(form.dataset.outbox, { id, ...fields }, { photo: photoOf(form) })
  if (form.dataset.instead) await book.dismiss(form.dataset.instead)
  form.dispatchEvent(new CustomEvent('item-stored', { bubbles: true, detail: { id, book } }))
}

/* What the item has and the form, which has a field for it, has not any more: '' for text, null for a
 * number, as an empty field means. A correction names only what changes. */
function emptied(form, before, fields) {
  const isGone = ([name, value]) =>
    isFieldOf(form, name) &&
    fields[name] === undefined &&
    (['string', 'number'].includes(typeof value) || Array.isArray(value))
  const isWhole = form.dataset.outbox !== 'correct_entry'
  const asEmpty = ([name, value]) => [name, isWhole && typeof value === 'string' ? '' : null]
  return Object.fromEntries(Object.entries(before).filter(isGone).map(asEmpty))
}

/* An amount is typed in units and kept in minor units. */
const isFieldOf = ({ elements }, name) =>
  elements[name] || elements[TYPED_AS[name] ?? name.replace(/_minor$/, '')]
const TYPED_AS = { goods: 'goods_name_1', paid_minor: 'paid_amount', rate_e8: 'rate' }

/* Whoever is quicker than the drawing waits for it, and for the module that draws. */
async function photoDrawn({ elements: { photo } }) {
  if (!photo?.files.length) return
  const drawer = await import('./photo.js').catch(() => null)
  await drawer?.drawing(photo)
}

/* What this phone cannot draw, the shop cannot read either. */
const isPhotoUnread = ({ elements }) =>
  Boolean(elements.photo?.files.length) && 'unread' in elements.photo.dataset

/* The phone has no room, no key or no store; or the form was sent before, and says something else. */
function submitToServer(form, button, error) {
  release(form)
  if (error.name === 'Conflict') return beginAnew(form)
  form.dataset.outbox = ''
  form.requestSubmit(button)
}

function beginAnew(form) {
  const name = form.dataset.outbox === 'add_customer' ? 'customer_conflict' : 'entry_conflict'
  renewIds(form)
  showRefusals(form, { form: { name, params: {} } })
}
