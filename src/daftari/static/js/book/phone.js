// The page of this phone in the offline book. The key to lock it anew comes only from the server.

import { showPhone } from '../phone-page.js'
import { placeholder } from './fragments.js'

export function drawPhone(book) {
  const root = document.importNode(placeholder('phone-page').firstElementChild, true)
  root.querySelector('[data-when=unlockable]').remove()
  showPhone(root, book)
  return root
}
