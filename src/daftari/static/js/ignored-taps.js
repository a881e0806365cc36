// For a moment after a sheet has opened nothing on it can be pressed: the second tap of a double tap
// on what opened it would fall on a key of the sheet, or on what saves.

const MOMENT = 350
const { dataset } = document.documentElement
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer

/** Nothing is pressed for a moment; css/sheet.css keeps pointers away meanwhile. */
export function ignoreTaps() {
  dataset.opening = ''
  clearTimeout(timer)
  timer = setTimeout(() => delete dataset.opening, MOMENT)
}

/* What presses a button, or sends an empty form; all that is typed counts at once. */
function presses({ key, target }) {
  if (key === ' ') return target.matches('a, button, summary')
  return key === 'Enter' && !target.value
}

addEventListener(
  'keydown',
  (event) => {
    if (!('opening' in dataset) || !presses(event)) return
    event.preventDefault()
    event.stopPropagation()
  },
  true
)
