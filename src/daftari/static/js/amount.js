// Amounts as people type and read them. Twin of src/daftari/kernel/money.py.
// Both answer to tests/cases/amounts.json; the rules and their reasons are told there.

/** @type {Notation} */
export const POINT = Object.freeze({ group: ',', decimal: '.' })
/** @type {Notation} */
export const COMMA = Object.freeze({ group: '.', decimal: ',' })
export const LARGEST_AMOUNT = 10 ** 15 - 1

/** Why an amount was refused: a stable `reason`, and the values its sentence needs. */
export class AmountRefused extends Error {
  constructor(reason, params = {}) {
    super(reason)
    this.reason = reason
    this.params = params
  }
}

const AROUND = /[\t\n\v\f\r \u00a0\u202f\u3000\ufeff\u2000-\u200f\u2028-\u202e\u2060-\u2069\u061c]/
const MINUS = /[-\u2010-\u2015\u2212\ufe63\uff0d]/g
const MADE_OF_AMOUNT =
  /^[-\u2010-\u2015\u2212\ufe63\uff0d]?[0-9٠-٩۰-۹.,٬٫،]+[-\u2010-\u2015\u2212\ufe63\uff0d]?$/
const SCRIPTS = [/[0-9]/, /[٠-٩]/, /[۰-۹]/]
const ONE_GROUP_OF_THREE = /^[1-9][0-9]{0,2}[.,][0-9]{3}$/
const BLANKS = ' \u00a0\u202f'
const BLANK_BETWEEN = new RegExp(`([0-9٠-٩۰-۹])[${BLANKS}](?=[0-9٠-٩۰-۹])`, 'g')

const shapeOf = (groups, decimal) => {
  const grouped = groups.map((group) => `[1-9][0-9]{0,2}(?:[${group}][0-9]{3})+|`).join('')
  return new RegExp(`^(?=.*[0-9])(${grouped}[0-9]*)(?:[${decimal}٫]([0-9]*))?$`)
}
const SHAPES = { '.': shapeOf([',', '٬'], '.'), ',': shapeOf(['.', '٬'], ',') }
const WITH_BLANKS = { '.': shapeOf([',', '٬', BLANKS], '.'), ',': shapeOf(['.', '٬', BLANKS], ',') }

const shapeIn = ({ decimal, blanks }) => (blanks ? WITH_BLANKS : SHAPES)[decimal]

/** The notation that a form has in its data attributes.
 * @returns {Notation} */
export const notationOf = ({ dataset: { group, decimal, blanks } }) => ({
  group,
  decimal,
  blanks: blanks !== undefined
})

/** The amount a person typed, in minor units. Throws AmountRefused. */
export function parseAmount(text, decimals, notation = POINT) {
  const typed = charactersOf(text)
  const [, whole, part = ''] = matchedIn(typed, decimals, notation)
  if (part.length > decimals) throw new AmountRefused('amount_too_many_decimals', { decimals })
  return withinLimits(whole.replace(/[^0-9]/g, '') + part.padEnd(decimals, '0'))
}

/** The digits before and after the decimal separator of a number that is no amount. Throws
 * AmountRefused.
 * @returns {[string, string]} */
export function readDecimal(text, notation) {
  const typed = charactersOf(text)
  const matched = shapeIn(notation).exec(typed)
  if (!matched) refuseSeparators(typed, notation)
  const [, whole, part = ''] = matched
  return [whole.replace(/[^0-9]/g, ''), part]
}

/* Whole part and decimals, where only one reading is likely. */
function matchedIn(typed, decimals, notation) {
  const matched = shapeIn(notation).exec(typed)
  if (!matched || readsBothWays(typed, decimals, notation)) refuseSeparators(typed, notation)
  return matched
}

/** What was typed as a plain number, '1250.75', whatever its size; '' for nothing, null where it cannot
 * be told: it may still be on its way ('1,2' to '1,250'), or wrong. */
export function plainOf(text, decimals, notation) {
  if (!trimmed(text)) return ''
  try {
    const [, whole, part] = matchedIn(charactersOf(text), decimals, notation)
    return whole.replace(/[^0-9]/g, '') + (part === undefined ? '' : `.${part}`)
  } catch {
    return null
  }
}

