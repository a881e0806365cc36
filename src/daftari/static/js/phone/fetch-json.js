// Sends one request to the server and reads its JSON. What is not our server's own answer counts as
// no answer: a login page, a captive portal, a proxy's error, half a text are all `unheard`.

const JSON_TYPE = 'application/json'
const DONE = [200, 201]
// Status, the name that our server says with it, what that means for the phone.
/** @type {[number, string, string][]} */
const TROUBLES = [
  [401, 'not_signed_in', 'signed_out'],
  [404, 'not_found', 'not_yours'],
  [400, 'bad_request', 'not_clear'],
  [413, 'too_large', 'not_clear'],
  [409, 'conflict', 'refused'],
  [422, 'refused', 'refused'],
  [429, 'too_many_requests', 'busy']
]

/** {payload} or {trouble, payload?}. `body`: what is sent; without it the question is a GET.
 * @param {string} path
 * @param {number} within
 * @param {{body?: BodyInit, method?: string, type?: string}} [options]
 * @returns {Promise<Reply>} */
export async function fetchJson(path, within, { body, method = 'POST', type = JSON_TYPE } = {}) {
  let response, payload
  try {
    response = await fetch(path, {
      ...(body && { method, body }),
      headers: { Accept: JSON_TYPE, ...(body && { 'Content-Type': type }) },
      cache: 'no-store',
      redirect: 'error',
      signal: AbortSignal.timeout(within)
    })
    if (isJson(response)) payload = await response.json()
  } catch {
    return { trouble: 'unheard' }
  }
  if (DONE.includes(response.status) && payload && typeof payload === 'object') return { payload }
  const known = TROUBLES.find(
    ([status, error]) => status === response.status && error === payload?.error
  )
  return { trouble: known?.[2] ?? 'unheard', payload }
}

const isJson = (response) =>
  response.headers.get('Content-Type')?.split(';')[0].trim() === JSON_TYPE
