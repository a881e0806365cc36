import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'

import {
  excerpt,
  fold,
  initial,
  searchKey,
  searchWords
} from '../../src/daftari/static/js/book/fold.js'
import { soundOfWord } from '../../src/daftari/static/js/book/latin.js'

const cases = JSON.parse(readFileSync(new URL('../cases/names.json', import.meta.url), 'utf8'))

test('the shared table is the long one', () => {
  assert.ok(cases.folded.length + cases.same.length + cases.different.length >= 95)
})

for (const [name, key] of cases.folded) {
  test(`«${name}» is searched by «${key}»`, () => {
    assert.equal(fold(name), key)
    assert.equal(fold(key), key)
  })
}

for (const [name, other] of cases.same) {
  test(`«${name}» and «${other}» are one name`, () => assert.equal(fold(name), fold(other)))

  test(`«${name}» is found by «${other}», and the other way round`, () => {
    for (const [called, query] of [
      [name, other],
      [other, name]
    ])
      assert.ok(
        searchWords(query).every((word) => searchKey({ name: called }, ['name']).includes(word))
      )
  })
}

for (const [name, other] of cases.different) {
  test(`«${name}» and «${other}» are two`, () => assert.notEqual(fold(name), fold(other)))
}

for (const [text, words, shown] of cases.excerpts) {
  test(`of «${text}» is shown «${shown}»`, () => assert.equal(excerpt(text, words), shown))
}

for (const [name, letter] of cases.initials) {
  test(`«${name}» has the badge «${letter}»`, () => assert.equal(initial(name), letter))
}

for (const [query, words] of cases.searches) {
  test(`«${query}» looks for ${words.join(' and ') || 'everybody'}`, () =>
    assert.deepEqual(searchWords(query), words))
}

function isFound(name, query) {
  const key = searchKey({ name }, ['name'])
  return searchWords(query).every((word) =>
    [word, soundOfWord(word)].some((form) => form && key.includes(form))
  )
}

for (const [name, query] of cases.heard)
  test(`«${name}» is found by «${query}»`, () => assert.ok(isFound(name, query)))

for (const [name, query] of cases.unheard)
  test(`«${name}» is not found by «${query}»`, () => assert.ok(!isFound(name, query)))

test('a new customer is found by his name, his nickname and the end of his phone', () => {
  const searched = ['name', 'nickname']
  const ali = { name: 'عليّ الخبّاز', nickname: 'أبو علي', phone: '+966501234567' }
  const key = searchKey(ali, searched)
  assert.equal(key, 'علي الخباز\tala alxbz\tابوعلي\tابو علي\taba ala\t966501234567')
  for (const query of ['خباز', 'ابو 4567', '050 123'])
    assert.ok(searchWords(query).every((word) => key.includes(word)))
  assert.equal(searchKey({ name: 'هدى' }, searched), 'هدي\thda')
})

test('a new customer is found by each detail that is searched, and by no other', () => {
  const huda = { name: 'هدى', neighbourhood: 'حيّ الروضة', note: 'جارة' }
  assert.equal(
    searchKey(huda, ['name', 'nickname', 'neighbourhood']),
    'هدي\thda\tحي الروضه\tha alrda'
  )
})
