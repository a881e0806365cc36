// What the keypad holds: latin digits, '.', and signs between terms, such as '120+35.5-5'.

const SIGNS = '+-'
const LONGEST_TERM = 15

/** What is held after one more key: a digit, '00', 'decimal', '+', '-', or 'erase'. */
export function press(held, key, decimals) {
  if (key === 'erase') return held.slice(0, -1)
  if (SIGNS.includes(key)) return withSign(held, key)
  if (key === 'decimal') return withPoint(held)
  return [...key].reduce((so_far, digit) => withDigit(so_far, digit, decimals), held)
}

/** The key that a key of a real keyboard stands for, in any script of digits; '' for none. */
export function keyOf(pressed, decimal) {
  if (/^[0-9]$/.test(pressed)) return pressed
  if (/^[٠-٩۰-۹]$/.test(pressed)) return String(pressed.charCodeAt(0) & 15)
  if (pressed === decimal || pressed === '٫' || pressed === 'Decimal') return 'decimal'
  if (pressed === '−') return '-'
  return { '+': '+', '-': '-', '=': '=', Backspace: 'erase' }[pressed] ?? ''
}

/** What was typed or pasted, as the keypad would hold it; null where it could not: it may still be
 * on its way ('1,2' to '1,250'), or wrong, and only the whole text can tell. */
export function heldOf(typed, { group, decimal }) {
  const latin = typed.replace(/[٠-٩۰-۹]/g, (digit) => String(digit.charCodeAt(0) & 15))
  const terms = latin
    .replace(/\s/g, '')
    .replaceAll('−', '-')
    .split(/([+-])/)
  const shape = new RegExp(
    `^(?:[1-9][0-9]{0,2}(?:[${group}٬][0-9]{3})+|[0-9]*)(?:[${decimal}٫][0-9]*)?$`
  )
  if (!terms.every((term) => SIGNS.includes(term) || shape.test(term))) return null
  return terms
    .join('')
    .replaceAll('٬', '')
    .replaceAll(group, '')
    .replaceAll('٫', '.')
    .replaceAll(decimal, '.')
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
  if (!/[0-9]/.test(lastTerm(held)))
    return held && SIGNS.includes(held.at(-1)) ? held.slice(0, -1) + sign : held
  return held.replace(/\.$/, '') + sign
}

/* Kept also where the currency has no decimals: dropped, it would make 50050 of 500.50. */
function withPoint(held) {
  const term = lastTerm(held)
  if (term.includes('.')) return held
  return held + (term ? '.' : '0.')
}

function withDigit(held, digit, decimals) {
  const term = lastTerm(held)
  const [whole, part] = term.split('.')
  if (part !== undefined && part.length >= decimals) return held
  if (part === undefined && whole.length >= LONGEST_TERM - decimals) return held
  if (term === '0') return held.slice(0, -1) + digit
  return held + digit
}

function lastTerm(held) {
  return held.split(/[+-]/).at(-1)
}
