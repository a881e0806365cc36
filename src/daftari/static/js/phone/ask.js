// One question to the server. What is not our server's own answer is no answer: a login page, a
// captive portal, a proxy's error, half a text are all `unheard`.

const JSON_TYPE = 'application/json'
const DONE = [200, 201]
// Status, the name that our server says with it, what that means for the phone.
const TROUBLES = [
  [401, 'not_signed_in', 'signed_out'],
  [404, 'not_found', 'not_yours'],
  [400, 'bad_request', 'not_clear'],
  [413, 'too_large', 'not_clear'],
  [409, 'conflict', 'refused'],
  [422, 'refused', 'refused'],
  [429, 'too_many_requests', 'busy']
]

/** {told} or {trouble, told?}. `body`: what is sent; without it the question is a GET. */
export async function ask(path, within, { body, method = 'POST', type = JSON_TYPE } = {}) {
  let answer, told
  try {
    answer = await fetch(path, {
      ...(body && { method, body }),
      headers: { Accept: JSON_TYPE, ...(body && { 'Content-Type': type }) },
      cache: 'no-store',
      redirect: 'error',
      signal: AbortSignal.timeout(within)
    })
    if (isJson(answer)) told = await answer.json()
  } catch {
    return { trouble: 'unheard' }
  }
  if (DONE.includes(answer.status) && told && typeof told === 'object') return { told }
  const known = TROUBLES.find(
    ([status, error]) => status === answer.status && error === told?.error
  )
  return { trouble: known?.[2] ?? 'unheard', told }
}

const isJson = (answer) => answer.headers.get('Content-Type')?.split(';')[0].trim() === JSON_TYPE