function charactersOf(text) {
  const typed = trimmed(text)
  if (!typed) throw new AmountRefused('amount_missing')
  if (!MADE_OF_AMOUNT.test(typed.replace(BLANK_BETWEEN, '$1')))
    throw new AmountRefused('amount_not_a_number')
  const kinds = SCRIPTS.filter((script) => script.test(typed)).length
  if (kinds > 1) throw new AmountRefused('amount_mixed_digits')
  if (kinds === 0) throw new AmountRefused('amount_not_a_number')
  if (typed.replace(MINUS, '') !== typed) throw new AmountRefused('amount_negative')
  return toLatin(typed)
}

/** Without blanks and direction marks around it. */
export function trimmed(text) {
  let start = 0
  let end = text.length
  while (start < end && AROUND.test(text[start])) start += 1
  while (end > start && AROUND.test(text[end - 1])) end -= 1
  return text.slice(start, end)
}

function toLatin(text) {
  return text.replace(/[٠-٩۰-۹]/g, (digit) => String(digit.charCodeAt(0) & 15))
}

function readsBothWays(typed, decimals, notation) {
  const likely = decimals === 3 ? notation.decimal : notation.group
  return ONE_GROUP_OF_THREE.test(typed) && !typed.includes(likely)
}

function refuseSeparators(typed, notation) {
  const { group, decimal } = notation
  const asComma = [typed.replaceAll('،', group), typed.replaceAll('،', decimal)]
  const shaped = asComma.some((reading) =>
    [decimal, group].some((one) => shapeIn({ ...notation, decimal: one }).test(reading))
  )
  if (!shaped) throw new AmountRefused('amount_not_a_number')
  throw new AmountRefused('amount_ambiguous_separator', { group, decimal })
}

function withinLimits(digits) {
  const significant = digits.replace(/^0+/, '')
  if (!significant) throw new AmountRefused('amount_zero')
  if (significant.length > String(LARGEST_AMOUNT).length)
    throw new AmountRefused('amount_too_large')
  return Number(significant)
}

/** Minor units as people read them: grouped, with the currency's decimals, sign in front. */
export function formatAmount(minor, decimals, digits = 'latn', notation = POINT) {
  const padded = String(Math.abs(minor)).padStart(decimals + 1, '0')
  const whole = padded.slice(0, padded.length - decimals)
  const part = padded.slice(padded.length - decimals)
  const { group, decimal } = digits === 'arab' ? { group: '٬', decimal: '٫' } : notation
  const grouped = whole.replace(/\B(?=(?:[0-9]{3})+$)/g, group)
  const text = (minor < 0 ? '-' : '') + grouped + (decimals ? decimal + part : '')
  return digits === 'arab' ? toArabic(text) : text
}

function toArabic(text) {
  return text.replace(/[0-9]/g, (digit) => '٠١٢٣٤٥٦٧٨٩'[digit])
}

/**
 * The total of what the keypad holds, `120+35-5`: `{minor, terms}`, terms being signed minor units.
 * Each term is an amount of its own; an operator at the end still waits for its term and counts
 * for nothing. Throws AmountRefused, also when nothing is left over.
 */
export function evaluateSum(text, decimals, notation = POINT) {
  const [first, ...rest] = trimmed(text)
    .replace(/[+\-\u2212]$/, '')
    .split(/([+\-\u2212])/)
  if (rest.length && !first)
    throw new AmountRefused(rest[0] === '+' ? 'amount_not_a_number' : 'amount_negative')
  const terms = [parseAmount(first, decimals, notation)]
  for (let at = 0; at < rest.length; at += 2) {
    const minor = laterTerm(rest[at + 1], decimals, notation)
    terms.push(rest[at] === '+' ? minor : -minor)
  }
  return { minor: total(terms), terms }
}

function laterTerm(piece, decimals, notation) {
  if (!trimmed(piece)) throw new AmountRefused('amount_not_a_number')
  return parseAmount(piece, decimals, notation)
}

function total(terms) {
  let sum = 0
  for (const term of terms) {
    sum += term
    if (sum > LARGEST_AMOUNT) throw new AmountRefused('amount_too_large')
  }
  if (sum === 0) throw new AmountRefused('amount_zero')
  if (sum < 0) throw new AmountRefused('amount_negative')
  return sum
}

/** What a reader answers; null for what is refused. */
export function orNull(read) {
  try {
    return read()
  } catch {
    return null
  }
}
