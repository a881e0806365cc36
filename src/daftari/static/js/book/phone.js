// The page of this phone in the offline book. The key to lock it anew comes only from the server.

import { cloneOf, one } from '../dom.js'
import { showPhone } from '../phone-page.js'
import { template } from './fragments.js'

export function drawPhone(book) {
  const root = cloneOf(template('phone-page'))
  one(root, '[data-when=unlockable]').remove()
  showPhone(root, book)
  return root
}
