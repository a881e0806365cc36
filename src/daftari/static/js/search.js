// htmx fetches the list while one types; here the address and the filters follow what was typed, so
// that a reload, a filter or the way back find the same list.

function typedIn(form) {
  return new URLSearchParams([...new FormData(form)].filter(([, value]) => value))
}

function follow(form) {
  const typed = typedIn(form)
  if (location.pathname === new URL(form.action).pathname) {
    history.replaceState(history.state, '', `${form.action}${typed.size ? `?${typed}` : ''}`)
  }
  for (const link of document.querySelectorAll('.chips a, .drop-list a')) keepWords(link, typed.get('q'))
}

function keepWords(link, words) {
  const url = new URL(link.href)
  url.searchParams.delete('q')
  if (words) url.searchParams.set('q', words)
  link.href = url
}

document.addEventListener('htmx:after:swap', (event) => {
  const form = event.detail.ctx.sourceElement
  if (form.matches?.('[data-live]')) follow(form)
})
