// Background Sync: when the browser says that the network is back, the open pages send what waits.
// The key to it lies with them, not here.

addEventListener('sync', ({ tag }) => {
  if (tag === 'daftari') new BroadcastChannel('daftari').postMessage({ what: 'wake' })
})
