// What the keypad holds: latin digits, '.', and signs between terms, such as '120+35.5-5'. Nothing that
// was keyed is left out: what is no amount is refused with its reason, as where it was typed.

import { plainOf } from './amount.js'

const SIGNS = '+-'
const SEPARATORS = '.,٬،'

/** What is held after one more key: a digit, '00', 'decimal', '+', '-', or 'erase'. */
export function press(held, key) {
  if (key === 'erase') return held.slice(0, -1)
  if (SIGNS.includes(key)) return withSign(held, key)
  if (key === 'decimal') return held + (lastTerm(held) ? '.' : '0.')
  return [...key].reduce(withDigit, held)
}

/** The key that a key of a real keyboard stands for, in any script of digits; '' for none. A separator
 * that is not the shop's decimal stands for itself. */
export function keyOf(pressed, decimal) {
  if (/^[0-9]$/.test(pressed)) return pressed
  if (/^[٠-٩۰-۹]$/.test(pressed)) return String(pressed.charCodeAt(0) & 15)
  if (pressed === decimal || pressed === '٫' || pressed === 'Decimal') return 'decimal'
  if (isSeparator(pressed)) return pressed
  if (pressed === '−') return '-'
  return { '+': '+', '-': '-', '=': '=', Backspace: 'erase' }[pressed] ?? ''
}

/** Whether it separates digits: thousands, or decimals in another notation. */
export const isSeparator = (key) => key.length === 1 && SEPARATORS.includes(key)

/** What was typed or pasted, as the keypad would hold it; null where it could not, and only the whole
 * text can tell. */
export function heldOf(typed, notation, decimals) {
  if (/\S\s+$/.test(typed)) return null
  const terms = typed.replaceAll('−', '-').split(/([+-])/)
  const held = terms.map((term) =>
    SIGNS.includes(term) && term ? term : plainOf(term, decimals, notation)
  )
  return held.includes(null) ? null : held.join('')
}

/** What is held as people read it: grouped, in the shop's digits and notation. */
export function shownOf(held, notation, digits) {
  const isArabic = digits === 'arab'
  const { group, decimal } = isArabic ? { group: '٬', decimal: '٫' } : notation
  const grouped = (run) =>
    run[0] === '.' ? decimal + run.slice(1) : run.replace(/\B(?=(?:[0-9]{3})+$)/g, group)
  const shown = held.replace(/\.?[0-9]+|\./g, grouped).replaceAll('-', '−')
  return isArabic ? shown.replace(/[0-9]/g, (digit) => '٠١٢٣٤٥٦٧٨٩'[digit]) : shown
}

/** Whether it is a sum of several terms. */
export function isSum(held) {
  return /[+-]/.test(held)
}

function withSign(held, sign) {
  return (held && SIGNS.includes(held.at(-1)) ? held.slice(0, -1) : held.replace(/\.$/, '')) + sign
}

function withDigit(held, digit) {
  return lastTerm(held) === '0' ? held.slice(0, -1) + digit : held + digit
}

function lastTerm(held) {
  return held.split(/[+-]/).at(-1)
}
