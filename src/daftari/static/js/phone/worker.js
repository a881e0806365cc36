// The service worker, from the page's side: a new one waits until nobody is in the middle of
// something, takes over, and says so. The queue lies in IndexedDB, where no worker reaches.

const { serviceWorker } = navigator
const LOOKS_AGAIN = 5_000
const TOLD_FOR = 6_000

/** The worker that answers without a network does so in the language of this page, from now on. */
export function tellLanguage(worker = serviceWorker?.controller) {
  worker?.postMessage({ language: document.documentElement.lang })
}

/** Registers the worker of this build; `notice`: the element that says it was renewed. */
export async function registerWorker(notice) {
  if (!serviceWorker) return
  const hadOne = Boolean(serviceWorker.controller)
  const registration = await registered()
  if (!registration) return
  serviceWorker.addEventListener('controllerchange', () => hadOne && showRenewed(notice))
  registration.addEventListener('updatefound', () => takeOverWhenQuiet(registration))
  takeOverWhenQuiet(registration)
  const { active } = await serviceWorker.ready
  tellLanguage(active)
}

/* Where nobody answers, the next page tries again. */
async function registered() {
  try {
    return await serviceWorker.register('/service-worker.js')
  } catch (error) {
    if (error instanceof TypeError) return null
    throw error
  }
}

function takeOverWhenQuiet(registration) {
  const timer = setInterval(() => {
    const { installing, waiting } = registration
    if (!installing && !waiting) return clearInterval(timer)
    if (waiting && isQuiet()) waiting.postMessage({ takeOver: true })
  }, LOOKS_AGAIN)
}

/* Nothing is open, typed in or on its way. */
function isQuiet() {
  const busy = 'dialog[open], [aria-busy=true], form[data-keeping], [data-fleeting]'
  return (
    !document.querySelector(busy) && !document.activeElement?.matches('input, textarea, select')
  )
}

function showRenewed(notice) {
  notice.hidden = false
  setTimeout(() => {
    notice.hidden = true
  }, TOLD_FOR)
}
