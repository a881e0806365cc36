// When the phone tries to send: after an entry, when the page is shown or seen again, when the
// network says that it is back, and as long as something waits by a timer that grows patient. What
// the browser says of the network is a hint, and never a reason not to try.

const STEPS = [2_000, 10_000, 60_000]
const SETTLES = 2_000
const STALE = 60_000
const TAG = 'daftari'

/** {kick, stop}; begins at once. `kick()` sends now; `onDone({sent, left, trouble})` hears how each
 * drain went. The snapshot follows when something was written, or when it has grown old.
 * @param {import('./book.js').Book} book
 * @param {(done: DrainResult) => void} [onDone] */
export function startTriggers(book, onDone = () => {}) {
  let timer,
    running,
    step = 0,
    isAwaited = false

  const plan = (delay) => {
    clearTimeout(timer)
    timer = setTimeout(run, delay)
  }
  const tryLater = (error) => {
    plan(STEPS.at(-1))
    throw error
  }
  const once = async () => {
    const done = await book.drain()
    if (done.sent) step = 0
    onDone(done)
    if (book.ended && book.ended !== 'lost') return stop()
    if (done.left && !isAwaited) wakeLater()
    isAwaited = done.left > 0
    if (done.left || done.trouble) return plan(STEPS[Math.min(step++, STEPS.length - 1)])
    if (await isStale(book)) timer = setTimeout(() => book.pull(), done.sent ? SETTLES : 0)
  }
  const run = () => {
    clearTimeout(timer)
    return (running ??= once()
      .catch(tryLater)
      .finally(() => {
        running = null
      }))
  }
  /* An entry that comes while a drain is under way may be too late for it. */
  const kick = async () => {
    step = 0
    await running
    return run()
  }
  const shown = () => document.visibilityState === 'visible' && kick()
  const unlisten = book.listen(({ what }) => {
    if (what === 'wake') run()
  })
  const stop = () => {
    clearTimeout(timer)
    unlisten()
    removeEventListener('pageshow', kick)
    removeEventListener('online', kick)
    document.removeEventListener('visibilitychange', shown)
  }
  addEventListener('pageshow', kick)
  addEventListener('online', kick)
  document.addEventListener('visibilitychange', shown)
  run()
  return { kick, stop }
}

async function isStale(book) {
  const { head } = book
  if (!head || Math.abs(Date.now() - Date.parse(head.fetchedAt)) > STALE) return true
  return (await book.items()).some(({ state }) => state === 'written')
}

/* Where the browser wakes the worker for it (Background Sync), that tells the pages on the channel:
 * `wake`. The timer does the work elsewhere. */
async function wakeLater() {
  const registration = await navigator.serviceWorker?.getRegistration()
  await registration?.sync?.register(TAG).catch(() => {})
}
