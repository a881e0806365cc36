// The line above a list: how many it holds, and what it comes to.

import { one } from '../dom.js'
import { countKey, fillIn, money } from './fragments.js'

/** `hits`: as `People.hits` answers; without them the line is empty and keeps its height. */
export function drawHits(placeholder, context, hits) {
  const made = placeholder.cloneNode()
  if (!hits) return made
  const { sums, ...counts } = hits
  for (const [role, count] of Object.entries(counts)) {
    if (!count) continue
    const said = one(placeholder, `[data-count="${role} ${countKey(count)}"]`).cloneNode(true)
    fillIn(said, { count }, context)
    made.append(said)
  }
  if (context.may('see_totals'))
    made.append(...sums.map((sum) => drawSum(placeholder, sum, context)))
  return made
}

function drawSum(placeholder, [name, amounts], context) {
  const made = one(placeholder, `[data-sum=${name}]`).cloneNode(true)
  const [own, foreign] = made.querySelectorAll('b')
  const drawn = amounts.map(([currency, minor]) => {
    const isForeign = currency !== context.shop.currency
    const amount = (isForeign ? foreign : own).cloneNode(true)
    one(amount, '.money').textContent = money(minor, currency, context)
    if (isForeign) one(amount, '.unit').textContent = context.units[currency][0]
    return amount
  })
  own.replaceWith(...drawn.flatMap((amount, at) => (at ? [' ', amount] : [amount])))
  foreign.remove()
  return made
}
