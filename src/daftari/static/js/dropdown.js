// A dropdown menu closes when something else is clicked, and by Escape.

import { one, targetOf } from './dom.js'

function openMenus() {
  return /** @type {NodeListOf<HTMLDetailsElement>} */ (document.querySelectorAll('.drop[open]'))
}

document.addEventListener('click', (event) => {
  for (const menu of openMenus()) if (!menu.contains(targetOf(event))) menu.open = false
})

document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return
  for (const menu of openMenus()) {
    menu.open = false
    one(menu, 'summary').focus()
  }
})
