// The gate of a device that locks itself: a classic script in the head, run before anything of the page
// is there. Where nobody touched the device for too long, the lock is shown in place of the page.
;(() => {
  const minutes = Number(/(?:^|; )lock=(\d+)/.exec(document.cookie)?.[1] ?? 0)
  if (!minutes) return
  const now = Date.now()
  const idle = now - Number(localStorage.getItem('daftari touched') ?? now)
  const isLocked = /(?:^|; )locked=1/.test(document.cookie)
  if (!isLocked && idle >= 0 && idle < minutes * 60_000) return
  // biome-ignore lint/suspicious/noDocumentCookie: the server reads it before the next page is drawn
  document.cookie = 'locked=1; path=/; max-age=15552000; samesite=lax'
  if (document.currentScript?.hasAttribute('data-shell')) return
  document.documentElement.hidden = true
  stop()
  location.replace(`/locked?next=${encodeURIComponent(location.pathname + location.search)}`)
})()
