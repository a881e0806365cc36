// The search of the offline book: who is found, by what, and who of them comes first.
// Twin of src/daftari/ledger/store/search.py.

import { excerpt, fold, searchWords, spelled } from './fold.js'

const SHORTEST = 2 // letters of a word that is looked for in notes
const noted = new WeakMap()

/** Each who fits, with the text he was found by if it is not his name: whoever is called exactly so,
 * then by a part of a name, then by notes. `ordered`: as `asText` makes it. */
export function* search(q, ordered, fits) {
  const words = searchWords(q)
  const [word = '', ...others] = words
  const shown = new Set()
  for (const wanted of word ? [`\t${fold(q)}\t`, word] : [word])
    for (const one of having(wanted, ordered)) {
      if (shown.has(one) || !fits(one) || !others.every((other) => one.key.includes(other)))
        continue
      shown.add(one)
      yield [one]
    }
  for (const one of words.some(isLookedUp) ? ordered.ones : []) {
    const texts = textsOf(one.customer)
    if (!texts.length || shown.has(one) || !fits(one)) continue
    const lacking = words.filter((other) => !one.key.includes(other))
    if (lacking.every((other) => isLookedUp(other) && texts.some(({ key }) => key.includes(other))))
      yield [one, excerpt(best(texts, lacking), lacking)]
  }
}

const isLookedUp = (word) => [...word].length >= SHORTEST

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

/** All keys in one text: a browser looks through that much faster than through a list of them. */
export function asText(ones) {
  let end = 0
  const ends = ones.map(({ key }) => (end += key.length + 3))
  return { ones, ends, text: ones.map(({ key }) => `\t${key}\t\n`).join('') }
}

/* Those whose key has the word, in their order. */
function* having(word, { ones, ends, text }) {
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
