/* Recovery codes: copy, print, save as a file. Without this module the buttons stay hidden; sharing
 * is js/share.js. */

import { byId, one } from './dom.js'
import { saveText } from './save-text.js'

const tools = document.querySelector('[data-codes-tools]')

if (tools) {
  tools.hidden = false
  one(tools, '[data-copy]').addEventListener('click', copy)
  one(tools, '[data-print]').addEventListener('click', () => window.print())
  one(tools, '[data-save]').addEventListener('click', save)
}

async function copy({ currentTarget }) {
  const lines = document.querySelectorAll(`${currentTarget.dataset.copy} code`)
  await navigator.clipboard.writeText([...lines].map((line) => line.textContent).join('\n'))
  one(document, '[data-copied]').hidden = false
}

function save({ currentTarget }) {
  saveText(currentTarget.dataset.save, `${byId('codes').dataset.told}\n`)
}
