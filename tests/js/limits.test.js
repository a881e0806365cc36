import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'

import { countedDebt, isBeyondLimit, withMain } from '../../src/daftari/static/js/limits.js'

const cases = JSON.parse(readFileSync(new URL('../cases/limits.json', import.meta.url), 'utf8'))
const DECIMALS = { SAR: 2, USD: 2, EUR: 2, KWD: 3, LBP: 0, IQD: 0 }

test('the shared table is the long one', () => {
  assert.ok(cases.length >= 20)
})

for (const { balances, rates, main, limit, counted, uncounted, beyond } of cases) {
  const what = JSON.stringify({ balances, rates, main, limit })
  test(`${what} is ${beyond ? 'beyond' : 'within'} the limit`, () => {
    const debt = countedDebt(balances, withMain(rates, main), main, (code) => DECIMALS[code])
    assert.deepEqual(debt, { minor: counted, uncounted })
    assert.equal(isBeyondLimit(limit ?? undefined, debt), beyond)
  })
}
