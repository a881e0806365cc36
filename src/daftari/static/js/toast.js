// A toast about what was just done disappears after ten seconds; it offers to undo it. While it
// has the pointer or the focus, it stays.

import { targetOf } from './dom.js'

const SECONDS = 10

function watch(toast) {
  toast.dataset.running = ''
  let left = SECONDS
  const timer = setInterval(() => {
    if (!toast.isConnected) return clearInterval(timer)
    if (toast.matches(':hover, :focus-within')) return
    left -= 1
    if (left > 0) return
    clearInterval(timer)
    toast.remove()
  }, 1000)
}

function watchAll() {
  document.querySelectorAll('[data-fleeting]:not([data-running])').forEach(watch)
}

/* Any of them goes at a touch. */
document.addEventListener('click', (event) => {
  if (!targetOf(event).closest('button, a')) targetOf(event).closest('.toast')?.remove()
})

watchAll()
document.addEventListener('htmx:after:swap', watchAll)
