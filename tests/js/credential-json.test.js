import assert from 'node:assert/strict'
import test from 'node:test'

import {
  bytesOf,
  creationOptions,
  credentialJson,
  requestOptions,
  textOf
} from '../../src/daftari/static/js/credential-json.js'

const BYTES = [
  [[], ''],
  [[0], 'AA'],
  [[0xff], '_w'],
  [[0xfb, 0xff], '-_8'],
  [[0xfb, 0xef, 0xbe], '----'],
  [[0xff, 0xff, 0xff], '____'],
  [[1, 2, 3, 4], 'AQIDBA']
]

for (const [bytes, text] of BYTES)
  test(`the bytes ${bytes} travel as «${text}»`, () => {
    assert.equal(textOf(new Uint8Array(bytes).buffer), text)
    assert.deepEqual([...bytesOf(text)], bytes)
    assert.deepEqual([...bytesOf(text.padEnd(Math.ceil(text.length / 4) * 4, '='))], bytes)
  })

test('a long answer is no trouble', () => {
  const bytes = new Uint8Array(200_000).map((_, place) => place)
  assert.deepEqual(bytesOf(textOf(bytes)), bytes)
})

test('what is asked for a new passkey has bytes where the browser wants them', () => {
  const options = creationOptions({
    rp: { id: 'localhost', name: 'دفتري' },
    user: { id: 'AQID', name: 'أم سليم', displayName: 'أم سليم' },
    challenge: '_w',
    pubKeyCredParams: [{ alg: -7, type: 'public-key' }],
    excludeCredentials: [{ id: 'BA', type: 'public-key', transports: ['internal'] }],
    timeout: 300_000
  })
  assert.deepEqual([...options.user.id, ...options.challenge], [1, 2, 3, 255])
  assert.deepEqual([...options.excludeCredentials[0].id], [4])
  assert.deepEqual(options.excludeCredentials[0].transports, ['internal'])
  assert.deepEqual([options.rp.name, options.timeout], ['دفتري', 300_000])
  assert.deepEqual(creationOptions({ user: { id: '' }, challenge: '' }).excludeCredentials, [])
})

test('what is asked for a known passkey has bytes where the browser wants them', () => {
  const options = requestOptions({
    challenge: '_w',
    rpId: 'localhost',
    allowCredentials: [{ id: 'BA', type: 'public-key' }],
    userVerification: 'required'
  })
  assert.deepEqual([...options.challenge, ...options.allowCredentials[0].id], [255, 4])
  assert.equal(options.userVerification, 'required')
  assert.deepEqual(requestOptions({ challenge: '' }).allowCredentials, [])
})

const buffer = (...bytes) => new Uint8Array(bytes).buffer
const credential = (response, more = {}) => ({
  id: 'AQ',
  rawId: buffer(1),
  type: 'public-key',
  response: { clientDataJSON: buffer(2), ...response },
  getClientExtensionResults: () => ({ prf: { results: { first: buffer(9) } } }),
  ...more
})

test('a new passkey is told with its transports, and without its secret', () => {
  const made = { attestationObject: buffer(3), getTransports: () => ['internal', 'hybrid'] }
  assert.deepEqual(credentialJson(credential(made, { authenticatorAttachment: 'platform' })), {
    id: 'AQ',
    rawId: 'AQ',
    type: 'public-key',
    authenticatorAttachment: 'platform',
    response: { clientDataJSON: 'Ag', attestationObject: 'Aw', transports: ['internal', 'hybrid'] },
    clientExtensionResults: {}
  })
  const older = credentialJson(credential({ attestationObject: buffer(3) }))
  assert.deepEqual(older.response.transports, [])
})

const HANDLES = [
  [buffer(5), 'BQ'],
  [buffer(), null],
  [null, null],
  [undefined, null]
]
for (const [userHandle, told] of HANDLES)
  test(`a handle of ${userHandle?.byteLength} bytes is told as ${told}`, () => {
    const shown = { authenticatorData: buffer(3), signature: buffer(4), userHandle }
    assert.deepEqual(credentialJson(credential(shown)).response, {
      clientDataJSON: 'Ag',
      authenticatorData: 'Aw',
      signature: 'BA',
      userHandle: told
    })
  })
