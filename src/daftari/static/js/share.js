// [data-share]: hands the text to the phone's own way of sharing. Hidden where there is none.

function unveil() {
  if (!navigator.share) return
  for (const button of document.querySelectorAll('[data-share][hidden]')) button.hidden = false
}

async function share(text) {
  try {
    await navigator.share({ text })
  } catch (error) {
    if (error.name !== 'AbortError') throw error
  }
}

unveil()
document.addEventListener('htmx:after:swap', unveil)
document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-share]')
  if (button) share(button.dataset.share)
})
