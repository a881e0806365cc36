// [data-share]: hands the text to the phone's own way of sharing, or what stands at the element of
// [data-share-of]. Hidden where there is none.

import { byId, targetOf } from './dom.js'

function unveil() {
  if (!navigator.share) return
  for (const button of document.querySelectorAll('[data-share][hidden]')) button.hidden = false
}

async function share(text) {
  try {
    await navigator.share({ text })
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'AbortError') throw error
  }
}

unveil()
document.addEventListener('htmx:after:swap', unveil)
document.addEventListener('click', (event) => {
  const button = targetOf(event).closest('[data-share]')
  if (!button) return
  const { share: text, shareOf } = button.dataset
  share(shareOf ? byId(shareOf).dataset.told : text)
})
