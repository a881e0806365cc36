// A form is submitted once: until the answer comes its button is busy and takes no second press.

document.addEventListener('submit', (event) => {
  const button = event.submitter
  if (event.defaultPrevented || !button || event.target.method !== 'post') return
  if (button.getAttribute('aria-busy') === 'true') return event.preventDefault()
  button.setAttribute('aria-busy', 'true')
})

/* Back from the next page, the same form can be sent again. */
addEventListener('pageshow', () => {
  for (const button of document.querySelectorAll('button[aria-busy]')) {
    button.removeAttribute('aria-busy')
  }
})
