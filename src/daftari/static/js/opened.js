// a[data-opened]: the tap that opens WhatsApp is noted, even while the page gives way to it. Back on
// the page, it is read anew: what was opened says so.

document.addEventListener('click', (event) => {
  const link = event.target.closest('a[data-opened]')
  if (!link) return
  fetch(link.dataset.opened, { method: 'POST', keepalive: true, redirect: 'manual' })
  document.addEventListener('visibilitychange', readAnew)
})

function readAnew() {
  if (document.visibilityState === 'visible') location.reload()
}
