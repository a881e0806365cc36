// Hijri dates, by Umm al-Qura and the shop's own shift. Twin of src/daftari/kernel/calendar.py.

import { element } from './phrase.js'

const DAY = 86_400_000

/** «14 جمادى الآخرة» */
export function hijri(day, { digits, hijri_shift: shift = 0 }) {
  const numbers = digits === 'arab' ? 'arab' : 'latn'
  const calendar = `${document.documentElement.lang}-u-ca-islamic-umalqura-nu-${numbers}`
  return new Date(Date.parse(`${day}T00:00Z`) + shift * DAY).toLocaleDateString(calendar, {
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC'
  })
}

/** Beside a day, where the shop has both calendars: nodes, « (14 جمادى الآخرة)». */
export function hijriBeside(day, shop) {
  if (shop.calendar !== 'hijri') return []
  const other = element('span', `(${hijri(day, shop)})`)
  other.className = 'hijri'
  return [' ', other]
}
