import assert from 'node:assert/strict'
import { test } from 'node:test'
import { COMMA, POINT } from '../../src/daftari/static/js/amount.js'
import { heldOf, isSum, keyOf, press, shownOf } from '../../src/daftari/static/js/keypad.js'

const pressed = (keys, decimals = 2) =>
  keys.split(' ').reduce((held, key) => press(held, key, decimals), '')

test('digits and a point make an amount', () => {
  assert.equal(pressed('1 2 decimal 5'), '12.5')
  assert.equal(pressed('1 00 00'), '10000')
})

test('a point alone begins with a zero, and comes once', () => {
  assert.equal(pressed('decimal 5'), '0.5')
  assert.equal(pressed('1 decimal 5 decimal 5'), '1.55')
})

test('no more decimals than the currency has', () => {
  assert.equal(pressed('1 decimal 2 3 4'), '1.23')
  assert.equal(pressed('1 decimal 2 3 4', 3), '1.234')
  assert.equal(pressed('5 00 decimal 5 0', 0), '500.')
})

test('a leading zero gives way', () => {
  assert.equal(pressed('0 7'), '7')
  assert.equal(pressed('0 00'), '0')
})

test('signs stand between terms, and the last one counts', () => {
  assert.equal(pressed('1 2 0 + 3 5 + 5 0'), '120+35+50')
  assert.equal(pressed('1 + -'), '1-')
  assert.equal(pressed('+ 5'), '5')
  assert.equal(pressed('5 decimal +'), '5+')
})

test('erase takes back one sign', () => {
  assert.equal(pressed('1 2 + erase'), '12')
  assert.equal(pressed('erase'), '')
})

test('an amount never grows longer than the book can hold', () => {
  assert.equal(pressed(Array(30).fill('9').join(' ')).length, 13)
})

test('a real keyboard is read in every script of digits', () => {
  assert.equal(keyOf('5', '.'), '5')
  assert.equal(keyOf('٥', '.'), '5')
  assert.equal(keyOf('۵', '.'), '5')
  assert.equal(keyOf('٫', '.'), 'decimal')
  assert.equal(keyOf(',', ','), 'decimal')
  assert.equal(keyOf(',', '.'), '')
  assert.equal(keyOf('Backspace', '.'), 'erase')
  assert.equal(keyOf('a', '.'), '')
})

test('what is pasted is held as the keypad would hold it', () => {
  assert.equal(heldOf('١٢٫٥٠', POINT), '12.50')
  assert.equal(heldOf('1,250.75', POINT), '1250.75')
  assert.equal(heldOf('1.250,75', COMMA), '1250.75')
  assert.equal(heldOf('120 + 35', POINT), '120+35')
  assert.equal(heldOf('twelve', POINT), null)
})

test('a sum has a sign in it', () => {
  assert.ok(isSum('1+2'))
  assert.ok(!isSum('12.5'))
})

test('a group sign in the wrong place is not quietly forgotten', () => {
  assert.equal(heldOf('12,50', POINT), null)
  assert.equal(heldOf('12.50', COMMA), null)
  assert.equal(heldOf('1,2', POINT), null)
  assert.equal(heldOf('1,250', POINT), '1250')
})

test('what is held is shown in groups, in the digits of the shop', () => {
  assert.equal(shownOf('1234567.5', POINT, 'latn'), '1,234,567.5')
  assert.equal(shownOf('1234567.', COMMA, 'latn'), '1.234.567,')
  assert.equal(shownOf('1250+35.1250', POINT, 'latn'), '1,250+35.1250')
  assert.equal(shownOf('1250000', POINT, 'arab'), '١٬٢٥٠٬٠٠٠')
  assert.equal(shownOf('', POINT, 'latn'), '')
})
