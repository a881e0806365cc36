import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'

import {
  COMMA,
  evaluateSum,
  formatAmount,
  POINT,
  parseAmount
} from '../../src/daftari/static/js/amount.js'

const cases = JSON.parse(readFileSync(new URL('../cases/amounts.json', import.meta.url), 'utf8'))
const notations = {
  point: POINT,
  comma: COMMA,
  'point blanks': { ...POINT, blanks: true },
  'comma blanks': { ...COMMA, blanks: true }
}

const refusal = (reason) => (error) => error.reason === reason

test('the shared table is the long one', () => {
  assert.ok(cases.parse.length >= 120)
})

for (const { text, decimals, notation, minor, reason } of cases.parse) {
  const means = reason ?? minor
  test(`${JSON.stringify(text)} with ${decimals} decimals in ${notation} notation is ${means}`, () => {
    const parse = () => parseAmount(text, decimals, notations[notation])
    if (reason) assert.throws(parse, refusal(reason))
    else assert.equal(parse(), minor)
  })
}

for (const { minor, decimals, digits, notation, text } of cases.format) {
  test(`${minor} with ${decimals} decimals is shown as ${text}`, () => {
    assert.equal(formatAmount(minor, decimals, digits, notations[notation]), text)
  })
}

test('a refused amount carries what its sentence needs', () => {
  assert.throws(() => parseAmount('1.2345', 2), {
    reason: 'amount_too_many_decimals',
    params: { decimals: 2 }
  })
  assert.throws(() => parseAmount('1,5', 2), {
    reason: 'amount_ambiguous_separator',
    params: { group: ',', decimal: '.' }
  })
})

test('the keypad adds and takes away', () => {
  assert.deepEqual(evaluateSum('120+35-5', 2, POINT), { minor: 15000, terms: [12000, 3500, -500] })
  assert.deepEqual(evaluateSum('120 + 35 + 50', 2, POINT), {
    minor: 20500,
    terms: [12000, 3500, 5000]
  })
  assert.deepEqual(evaluateSum('١٢٫٥٠−٢', 2, POINT), { minor: 1050, terms: [1250, -200] })
  assert.deepEqual(evaluateSum('0.10+0.20', 2, POINT), { minor: 30, terms: [10, 20] })
  assert.deepEqual(evaluateSum('1.234,50+1', 2, COMMA), { minor: 123550, terms: [123450, 100] })
})

test('a single amount is a sum of one', () => {
  assert.deepEqual(evaluateSum('12.50', 2, POINT), { minor: 1250, terms: [1250] })
})

test('an operator that still waits for its term counts for nothing', () => {
  assert.deepEqual(evaluateSum('120+', 2, POINT), { minor: 12000, terms: [12000] })
  assert.deepEqual(evaluateSum(' 120 − ', 2, POINT), { minor: 12000, terms: [12000] })
})

test('a sum that is no amount is refused by name', () => {
  const refused = {
    '': 'amount_missing',
    ' + ': 'amount_missing',
    '5-5': 'amount_zero',
    '5-7': 'amount_negative',
    '-5+10': 'amount_negative',
    '+5+1': 'amount_not_a_number',
    '1++2': 'amount_not_a_number',
    '1+abc': 'amount_not_a_number',
    '5+0': 'amount_zero',
    '1+1,5': 'amount_ambiguous_separator',
    '9999999999999.99+0.01': 'amount_too_large'
  }
  for (const [text, reason] of Object.entries(refused)) {
    assert.throws(() => evaluateSum(text, 2, POINT), refusal(reason), text)
  }
})
