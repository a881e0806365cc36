// Shows refusals in a form: beside the field, with the sentence of the reason; nothing typed is
// lost.

import { formatAmount } from './amount.js'
import { cloneOf, one } from './dom.js'

/** `reasons`: {field: {name, params}} of what the page has a sentence for, or {name, words}. */
export function showRefusals(form, reasons) {
  clearRefusals(form)
  for (const [field, reason] of Object.entries(reasons)) {
    const control = form.elements[field]
    if (control?.closest) refuseField(form, control, reason)
    else refuseForm(form, reason)
  }
  form.querySelector('[aria-invalid]')?.focus()
}

export function clearRefusals(form) {
  for (const line of form.querySelectorAll(':is(p, div)[data-error]')) line.remove()
  for (const control of form.querySelectorAll('[aria-invalid]')) {
    control.removeAttribute('aria-invalid')
    control.removeAttribute('aria-describedby')
  }
}

function refuseField(form, control, reason) {
  const line = cloned(form, '[data-refusal=""]', reason)
  const box = control.closest('.field, .amount-field, .choices')
  line.id = `${control.id}-error`
  control.setAttribute('aria-invalid', 'true')
  control.setAttribute('aria-describedby', line.id)
  control.closest('[data-for]')?.removeAttribute('hidden')
  control.closest('details')?.setAttribute('open', '')
  const words = box.querySelector('.amount-words')
  if (words) words.before(line)
  else box.append(line)
}

function refuseForm(form, reason) {
  const notice = cloned(form, '[data-refusal=form]', reason)
  const head = form.querySelector('.sheet-head')
  if (head) head.after(notice)
  else form.prepend(notice)
  notice.scrollIntoView({ block: 'nearest' })
}

function cloned(form, which, { name, params, words }) {
  const line = cloneOf(form.querySelector(which))
  line.dataset.error = name
  one(line, 'span, div').textContent = words ?? sentenceOf(form, name, params)
  return line
}

function sentenceOf({ dataset }, name, params) {
  const asText = ([key, value]) => [
    key,
    typeof value === 'number' ? formatAmount(value, 0, dataset.digits) : value
  ]
  const values = Object.fromEntries(Object.entries(params).map(asText))
  return JSON.parse(dataset.reasons)[name].replace(/\{(\w+)\}/g, (_, key) => values[key])
}
