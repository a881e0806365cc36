// A name as it sounds, in either script: «أبو علي», «Abu Ali» and «abou aly» are one.
// Twin of src/daftari/kernel/latin.py, where the rule is told.
// Both answer to tests/cases/names.json.

const SOUNDS = { sh: 'c', ch: 'c', kh: 'x', gh: 'q', th: 's', dh: 'z', ph: 'f' }
for (const [letters, sounds] of [
  ['بتثجحخدذرزسشصضطظغفقكلمنه', 'btsjhxdzrzscsdtzqfkklmnh'],
  ['bptjghxdrzskqcfvlmn', 'bbtjjhxdrzskkkfflmn'],
  ['اعويaeiouwy', 'aaaaaaaaaaa']
])
  for (const [at, letter] of [...letters].entries()) SOUNDS[letter] = sounds[at]
const BEGINS = { و: 'w', ي: 'y', w: 'w', y: 'y' }
const LEAST = 3

/** The words of a text, as `spelled` has it, as they sound. */
export function sound(text) {
  const words = text.replace(/(?<!\S)ابو(?=\S{2})/g, 'ابو ').split(' ')
  return words.map(soundOf).filter(Boolean).join(' ')
}

/** What a word of a search in Latin letters is looked for by besides; '' for any other. */
export function soundOfWord(word) {
  if (!/[a-z]/.test(word)) return ''
  const whole = soundOf(word)
  const begun = whole.replace(/a$/, '')
  if (begun.length >= LEAST) return begun
  return whole.length > 1 ? whole : ''
}

function soundOf(word) {
  const open = word.replace(/(?<=[ae])h$|ه$/, 'a')
  const heard = (open.match(/[skgctdp]h|./gu) ?? []).map((part) => SOUNDS[part] ?? '')
  if (BEGINS[word[0]]) heard[0] = BEGINS[word[0]]
  return single(single(heard.join('')).replace(/(?<!^)a(?!$)/g, ''))
}

const single = (text) => text.replace(/(.)\1+/g, '$1')
