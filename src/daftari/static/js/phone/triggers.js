// When the phone tries to send: after an entry, when the page is shown or seen again, when the
// network says that it is back, and as long as something waits by a timer that grows patient. What
// the browser says of the network is a hint, and never a reason not to try.

const LONGEST = 60_000
const STEPS = [2_000, 10_000, LONGEST]
const SETTLES = 2_000
const STALE = 60_000
const TAG = 'daftari'

/** Begins at once. `kick()` sends now, `stop()` ends it; `onDone` hears how each drain went. The
 * snapshot follows when something was written, or when it has grown old.
 * @param {import('./book.js').Book} book
 * @param {(done: DrainResult) => void} [onDone] */
export function startTriggers(book, onDone = () => {}) {
  const triggers = new Triggers(book, onDone)
  triggers.listen()
  triggers.run()
  return triggers
}

class Triggers {
  timer = 0
  step = 0
  isAwaited = false
  isCompared = false
  /** @type {Promise<void> | null} */
  running = null

  constructor(book, onDone) {
    this.book = book
    this.onDone = onDone
  }

  listen() {
    this.unlisten = this.book.listen(({ what }) => what === 'wake' && this.run())
    addEventListener('pageshow', this.kick)
    addEventListener('online', this.kick)
    document.addEventListener('visibilitychange', this.shown)
  }

  stop = () => {
    clearTimeout(this.timer)
    this.unlisten?.()
    removeEventListener('pageshow', this.kick)
    removeEventListener('online', this.kick)
    document.removeEventListener('visibilitychange', this.shown)
  }

  /* An entry that comes while a drain is under way may be too late for it. */
  kick = async () => {
    this.step = 0
    await this.running
    return this.run()
  }

  shown = () => document.visibilityState === 'visible' && this.kick()

  run() {
    clearTimeout(this.timer)
    return (this.running ??= this.once()
      .catch((error) => this.tryLater(error))
      .finally(() => {
        this.running = null
      }))
  }

  async once() {
    const { book } = this
    const done = await book.drain()
    if (done.sent) this.step = 0
    this.onDone(done)
    if (book.ended && book.ended !== 'lost') return this.stop()
    if (done.left && !this.isAwaited) wakeLater()
    this.isAwaited = done.left > 0
    if (done.left || done.trouble) return this.plan(STEPS[Math.min(this.step++, STEPS.length - 1)])
    const isOther = !this.isCompared && isOfOtherRole(book)
    this.isCompared = true
    if (isOther || (await isStale(book))) this.after(done.sent ? SETTLES : 0, () => book.pull())
  }

  plan(delay) {
    clearTimeout(this.timer)
    this.after(delay, () => this.run())
  }

  after(delay, work) {
    this.timer = setTimeout(work, delay)
  }

  tryLater(error) {
    this.plan(LONGEST)
    throw error
  }
}

/* The page says what its reader may do now: a copy that says otherwise is of an earlier role. */
function isOfOtherRole({ head, who: { may } }) {
  return may !== undefined && head && head.shop.may.join(' ') !== may
}

async function isStale(book) {
  const { head } = book
  if (book.isOutdated || !head || Math.abs(Date.now() - Date.parse(head.fetchedAt)) > STALE)
    return true
  return (await book.items()).some(({ state }) => state === 'written')
}

/* Where the browser wakes the worker for it (Background Sync), that tells the pages on the channel:
 * `wake`. The timer does the work elsewhere. */
async function wakeLater() {
  const registration = await navigator.serviceWorker?.getRegistration()
  await registration?.sync?.register(TAG).catch(() => {})
}
