// Names as a search sees them.
// Twin of src/daftari/kernel/arabic.py. Twin of src/daftari/customers/rules/customer.py.
// Both answer to tests/cases/names.json; the rules and their reasons are told there.

import { sound } from './latin.js'

const NOT_SEEN =
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: it looks for lone marks, on purpose.
  /[\u202a-\u202e\u2066-\u2069\u200b-\u200f\u061c\u00ad\u2060\ufeff\u0300-\u036f\u0610-\u061a\u0621\u0674\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\0]|\p{Cs}/gu
const LETTERS = {
  ا: 'ٱٲٳ',
  ب: 'پ',
  ت: 'ٹ',
  ج: 'چ',
  د: 'ڈ',
  ر: 'ڑړڕ',
  ز: 'ژ',
  ف: 'ڤڥڢ',
  ق: 'ڨڧ',
  ك: 'کڪگګڬڭ',
  ل: 'ڵ',
  ن: 'ںڼڹ',
  ه: 'ةۃہھەۿ',
  و: 'ۆۇۈۋ',
  ي: 'ىیېۍێۑے',
  ss: 'ß',
  σ: 'ς'
}
const ALIKE = Object.fromEntries(
  Object.entries(LETTERS).flatMap(([letter, forms]) => [...forms].map((form) => [form, letter]))
)
const LEVELLED = new RegExp(`[${Object.keys(ALIKE).join('')}]`, 'g')
const DOUBLED = /([او])\1+/g
const LAST_YA = /ي{2,}(?!\S)/g
const JOINED_TO_NEXT = new Set('ابو ابي ابا بو با ام بن عبد ذو ذي'.split(' '))
const JOINED_TO_LAST = new Set('الله الدين الرحمن العابدين الاسلام الهدي الحق الزمان'.split(' '))
const WORDS_BEFORE = 3
const WORDS_OF_AN_EXCERPT = 9
const DIALLED = /^[+(]?[0-9][0-9().+/-]*$/
const BEFORE_NAMES = [
  'أبو',
  'ابو',
  'أبي',
  'ابي',
  'أبا',
  'ابا',
  'أم',
  'ام',
  'ابن',
  'بن',
  'بنت',
  'Abu',
  'Umm'
]

/** The key of a name: two names that people take for the same have the same key. */
export function fold(text) {
  let key = ''
  let before = ''
  for (const typed of wordsOf(spelled(text))) {
    const word = typed === 'ابن' ? 'بن' : typed
    key += isOneName(before, word) ? word : ` ${word}`
    before = word
  }
  return key.slice(1).replace(DOUBLED, '$1')
}

function isOneName(before, word) {
  if ([before, word].some((one) => one === 'ال' || [...one].length < 2)) return false
  if (JOINED_TO_LAST.has(word)) return /\p{L}$/u.test(before)
  return JOINED_TO_NEXT.has(before) && /^\p{L}/u.test(word)
}

/** The text as a search sees it. */
export function spelled(text) {
  const plain = text
    .normalize('NFKD')
    .replace(NOT_SEEN, '')
    .toLowerCase()
    .replace(LEVELLED, (letter) => ALIKE[letter])
    .replace(/[٠-٩۰-۹]/g, (digit) => digit.charCodeAt(0) & 15)
    .normalize('NFC')
    .replace(DOUBLED, '$1')
  return ` ${wordsOf(plain).join(' ').replace(LAST_YA, 'ي')}`
    .replaceAll(' عبد ال', ' عبدال')
    .replace(/ عبد ا$/, ' عبدا')
    .slice(1)
}

function wordsOf(text) {
  return text.split(/\s+/).filter(Boolean)
}

/** The words of a search; whoever has each of them in his key is found. */
export function searchWords(query) {
  return wordsOf(spelled(query)).map((word) => {
    if (word === 'ابن') return 'بن'
    return DIALLED.test(word) ? digitsOf(word) : word
  })
}

/** The key of somebody the server has not seen yet: its parts stand between tabs. `searched`: the
 * details a search looks through. */
export function searchKey(customer, searched) {
  const keys = searched
    .map((name) => customer[name] ?? '')
    .flatMap((text) => [fold(text), spelled(text), sound(spelled(text))])
  return [...new Set([...keys, digitsOf(customer.phone ?? '')])].filter(Boolean).join('\t')
}

/** The part of a text around the first word that has one of these words. */
export function excerpt(text, words) {
  const parts = wordsOf(text)
  const first = parts.findIndex((part) => words.some((word) => spelled(part).includes(word)))
  const start = Math.max(first - WORDS_BEFORE, 0)
  const end = start + WORDS_OF_AN_EXCERPT
  const shown = parts.slice(start, end).join(' ')
  return `${start ? '… ' : ''}${shown}${end < parts.length ? ' …' : ''}`
}

/** The letter of a name's round badge. */
export function initial(name) {
  const words = name.split(/\s+/).filter(Boolean)
  while (words.length > 1 && BEFORE_NAMES.includes(words[0])) words.shift()
  const letters = [...words.join(' ')].filter((sign) => /[\p{L}\p{N}]/u.test(sign)).join('')
  const bare = [...letters].length > 3 ? letters.replace(/^ال/, '') : letters
  return ([...(bare || name)][0] ?? '').toUpperCase()
}

function digitsOf(text) {
  const digits = text
    .replace(/[٠-٩۰-۹]/g, (digit) => digit.charCodeAt(0) & 15)
    .replace(/[^0-9]/g, '')
  return digits.replace(/^0+/, '') || digits
}
