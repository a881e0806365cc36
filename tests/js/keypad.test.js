import assert from 'node:assert/strict'
import { test } from 'node:test'
import { COMMA, evaluateSum, POINT } from '../../src/daftari/static/js/amount.js'
import { heldOf, isSum, keyOf, press, shownOf } from '../../src/daftari/static/js/keypad.js'

const pressed = (keys) => keys.split(' ').reduce((held, key) => press(held, key), '')
const means = (held, decimals = 2) => {
  try {
    return evaluateSum(held, decimals, POINT).minor
  } catch ({ reason }) {
    return reason
  }
}

test('digits and a point make an amount', () => {
  assert.equal(pressed('1 2 decimal 5'), '12.5')
  assert.equal(pressed('1 00 00'), '10000')
})

test('a point alone begins with a zero', () => {
  assert.equal(pressed('decimal 5'), '0.5')
})

test('what the currency does not have is kept, and refused as where it was typed', () => {
  const cases = [
    ['1 decimal 2 3', 2, 123],
    ['1 decimal 2 3 4 5', 2, 'amount_too_many_decimals'],
    ['1 2 decimal 3 4 5', 3, 12345],
    ['1 decimal 2 3 4 5', 3, 'amount_too_many_decimals'],
    ['1 decimal 2 3 4', 2, 'amount_ambiguous_separator'],
    ['5 00 decimal', 0, 500],
    ['5 00 decimal 5 0', 0, 'amount_too_many_decimals'],
    ['1 decimal 5 decimal 5', 2, 'amount_not_a_number'],
    ['- 5', 2, 'amount_negative'],
    ['+ 5', 2, 'amount_not_a_number'],
    ['1 2 0 + 1 decimal 2 3 4 5', 2, 'amount_too_many_decimals'],
    [Array(30).fill('9').join(' '), 2, 'amount_too_large']
  ]
  for (const [keys, decimals, meaning] of cases)
    assert.equal(means(pressed(keys), decimals), meaning, keys)
})

test('of any keys each one is held', () => {
  for (const keys of [
    '1 decimal 2 3 4',
    '1 decimal 5 decimal 5',
    '- 5',
    '9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9 9'
  ])
    assert.equal(pressed(keys), keys.replaceAll('decimal', '.').replaceAll(' ', ''))
})

test('a leading zero gives way', () => {
  assert.equal(pressed('0 7'), '7')
  assert.equal(pressed('0 00'), '0')
})

test('signs stand between terms, and the last one counts', () => {
  assert.equal(pressed('1 2 0 + 3 5 + 5 0'), '120+35+50')
  assert.equal(pressed('1 + -'), '1-')
  assert.equal(pressed('5 decimal +'), '5+')
})

test('erase takes back one sign', () => {
  assert.equal(pressed('1 2 + erase'), '12')
  assert.equal(pressed('erase'), '')
})

test('a real keyboard is read in every script of digits', () => {
  assert.equal(keyOf('5', '.'), '5')
  assert.equal(keyOf('٥', '.'), '5')
  assert.equal(keyOf('۵', '.'), '5')
  assert.equal(keyOf('٫', '.'), 'decimal')
  assert.equal(keyOf(',', ','), 'decimal')
  assert.equal(keyOf(',', '.'), ',')
  assert.equal(keyOf('.', ','), '.')
  assert.equal(keyOf('،', '.'), '،')
  assert.equal(keyOf('Backspace', '.'), 'erase')
  assert.equal(keyOf('a', '.'), '')
})

const FRENCH = { ...COMMA, blanks: true }
const HELD = [
  ['١٢٫٥٠', POINT, 2, '12.50'],
  ['1,250.75', POINT, 2, '1250.75'],
  ['1.250,75', COMMA, 2, '1250.75'],
  ['1\u202f250,75', FRENCH, 2, '1250.75'],
  ['1 250', FRENCH, 2, '1250'],
  ['1 250', COMMA, 2, null],
  ['1 25', FRENCH, 2, null],
  ['12 ', POINT, 2, null],
  ['120 + 35', POINT, 2, '120+35'],
  ['120−35', POINT, 2, '120-35'],
  ['-5', POINT, 2, '-5'],
  ['', POINT, 2, ''],
  ['twelve', POINT, 2, null],
  ['1٢', POINT, 2, null],
  ['1,250', POINT, 2, '1250'],
  ['1,250', POINT, 3, null],
  ['1,250.5', POINT, 3, '1250.5'],
  ['1.250', POINT, 2, null],
  ['1.250', POINT, 3, '1.250'],
  ['12.345', POINT, 0, null],
  ['1.2345', POINT, 2, '1.2345'],
  ['12,50', POINT, 2, null],
  ['12.50', COMMA, 2, null],
  ['1,2', POINT, 2, null]
]
for (const [typed, notation, decimals, held] of HELD)
  test(`«${typed}» with ${decimals} decimals is held as ${held}`, () =>
    assert.equal(heldOf(typed, notation, decimals), held))

test('a sum has a sign in it', () => {
  assert.ok(isSum('1+2'))
  assert.ok(!isSum('12.5'))
})

test('what is held is shown in groups, in the digits of the shop', () => {
  assert.equal(shownOf('1234567.5', POINT, 'latn'), '1,234,567.5')
  assert.equal(shownOf('1234567.', COMMA, 'latn'), '1.234.567,')
  assert.equal(shownOf('1250+35.1250', POINT, 'latn'), '1,250+35.1250')
  assert.equal(shownOf('1250000', POINT, 'arab'), '١٬٢٥٠٬٠٠٠')
  assert.equal(shownOf('', POINT, 'latn'), '')
})
