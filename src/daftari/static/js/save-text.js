// A text as a file that the browser saves.

const FORGOTTEN_AFTER = 60_000

/** @param {string} name of the file, with its ending */
export function saveText(name, text, type = 'text/plain') {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }))
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), FORGOTTEN_AFTER)
}
