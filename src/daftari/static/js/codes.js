/* Recovery codes: copy and print. Without this module the buttons stay hidden. */

const tools = document.querySelector('[data-codes-tools]')

if (tools) {
  tools.hidden = false
  tools.querySelector('[data-copy]').addEventListener('click', copy)
  tools.querySelector('[data-print]').addEventListener('click', () => window.print())
}

async function copy({ currentTarget }) {
  const lines = document.querySelectorAll(`${currentTarget.dataset.copy} code`)
  await navigator.clipboard.writeText([...lines].map((line) => line.textContent).join('\n'))
  document.querySelector('[data-copied]').hidden = false
}
