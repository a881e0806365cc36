// Parts around the views of the offline book.

import { element } from '../phrase.js'
import { part } from './fragments.js'

/** The same field goes on in the new view, its caret where it was. */
export function goOnTyping(field) {
  document.querySelector('.search [name=q]')?.replaceWith(field)
  field.focus()
}

/** The bar above a page, with its title and the way back. */
export function topOf(title, context) {
  const top = part('top', context)
  top.querySelector('h1 bdi').textContent = title
  return top
}

/** Content in the frame of a page. */
export function boxed(content) {
  const inner = element('div', content)
  inner.className = 'part'
  const outer = element('div', inner)
  outer.className = 'page'
  return outer
}
