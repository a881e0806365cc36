// The network is back, says the browser: the pages that are open bring what waits on the phone. The
// key to it lies with them, not here.

addEventListener('sync', ({ tag }) => {
  if (tag === 'daftari') new BroadcastChannel('daftari').postMessage({ what: 'wake' })
})
