// Fragments of the shell, cloned: the server drew each once with a placeholder in it, and what is
// placeholder (digits, days, names, the shop's address) is replaced by what this phone holds.

import { formatAmount } from '../amount.js'
import { byId, cloneOf } from '../dom.js'
import { shortDay } from '../entry-row.js'
import { element, filled, ltr } from '../phrase.js'

const PLACEHOLDER_DAY = '2026-11-25'
const PLACEHOLDER_HOME = '/s/-'
// Of each form of the plural the count that stands for it in the shell.
const COUNTS = { one: 1, two: 2, few: 3, many: 11, other: 100 }
const { lang } = document.documentElement
const plurals = new Intl.PluralRules(lang)
// Made once: a formatter takes longer to make than all the rest of a row.
const weekdays = new Intl.DateTimeFormat(lang, { weekday: 'long', timeZone: 'UTC' })

/** The template that the shell holds under this name.
 * @returns {HTMLTemplateElement} */
export const template = (name) => byId(`part-${name}`)

/** What is in it. */
export const placeholder = (name) => template(name).content

/** A fresh copy of it. */
export function part(name, { home }) {
  return atHome(cloneOf(template(name)), home)
}

/** Every address of the placeholder shop becomes one of this shop. */
export function atHome(made, home) {
  for (const place of made.querySelectorAll(
    `[href^="${PLACEHOLDER_HOME}/"], [action^="${PLACEHOLDER_HOME}/"]`
  )) {
    const name = place.hasAttribute('href') ? 'href' : 'action'
    place.setAttribute(name, home + place.getAttribute(name).slice(PLACEHOLDER_HOME.length))
  }
  return made
}

/** Which placeholder stands for this count. */
export const countKey = (count) => COUNTS[plurals.select(count)] ?? COUNTS.other

/** Puts a count and a day into a sentence that was written for the placeholder. */
/** @param {Element} sentence
 * @param {{count?: number, day?: Day}} values
 * @param {Context} context */
export function fillIn(sentence, { count, day }, context) {
  const texts = document.createTreeWalker(sentence, NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) {
    const text = /** @type {Text} */ (texts.currentNode)
    if (text.parentElement?.dir === 'ltr') text.data = shortDay(day, context).textContent
    else text.data = refilled(text.data, count, day, context)
  }
}

function refilled(text, count, day, context) {
  const counted = count === undefined ? text : text.replace(/[0-9]+/, number(count, context))
  return day ? counted.replace(weekday(PLACEHOLDER_DAY), weekday(day)) : counted
}

/** «الأربعاء» */
export const weekday = (day) => weekdays.format(Date.parse(`${day}T00:00Z`))

/** An amount in minor units, as text. */
export function money(minor, currency, { shop, units }) {
  return formatAmount(Math.abs(minor), units[currency].at(-1), shop.digits, shop.notation)
}

export const number = (count, { shop }) => formatAmount(count, 0, shop.digits, shop.notation)

/** The same with its sign, in its left-to-right island. */
export function signed(minor, currency, context) {
  return ltr((minor < 0 ? '-' : '') + money(minor, currency, context), 'money')
}

export const lengthOf = (text) =>
  text.length > 10 ? 'very-long' : text.length > 9 ? 'long' : 'short'

export const sideOf = (balance) => (balance > 0 ? 'owes' : balance < 0 ? 'owed' : '')

/** Balances in the order of the pages: the shop's own currency first, others where open.
 * @returns {[string, number][]} */
export function balancesOf({ balances = {} }, { shop: { currency } }) {
  const others = Object.entries(balances).filter(([code, minor]) => code !== currency && minor)
  return [[currency, balances[currency] ?? 0], ...others]
}

/** What the server's Jinja joins by a point. */
export function joined(...pieces) {
  return pieces.filter(Boolean).flatMap((piece, at) => (at ? [' · ', piece] : [piece]))
}

/** The currency after an amount. */
export function unitOf(currency, { units }) {
  const unit = element('span', units[currency][0])
  unit.className = 'unit'
  return unit
}

/** An entry that was kept a moment ago, and the way to take it back. */
export function storedToast({ id, kind, amount_minor: minor, currency }, context) {
  const made = part('kept', context)
  const values = {
    kind: context.words.kinds[kind],
    amount: element(
      'span',
      ltr(money(minor, currency, context), 'money'),
      ' ',
      unitOf(currency, context)
    )
  }
  const words = made.querySelector('.toast-words')
  words.replaceChildren(...filled(words.textContent, values))
  made.querySelector('[data-action]').dataset.item = id
  return made
}
