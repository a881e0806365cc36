// Words of the page with values in them.

import { formatAmount } from './amount.js'

export function element(tag, ...content) {
  const made = document.createElement(tag)
  made.append(...content)
  return made
}

/** 'Write {amount} on {name}' as nodes, the values in their places. */
export function filled(sentence, values) {
  return sentence.split(/\{(\w+)\}/).map((piece, at) => (at % 2 ? values[piece] : piece))
}

/** What is read from its first sign on: an amount, a day, a phone number. */
export function ltr(text, look = '') {
  const made = element('bdi', text)
  made.dir = 'ltr'
  made.className = look
  return made
}

/** @type {Intl.PluralRules | undefined} */
let rules

/** «٣ قيود»: the form of `plurals` that fits the count, in the shop's digits. */
export function counted(plurals, count, { digits, notation }) {
  rules ??= new Intl.PluralRules(document.documentElement.lang)
  const form = plurals[rules.select(count)] ?? plurals.other
  return form.replace('{num}', formatAmount(count, 0, digits, notation))
}

/** @type {[Intl.RelativeTimeFormatUnit, number][]} */
const STEPS = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60]
]

/** «قبل ساعتين»: how long ago a moment was, in the reader's language and the shop's digits. */
export function ago(at, { digits }) {
  const seconds = (Date.now() - Date.parse(at)) / 1000
  const [unit, size] = STEPS.find(([, size]) => seconds >= size) ?? ['minute', 60]
  const speech = new Intl.RelativeTimeFormat(`${document.documentElement.lang}-u-nu-${digits}`, {
    numeric: 'auto'
  })
  return speech.format(-Math.floor(seconds / size), unit)
}
