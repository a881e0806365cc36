// Names as a search sees them.
// Twin of src/daftari/kernel/arabic.py. Twin of src/daftari/customers/rules/customer.py.
// Both answer to tests/cases/names.json; the rules and their reasons are told there.

const NOT_SEEN =
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: it looks for lone marks, on purpose.
  /[\u202a-\u202e\u2066-\u2069\u200b-\u200f\u061c\u00ad\u2060\ufeff\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\0]|\p{Cs}/gu
const ALIKE = {
  ٱ: 'ا',
  ى: 'ي',
  ی: 'ي',
  ة: 'ه',
  ۃ: 'ه',
  ہ: 'ه',
  ھ: 'ه',
  ە: 'ه',
  ک: 'ك',
  ß: 'ss',
  ς: 'σ'
}
const LEVELLED = new RegExp(`[${Object.keys(ALIKE).join('')}]`, 'g')
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

/** The key a name is searched by. */
export function fold(text) {
  const plain = text
    .normalize('NFKD')
    .replace(NOT_SEEN, '')
    .toLowerCase()
    .replace(LEVELLED, (letter) => ALIKE[letter])
    .replace(/[٠-٩۰-۹]/g, (digit) => digit.charCodeAt(0) & 15)
  const words = ` ${plain.normalize('NFC').split(/\s+/).filter(Boolean).join(' ')}`
  return words
    .replaceAll(' عبد ال', ' عبدال')
    .replace(/ عبد ا$/, ' عبدا')
    .slice(1)
}

/** The folded words of a search; whoever has each of them in his key is found. */
export function searchWords(query) {
  return fold(query)
    .split(' ')
    .filter(Boolean)
    .map((word) => (DIALLED.test(word) ? digitsOf(word) : word))
}

/** The key of somebody the server has not seen yet. `searched`: the details a search looks through. */
export function searchKey(customer, searched) {
  const folded = searched.map((name) => fold(customer[name] ?? ''))
  return [...folded, digitsOf(customer.phone ?? '')].filter(Boolean).join(' ')
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
