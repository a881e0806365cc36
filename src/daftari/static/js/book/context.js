// The context that everything of the book is drawn in.

import { byId } from '../dom.js'
import { civil, wordsOf } from '../entry-row.js'

/** How this shop speaks, and what this person may do in it. */
export function contextOf({ shop, person, people }, home) {
  const words = wordsOf(byId('blank-line'))
  return {
    shop,
    home,
    people,
    words,
    says: byId('says').dataset,
    sides: words.sides,
    units: words.units,
    person: person.id,
    today: civil(new Date(), shop),
    may: (permission) => shop.may.includes(permission)
  }
}
