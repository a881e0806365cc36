// What every page starts with. Each other module has one concern and finds its own places in the
// page; it is fetched by the first page that has such a place, so a first visit stays small.

const NEEDED_BY = [
  ['[data-share]', './share.js'],
  ['.toast', './fleeting.js'],
  ['[data-opens-sheet]', './sheet.js'],
  ['form[data-entry]', './entry.js'],
  ['form[method="post"]:not([hx-post])', './busy.js']
]
const WANTED_WHEN = [
  ['focusin', '[data-live]', './search.js'],
  ['toggle', '.drop', './drop.js']
]
const WIDE = matchMedia('(width >= 900px)')

function fetchNeeded() {
  for (const [place, module] of NEEDED_BY) {
    if (document.querySelector(place)) import(module)
  }
  if (WIDE.matches && document.querySelector('.spread')) import('./panes.js')
}

/* Some are wanted only by a hand that touches their place. */
function fetchWanted() {
  for (const [event, place, module] of WANTED_WHEN) {
    document.addEventListener(event, ({ target }) => {
      if (target.closest?.(place)) import(module)
    }, true)
  }
}

/* The line says so when the network is away; it is in the page already, with its words. */
function watchNetwork() {
  const line = document.getElementById('quiet-line')
  const show = (isAway) => { line.hidden = !isAway }
  show(!navigator.onLine)
  addEventListener('offline', () => show(true))
  addEventListener('online', () => show(false))
  document.addEventListener('htmx:error', () => show(true))
  document.addEventListener('htmx:before:response', () => show(false))
}

/* Pages that do not count what is due show what the last one that did has counted. */
function keepDueCount() {
  const count = document.getElementById('due-count')
  if (!count) return
  const key = `due ${location.pathname.split('/')[2]}`
  if ('known' in count.dataset) return sessionStorage.setItem(key, count.textContent)
  count.textContent = sessionStorage.getItem(key) ?? ''
  count.classList.toggle('count', count.textContent !== '')
}

fetchNeeded()
fetchWanted()
keepDueCount()
watchNetwork()
WIDE.addEventListener('change', fetchNeeded)
document.addEventListener('htmx:after:swap', fetchNeeded)
document.addEventListener('htmx:after:swap', keepDueCount)
