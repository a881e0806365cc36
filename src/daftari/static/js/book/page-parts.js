// Parts around the views of the offline book.

import { renewIds, typeAgain } from '../form-to-item.js'
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

/** What was not taken is typed in again, to be put right; in place of what stands differently in the
 * book comes something new. */
export async function fillAgain(form, book) {
  const id = /^#again-(.+)$/.exec(location.hash)?.[1]
  const item = id && (await book.items()).find((one) => one.id === id)
  if (!item) return
  typeAgain(form, item)
  if (item.state !== 'conflict') return
  renewIds(form)
  form.dataset.instead = id
}
