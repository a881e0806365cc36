// The search of the offline book: who is found, by what, and who of them comes first.
// Twin of src/daftari/ledger/store/search.py.

import { excerpt, fold, searchWords, spelled } from './fold.js'
import { sound, soundOfWord } from './latin.js'

const SHORTEST = 2 // letters of a word that is looked for in notes
const AT_ONCE = 100
const noted = new WeakMap()

/** Each who fits, with what tells the text he was found by if it is not his name: whoever is called exactly so,
 * or whose number ends so, then by a part of a name, then by notes. `ordered`: as `asText` makes it. */
export function* search(q, ordered, fits) {
  const words = searchWords(q).map((word) => [word, soundOfWord(word)].filter(Boolean))
  const isNamed = ({ key }, forms) => forms.some((form) => key.includes(form))
  const shown = new Set()
  for (const wanted of rankedFormsOf(q, words))
    for (const one of having(wanted, ordered)) {
      if (shown.has(one) || !fits(one) || !words.every((word) => isNamed(one, word))) continue
      shown.add(one)
      yield [one]
    }
  for (const one of words.some(([word]) => isLookedUp(word)) ? ordered.ones : []) {
    const texts = textsOf(one.customer)
    if (!texts.length || shown.has(one) || !fits(one)) continue
    const lacking = words.filter((word) => !isNamed(one, word)).map(([word]) => word)
    if (lacking.every((other) => isLookedUp(other) && texts.some(({ key }) => key.includes(other))))
      yield [one, () => excerpt(best(texts, lacking), lacking)]
  }
}

/* What is looked for, in this order: the whole name, a whole nickname, the end of a number, a part.
 * Each as it is written, and as it sounds to who types Latin letters. */
function rankedFormsOf(q, words) {
  if (!words.length) return [['']]
  const name = fold(q)
  const sounds = /[a-z]/.test(name) && sound(spelled(q))
  const digits = name.replace(/[ ()+./-]/g, '').replace(/^0+/, '')
  return [
    [`\n\t${name}\t`],
    [`\t${name}\t`, sounds && `\t${sounds}\t`].filter(Boolean),
    /^[0-9]+$/.test(digits) && [`${digits}\t\r`],
    words[0]
  ].filter(Boolean)
}

const isLookedUp = (word) => [...word].length >= SHORTEST

/** Reads what is written about these customers while the phone has nothing else to do: else the first
 * key of a search waits for it. */
export function readAhead(customers, from = 0) {
  const whenIdle = globalThis.requestIdleCallback ?? setTimeout
  whenIdle(() => {
    for (const customer of customers.slice(from, from + AT_ONCE)) textsOf(customer)
    if (from + AT_ONCE < customers.length) readAhead(customers, from + AT_ONCE)
  })
}

/* What is written about somebody and in his entries, the newest first. */
function textsOf(customer) {
  if (!noted.has(customer)) noted.set(customer, readTexts(customer))
  return noted.get(customer)
}

function readTexts({ note, lines = [] }) {
  return [note, ...lines.map(({ note, taker, paid_by }) => joined([note, taker, paid_by]))]
    .filter(Boolean)
    .map((text) => ({ text, key: spelled(text) }))
}

const joined = (texts) => texts.filter(Boolean).join('\n')

/* The first with most of the words. */
function best(texts, words) {
  const count = ({ key }) => words.filter((word) => key.includes(word)).length
  return texts.reduce((one, other) => (count(other) > count(one) ? other : one)).text
}

const holds = (key, form) => `\t${key}\t`.includes(form)

/** All keys in one text: a browser looks through that much faster than through a list of them. */
export function asText(ones) {
  let end = 0
  const ends = ones.map(({ key }) => (end += key.length + 4))
  return { ones, ends, text: ones.map(({ key }) => `\n\t${key}\t\r`).join('') }
}

/* Those whose key has one of the forms, in their order. */
function* having([word, other], { ones, ends, text }) {
  if (other) return yield* ones.filter(({ key }) => holds(key, word) || holds(key, other))
  let place = 0
  for (
    let at = text.indexOf(word);
    at >= 0 && at < text.length;
    at = text.indexOf(word, ends[place++])
  ) {
    while (ends[place] <= at) place++
    yield ones[place]
  }
}
