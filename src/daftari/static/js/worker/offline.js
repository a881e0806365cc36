// The offline shell: the worker keeps the shell of one build and the files it needs, all of them or
// none. BUILD, DIGEST, SHELL and KEPT are defined by the server, above the first part.
//
// No page of a person is ever kept here: what the phone knows lies sealed in IndexedDB.

const CACHE = `daftari-${BUILD}`
const LANGUAGE_CACHE = 'spoken'
const PATIENCE = 3000

addEventListener('install', (event) => event.waitUntil(keepAll()))

addEventListener('activate', (event) => event.waitUntil(begin()))

addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== location.origin) return
  if (request.mode === 'navigate') event.respondWith(pageOrShell(event))
  else if (pathname.startsWith('/static/')) event.respondWith(keptOrFetched(request))
})

addEventListener('message', (event) => {
  if (event.data.takeOver) skipWaiting()
  if (event.data.language) event.waitUntil(Promise.all([saveLanguage(event.data.language), mend()]))
})

/* Half a release is none: the worker before this one goes on, and no litter stays behind. */
async function keepAll() {
  try {
    const cache = await caches.open(CACHE)
    const digests = await Promise.all(KEPT.map((address) => keep(cache, address)))
    if (hex(await digest(await new Blob(digests).arrayBuffer())) !== DIGEST)
      throw new Error('not this build')
  } catch (error) {
    await caches.delete(CACHE)
    throw error
  }
}

async function keep(cache, address) {
  const answer = await fetch(address, { redirect: 'error', credentials: 'omit' })
  if (!answer.ok) throw new Error(`${answer.status} ${address}`)
  const content = await answer.clone().arrayBuffer()
  await cache.put(address, answer)
  return digest(content)
}

function digest(content) {
  return crypto.subtle.digest('SHA-256', content)
}

function hex(bytes) {
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

async function begin() {
  const names = await caches.keys()
  const older = names.filter((name) => name.startsWith('daftari-') && name !== CACHE)
  await Promise.all(older.map((name) => caches.delete(name)))
  await clients.claim()
}

/* Whoever reads English gets the English shell; a page of the book says which. The word outlives the
 * build. */
async function saveLanguage(language) {
  if (language !== (await savedLanguage()))
    await (await caches.open(LANGUAGE_CACHE)).put(SHELL, new Response(language))
}

async function savedLanguage() {
  const saved = await (await caches.open(LANGUAGE_CACHE)).match(SHELL)
  return saved ? saved.text() : 'ar'
}

/* Somebody may have cleared the caches and left the worker. */
async function mend() {
  if (!(await kept(KEPT[0]))) await keepAll()
}

/* No navigation preload: where nobody answers it, Firefox gives the whole page up. */
async function pageOrShell(event) {
  const answer = fetch(event.request)
  try {
    const page = await inTime(answer, new URL(event.request.url).pathname)
    if (page && !isFromInBetween(page)) return page
  } catch {
    // Nobody answers.
  }
  return (await kept(`${SHELL}?language=${await savedLanguage()}`)) ?? answer
}

/* Three seconds of patience with the book: a server that takes the question and never answers is
 * away too. Other pages may be saved only once, such as recovery codes: they have all the time. */
async function inTime(answer, path) {
  if (path !== '/' && !/^\/(s|open)\//.test(path)) return answer
  let alarm
  const timeout = new Promise((resolve) => {
    alarm = setTimeout(resolve, PATIENCE)
  })
  return Promise.race([answer, timeout]).finally(() => clearTimeout(alarm))
}

/* A proxy whose program is away says so with 502 or 503; the program itself names every answer. */
function isFromInBetween(page) {
  return page.status >= 500 && !page.headers.has('x-request-id')
}

async function keptOrFetched(request) {
  return (await kept(request.url)) ?? fetch(request)
}

async function kept(address) {
  return (await caches.open(CACHE)).match(address, { ignoreVary: true })
}
