import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'

import { amountInWords } from '../../src/daftari/static/js/words.js'

const cases = JSON.parse(readFileSync(new URL('../cases/words.json', import.meta.url), 'utf8'))

test('the shared table is the long one', () => {
  assert.ok(cases.words.length >= 60)
})

for (const { minor, currency, language, words } of cases.words) {
  test(`${minor} ${currency} is read in ${language} as «${words}»`, () => {
    assert.equal(amountInWords(minor, cases.forms[language][currency]), words)
  })
}
