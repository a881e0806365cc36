/* Recovery codes: copy and print. Without this module the buttons stay hidden. */

import { one } from './dom.js'

const tools = document.querySelector('[data-codes-tools]')

if (tools) {
  tools.hidden = false
  one(tools, '[data-copy]').addEventListener('click', copy)
  one(tools, '[data-print]').addEventListener('click', () => window.print())
}

async function copy({ currentTarget }) {
  const lines = document.querySelectorAll(`${currentTarget.dataset.copy} code`)
  await navigator.clipboard.writeText([...lines].map((line) => line.textContent).join('\n'))
  one(document, '[data-copied]').hidden = false
}
