// Named days beside a date: pressing one fills the date in, and a date typed by hand is marked by
// its name, if it has one.

import { targetOf } from './dom.js'

document.addEventListener('change', (event) => {
  /** @type {HTMLInputElement} */
  const target = targetOf(event)
  const box = target.closest?.('[data-days]')
  if (!box) return
  if (target.type === 'radio') fill(box.querySelector('[type=date]'), target.value)
  else if (target.type === 'date') mark(box, target.value)
})

/* Said aloud once it is filled in: whoever follows the form has heard of the name, not of the day. */
function fill(date, day) {
  date.value = day
  date.dispatchEvent(new Event('change', { bubbles: true }))
}

function mark(box, day) {
  for (const named of box.querySelectorAll('[type=radio]')) named.checked = named.value === day
}
