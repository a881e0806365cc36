// Parts of the shell, cloned: the server drew each once with a specimen in it, and what is specimen
// in them (digits, days, names, the shop's address) gives way to what this phone carries.

import { formatAmount } from '../amount.js'
import { shortDay } from '../line.js'
import { element, filled, ltr } from '../phrase.js'

const SPECIMEN_DAY = '2026-11-25'
const SPECIMEN_HOME = '/s/-'
// Of each form of the plural the count that stands for it in the shell.
const COUNTS = { one: 1, two: 2, few: 3, many: 11, other: 100 }
const { lang } = document.documentElement
const plurals = new Intl.PluralRules(lang)

export const find = (id) => document.getElementById(id)

/** What the shell holds under this name. */
export const specimen = (name) => find(`part-${name}`).content

/** A fresh copy of it. */
export function part(name, { home }) {
  return atHome(document.importNode(specimen(name).firstElementChild, true), home)
}

/** Every address of the specimen shop becomes one of this shop. */
export function atHome(made, home) {
  for (const place of made.querySelectorAll(
    `[href^="${SPECIMEN_HOME}/"], [action^="${SPECIMEN_HOME}/"]`
  )) {
    const name = place.hasAttribute('href') ? 'href' : 'action'
    place.setAttribute(name, home + place.getAttribute(name).slice(SPECIMEN_HOME.length))
  }
  return made
}

/** Which specimen stands for this count. */
export const countKey = (count) => COUNTS[plurals.select(count)] ?? COUNTS.other

/** Puts a count and a day into a sentence that was said of the specimens. */
export function say(sentence, { count, day }, around) {
  const texts = document.createTreeWalker(sentence, NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) {
    const { currentNode: text } = texts
    if (text.parentNode.dir === 'ltr') text.data = shortDay(day, around).textContent
    else text.data = saidAnew(text.data, count, day, around)
  }
}

function saidAnew(text, count, day, around) {
  const counted = count === undefined ? text : text.replace(/[0-9]+/, number(count, around))
  return day ? counted.replace(weekday(SPECIMEN_DAY), weekday(day)) : counted
}

/** «الأربعاء» */
export function weekday(day) {
  return new Date(`${day}T00:00Z`).toLocaleDateString(lang, { weekday: 'long', timeZone: 'UTC' })
}

/** «14 جمادى الآخرة», by Umm al-Qura. */
export function hijri(day, { digits }) {
  const calendar = `${lang}-u-ca-islamic-umalqura-nu-${digits === 'arab' ? 'arab' : 'latn'}`
  return new Date(`${day}T00:00Z`).toLocaleDateString(calendar, {
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC'
  })
}

/** An amount in minor units, as text. */
export function money(minor, currency, { shop, units }) {
  return formatAmount(Math.abs(minor), units[currency].at(-1), shop.digits, shop.notation)
}

export const number = (count, { shop }) => formatAmount(count, 0, shop.digits, shop.notation)

/** The same with its sign, in its left-to-right island. */
export function signed(minor, currency, around) {
  return ltr((minor < 0 ? '-' : '') + money(minor, currency, around), 'money')
}

export const lengthOf = (text) =>
  text.length > 10 ? 'very-long' : text.length > 9 ? 'long' : 'short'

export const sideOf = (balance) => (balance > 0 ? 'owes' : balance < 0 ? 'owed' : '')

/** Balances in the order of the pages: the shop's own currency first, others where open. */
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
export function keptToast({ id, kind, amount_minor: minor, currency }, around) {
  const made = part('kept', around)
  const values = {
    kind: around.words.kinds[kind],
    amount: element(
      'span',
      ltr(money(minor, currency, around), 'money'),
      ' ',
      unitOf(currency, around)
    )
  }
  const words = made.querySelector('.toast-words')
  words.replaceChildren(...filled(words.textContent, values))
  made.querySelector('[data-act]').dataset.item = id
  return made
}
