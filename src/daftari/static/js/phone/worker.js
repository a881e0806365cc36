// The service worker, from the page's side: a new one waits until nobody is in the middle of
// something, takes over, and says so. The queue lies in IndexedDB, where no worker reaches.

const { serviceWorker } = navigator
const LOOKS_AGAIN = 5_000
const TOLD_FOR = 6_000

/** Registers the worker of this build; `told`: the element that says it was renewed. */
export async function keepShell(told) {
  if (!serviceWorker) return
  const hadOne = Boolean(serviceWorker.controller)
  const registration = await registered()
  if (!registration) return
  serviceWorker.addEventListener('controllerchange', () => hadOne && tell(told))
  registration.addEventListener('updatefound', () => awaitRest(registration))
  awaitRest(registration)
  const { active } = await serviceWorker.ready
  active.postMessage({ language: document.documentElement.lang })
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

function awaitRest(registration) {
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

function tell(told) {
  told.hidden = false
  setTimeout(() => {
    told.hidden = true
  }, TOLD_FOR)
}
