import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'

import { POINT } from '../../src/daftari/static/js/amount.js'
import { agree, ExchangeRefused, readExchange } from '../../src/daftari/static/js/exchange.js'
import { textOf } from '../../src/daftari/static/js/phone/export.js'
import { formatRate, parseRate } from '../../src/daftari/static/js/rates.js'

const cases = JSON.parse(readFileSync(new URL('../cases/exchange.json', import.meta.url), 'utf8'))
const DECIMALS = { SAR: 2, USD: 2, EUR: 2, YER: 0, KWD: 3, LBP: 0 }
const decimalsOf = (code) => DECIMALS[code]
const COMMA = { group: '.', decimal: ',' }

const pairOf = ({ currency, paid_currency: paidCurrency, rate_of: rateOf }) => ({
  currency,
  paidCurrency,
  rateOf
})

function namesIn(call) {
  try {
    call()
  } catch (error) {
    assert.ok(error instanceof ExchangeRefused, error.stack)
    return Object.fromEntries(
      Object.entries(error.reasons).map(([field, { name }]) => [field, name])
    )
  }
  assert.fail('nothing was refused')
}

test('the shared table is the long one', () => {
  assert.ok(cases.agreed.length >= 9 && cases.refused.length >= 9)
  assert.ok(cases.typed.length >= 19 && cases.rates.length >= 7)
})

for (const { what, answer, amount, paid, rate, ...pair } of cases.agreed)
  test(what, () => {
    const [all, between] = [answer, pairOf(pair)]
    const expected = { amount: all[0], paid: all[1], rate: all[2] }
    assert.deepEqual(agree({ amount, paid, rate }, between, decimalsOf), expected)
    assert.deepEqual(agree(expected, between, decimalsOf), expected)
  })

for (const { what, reasons, amount, paid, rate, ...pair } of cases.refused)
  test(`refused: ${what}`, () => {
    const names = namesIn(() => agree({ amount, paid, rate }, pairOf(pair), decimalsOf))
    assert.deepEqual(names, reasons)
  })

for (const { what, answer, reasons, ...typed } of cases.typed)
  test(`typed: ${what}`, () => {
    const read = () => readExchange(typed, 'SAR', decimalsOf, POINT)
    if (reasons) return assert.deepEqual(namesIn(read), reasons)
    const { amount_minor, paid_minor, paid_currency, rate_e8, rate_of } = read()
    assert.deepEqual([amount_minor, paid_minor, rate_e8, rate_of], answer)
    assert.equal(paid_currency, typed.paid_currency)
  })

for (const { rate, text } of cases.rates)
  test(`the rate ${text}`, () => {
    assert.equal(formatRate(rate, 'latn', POINT), text)
    assert.equal(parseRate(text, POINT), rate)
    assert.equal(parseRate(formatRate(rate, 'arab', COMMA), COMMA), rate)
  })

test('the file of unsent entries tells what was handed over', () => {
  const item = { id: 'one', verb: 'record_entry', state: 'waiting', kind: 'payment', note: 'حوالة' }
  const paid = { amount_minor: 10000, currency: 'USD', paid_minor: 37500, paid_currency: 'SAR' }
  const amount = (minor) => (minor / 100).toFixed(2)
  const [, row, without] = textOf([{ ...item, ...paid }, item], new Map(), amount).split('\r\n')
  assert.ok(row.includes('100.00\tUSD'))
  assert.ok(row.includes('375.00 SAR · حوالة'))
  assert.ok(!without.includes('SAR'))
})
