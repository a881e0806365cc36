// The optional fields of the entry sheet: each behind a chip, shown when it is wanted or holds
// something, and only with the kinds of entry it belongs to.

export function bindOptionalFields(form) {
  const box = form.querySelector('[data-parts]')
  const chips = form.querySelector('[data-chips]')
  box.open = true
  box.querySelector('summary').hidden = true
  chips.hidden = false
  for (const field of fieldsOf(form)) field.hidden = !isFilled(field)
  chips.addEventListener('click', (event) => toggle(form, event.target.closest('[data-part]')))
  form.addEventListener('change', () => fit(form))
  form.addEventListener('submit', () => fitEncoding(form), true)
  form.addEventListener('focusin', (event) => yieldToKeyboard(form, event.target))
  form.querySelector('.amount-field').addEventListener('click', () => form.elements.amount.focus())
  form.elements.photo.addEventListener('click', () => import('./photo.js'), { once: true })
  fit(form)
}

function fieldsOf(form) {
  return form.querySelectorAll('[data-for]')
}

function fieldOf(form, chip) {
  return form.querySelector(`[data-for="${chip.dataset.part}"]`)
}

function isFilled(field) {
  if (field.querySelector('[aria-invalid], .field-error')) return true
  if (field.querySelector('[type=radio][name=kind]:checked')) return true
  const controls = [...field.querySelectorAll('input:not([type=radio], [type=hidden]), select')]
  return controls.some((one) => (one.matches('select') ? one.selectedIndex > 0 : one.value))
}

function toggle(form, chip) {
  if (!chip) return
  const field = fieldOf(form, chip)
  field.hidden = !field.hidden
  fit(form)
  if (chip.dataset.part === 'goods') return makeRoom(form, field)
  if (!field.hidden) begin(field.querySelector('input, select'))
}

/* What is sold often is tapped: no keyboard is in its way, and not ours either. */
function makeRoom(form, field) {
  form.classList.toggle('is-writing', !field.hidden)
  field.scrollIntoView({ block: 'nearest' })
}

/* A photo is chosen where the phone keeps them, or taken. */
function begin(control) {
  control.focus()
  if (control.type === 'file') control.click()
}

/* The plain page sends every form in parts, for the one that has a photo; that is read for longer. */
function fitEncoding(form) {
  const hasFile = Boolean(form.elements.photo.files.length)
  form.enctype = hasFile ? 'multipart/form-data' : 'application/x-www-form-urlencoded'
}

/* Fields that do not go with the chosen kind are neither shown nor sent. */
function fit(form) {
  const kind = form.querySelector('[name=kind]:checked')?.value
  for (const place of form.querySelectorAll('[data-of]')) {
    const fits = place.dataset.of.split(' ').includes(kind)
    if (place.matches('.chip')) place.hidden = !fits
    else setFitting(place, fits)
  }
  for (const chip of form.querySelectorAll('.chip[data-part]')) describe(chip, fieldOf(form, chip))
}

function setFitting(place, fits) {
  place.classList.toggle('is-out', !fits)
  for (const control of place.querySelectorAll('input, select')) control.disabled = !fits
}

function describe(chip, field) {
  chip.setAttribute('aria-expanded', String(!field.hidden))
  chip.toggleAttribute('data-filled', isFilled(field))
}

/* The phone's own keyboard needs the room; our keys come back with the amount. */
function yieldToKeyboard(form, target) {
  if (target === form.elements.amount) form.classList.remove('is-writing')
  else if (target.matches('input[type=text], textarea')) form.classList.add('is-writing')
}
