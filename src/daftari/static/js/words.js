// An amount in words. Both twins answer to tests/cases/words.json.
// Twin of src/daftari/kernel/words.py.
// `forms` is what the page got from kernel.words.unit_forms: {language, decimals, unit, part}.

const MASCULINE = [
  'صفر',
  'واحد',
  'اثنان',
  'ثلاثة',
  'أربعة',
  'خمسة',
  'ستة',
  'سبعة',
  'ثمانية',
  'تسعة',
  'عشرة'
]
const FEMININE = [
  'صفر',
  'إحدى',
  'اثنتان',
  'ثلاث',
  'أربع',
  'خمس',
  'ست',
  'سبع',
  'ثماني',
  'تسع',
  'عشر'
]
const TENS = ['', '', 'عشرون', 'ثلاثون', 'أربعون', 'خمسون', 'ستون', 'سبعون', 'ثمانون', 'تسعون']
const HUNDREDS = [
  '',
  'مئة',
  'مئتان',
  'ثلاثمئة',
  'أربعمئة',
  'خمسمئة',
  'ستمئة',
  'سبعمئة',
  'ثمانمئة',
  'تسعمئة'
]
const SCALES = [
  [1e12, 'تريليون', 'تريليونات'],
  [1e9, 'مليار', 'مليارات'],
  [1e6, 'مليون', 'ملايين'],
  [1e3, 'ألف', 'آلاف']
]
const ENGLISH = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
  'thirteen',
  'fourteen',
  'fifteen',
  'sixteen',
  'seventeen',
  'eighteen',
  'nineteen'
]
const ENGLISH_TENS = [
  '',
  '',
  'twenty',
  'thirty',
  'forty',
  'fifty',
  'sixty',
  'seventy',
  'eighty',
  'ninety'
]
const ENGLISH_SCALES = [
  [1e12, 'trillion'],
  [1e9, 'billion'],
  [1e6, 'million'],
  [1e3, 'thousand']
]

/** «مئتان وخمسة ريالات سعودية وخمسون هللة», or the same in English. `minor` is a safe integer. */
export function amountInWords(minor, forms) {
  const size = 10 ** forms.decimals
  const [whole, part] = divided(Math.abs(minor), size)
  const arabic = forms.language === 'ar'
  const counted = arabic ? countedInArabic : countedInEnglish
  const words = []
  if (whole || !part) words.push(counted(whole, forms.unit))
  if (part && forms.part) words.push(counted(part, forms.part))
  const sign = minor < 0 ? (arabic ? 'سالب ' : 'minus ') : ''
  return sign + words.join(arabic ? ' و' : ' and ')
}

function divided(number, size) {
  const rest = number % size
  return [(number - rest) / size, rest]
}

function countedInArabic(number, noun) {
  const rest = number % 100
  if (number === 0) return `${MASCULINE[0]} ${noun.hundred}`
  if (number <= 2) return number === 1 ? noun.one : noun.two
  if (rest === 0) return `${hundreds(number, true)} ${noun.hundred}`
  if (rest <= 2)
    return `${countedInArabic(number - rest, noun)} و${rest === 1 ? noun.and_one : noun.and_two}`
  const words = number > rest ? [hundreds(number - rest, false)] : []
  words.push(belowHundred(rest, noun.feminine))
  return `${words.join(' و')} ${rest <= 10 ? noun.few : noun.many}`
}

function hundreds(number, joined) {
  const words = []
  let left = number
  for (const [size, one, few] of SCALES) {
    const [count, rest] = divided(left, size)
    left = rest
    if (count) words.push(countedInArabic(count, scale(one, few, joined && !left)))
  }
  if (left) words.push(joined && left === 200 ? 'مئتا' : HUNDREDS[left / 100])
  return words.join(' و')
}

function scale(one, few, joined) {
  const two = one + (joined ? 'ا' : 'ان')
  const many = joined ? one : `${one}ًا`
  return { feminine: false, hundred: one, one, two, few, many, and_one: one, and_two: two }
}

function belowHundred(number, feminine) {
  const ones = feminine ? FEMININE : MASCULINE
  if (number <= 10) return ones[number]
  const [tens, one] = divided(number, 10)
  if (tens === 1) return teen(one, feminine)
  if (one === 0) return TENS[tens]
  return `${feminine && one === 8 ? 'ثمانٍ' : ones[one]} و${TENS[tens]}`
}

function teen(one, feminine) {
  if (feminine) return `${one === 2 ? 'اثنتا' : FEMININE[one]} عشرة`
  return `${{ 1: 'أحد', 2: 'اثنا' }[one] ?? MASCULINE[one]} عشر`
}

function countedInEnglish(number, noun) {
  return `${inEnglish(number)} ${number === 1 ? noun.one : noun.many}`
}

function inEnglish(number) {
  const words = []
  let left = number
  for (const [size, name] of ENGLISH_SCALES) {
    const [count, rest] = divided(left, size)
    left = rest
    if (count) words.push(`${inEnglish(count)} ${name}`)
  }
  if (left >= 100) {
    words.push(`${ENGLISH[Math.floor(left / 100)]} hundred`)
    left %= 100
  }
  if (left || !words.length) words.push((words.length ? 'and ' : '') + englishBelowHundred(left))
  return words.join(' ')
}

function englishBelowHundred(number) {
  if (number < 20) return ENGLISH[number]
  const [tens, one] = divided(number, 10)
  return one ? `${ENGLISH_TENS[tens]}-${ENGLISH[one]}` : ENGLISH_TENS[tens]
}
