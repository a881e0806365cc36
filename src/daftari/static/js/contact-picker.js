// Fills a new customer from the phone's own contacts, where the browser lets a page ask for one (Contact
// Picker API: Chrome on Android).

import { targetOf } from './dom.js'

/** @type {any} */
const { contacts } = navigator

/** Shows the button where it can do something. */
export function offerContacts() {
  for (const button of document.querySelectorAll('[data-from-contacts]'))
    button.toggleAttribute('hidden', !contacts?.select)
}

/** Types a contact into the form of a customer.
 * @param {HTMLFormElement} form
 * @param {{name?: string, phone?: string}} contact */
export function fillContact(form, contact) {
  for (const [name, value] of Object.entries(contact)) {
    const field = form.elements.namedItem(name)
    if (!value || !(field instanceof HTMLInputElement)) continue
    field.value = value.slice(0, field.maxLength)
    field.dispatchEvent(new Event('input', { bubbles: true }))
  }
}

/* Nobody chosen: what is typed stays. */
async function pick(form) {
  const [chosen] = await contacts.select(['name', 'tel'])
  if (chosen) fillContact(form, { name: chosen.name?.[0], phone: chosen.tel?.[0] })
}

document.addEventListener('click', (event) => {
  const button = targetOf(event).closest('[data-from-contacts]')
  if (button instanceof HTMLButtonElement) pick(button.form)
})
document.addEventListener('htmx:after:swap', offerContacts)
offerContacts()
