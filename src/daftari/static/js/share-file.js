// [data-share-file]: a link to a file. Where the phone shares files, a tap fetches it and hands it to the
// phone's own share sheet; anywhere else, and where that fails, the link is a download as without a script.

import { targetOf } from './dom.js'

const NAME = /filename\*=UTF-8''([^;]+)/
/** Files that were fetched and are not handed over yet: the browser wanted another tap.
 * @type {Map<string, File>} */
const waiting = new Map()

const sharesFiles = () =>
  Boolean(navigator.canShare?.({ files: [new File([''], 'a.pdf', { type: 'application/pdf' })] }))

async function fetchFile(href) {
  const answer = await fetch(href, { redirect: 'error' })
  const type = answer.headers.get('content-type') ?? ''
  const name = NAME.exec(answer.headers.get('content-disposition') ?? '')
  if (!answer.ok || !name) throw new Error('no file')
  return new File([await answer.blob()], decodeURIComponent(name[1]), { type })
}

/** Whether the file left, or its sheet was closed; false where the browser wants another tap. */
async function handOver(file) {
  try {
    await navigator.share({ files: [file] })
    return true
  } catch (error) {
    const name = error instanceof Error ? error.name : ''
    if (name === 'AbortError') return true
    if (name === 'NotAllowedError') return false
    throw error
  }
}

async function share(link) {
  const words = link.querySelector('span') ?? link
  link.setAttribute('aria-busy', 'true')
  try {
    const file = waiting.get(link.href) ?? (await fetchFile(link.href))
    if (await handOver(file)) waiting.delete(link.href)
    else {
      waiting.set(link.href, file)
      words.textContent = link.dataset.again
    }
  } catch {
    location.assign(link.href)
  } finally {
    link.removeAttribute('aria-busy')
  }
}

document.addEventListener('click', (event) => {
  const link = targetOf(event).closest('a[data-share-file]')
  if (!link || !sharesFiles()) return
  event.preventDefault()
  if (!link.hasAttribute('aria-busy')) share(link)
})
