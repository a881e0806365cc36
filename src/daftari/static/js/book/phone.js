// The phone's page, as the shop has it online. The key to lock the book anew comes from the server.

import { showPhone } from '../phone-page.js'
import { specimen } from './parts.js'

export function drawPhone(book) {
  const root = document.importNode(specimen('phone-page').firstElementChild, true)
  root.querySelector('[data-when=unlockable]').remove()
  showPhone(root, book)
  return root
}
