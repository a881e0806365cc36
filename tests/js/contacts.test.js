// What other apps share as a contact: each has its own form of a vCard.

import assert from 'node:assert/strict'
import { test } from 'node:test'

import { readContacts } from '../../src/daftari/static/js/contacts.js'

const card = (...lines) => ['BEGIN:VCARD', ...lines, 'END:VCARD'].join('\r\n')

const CASES = [
  [
    'a name and a number',
    card('VERSION:3.0', 'FN:أبو علي', 'TEL;TYPE=CELL:0501234567'),
    'أبو علي',
    '0501234567'
  ],
  [
    'the mobile phone before the others',
    card('FN:سالم', 'TEL;TYPE=HOME:011', 'TEL;TYPE=cell:0502'),
    'سالم',
    '0502'
  ],
  [
    'a number as an address',
    card('VERSION:4.0', 'FN:سالم', 'TEL;VALUE=uri:tel:+966-50-1'),
    'سالم',
    '+966-50-1'
  ],
  ['a property of a group', card('FN:سالم', 'item1.TEL:0501'), 'سالم', '0501'],
  ['the parts of a name', card('N:الخباز;علي;حسن;;', 'TEL:0501'), 'علي حسن الخباز', '0501'],
  ['escaped signs', card('FN:سالم\\, الجار', 'TEL:0501'), 'سالم, الجار', '0501'],
  ['a folded line', card('FN:مؤسسة الحليب', ' الطازج', 'TEL:0501'), 'مؤسسة الحليبالطازج', '0501'],
  [
    'quoted-printable over two lines',
    card(
      'VERSION:2.1',
      'FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D8=A3=D8=A8=D9=88 =',
      '=D8=B9=D9=84=D9=8A',
      'TEL;CELL:0501'
    ),
    'أبو علي',
    '0501'
  ],
  ['a name alone', card('FN:سالم'), 'سالم', ''],
  ['words', 'أبو علي الخباز\n+966 50 123 4567', 'أبو علي الخباز', '+966 50 123 4567'],
  ['Arabic digits', 'سالم ٠٥٠١٢٣٤٥٦٧', 'سالم', '٠٥٠١٢٣٤٥٦٧']
]

for (const [what, text, name, phone] of CASES) {
  test(`${what} is read`, () => {
    assert.deepEqual(readContacts(text), [{ name, phone }])
  })
}

test('several contacts come in their order', () => {
  const names = readContacts(`${card('FN:سالم')}\r\n${card('FN:زيد')}`).map(({ name }) => name)
  assert.deepEqual(names, ['سالم', 'زيد'])
})

test('what holds neither a name nor a number is nobody', () => {
  for (const text of [
    '',
    card('VERSION:3.0'),
    'https://example.com',
    '%PDF-1.4 \u0000',
    card('FN:')
  ])
    assert.deepEqual(readContacts(text), [], text)
})
