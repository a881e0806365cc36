// How much of the page the keyboard covers, as `--keyboard`: what sticks to the bottom stands above it.
// Chromium and Firefox make the page smaller by themselves (`interactive-widget`), Safari does not.

const LEAST = 120 // px; less is the browser's own bar

/** @param {VisualViewport} seen */
function measure({ height, offsetTop, scale }) {
  const covered = scale > 1 ? 0 : innerHeight - height - offsetTop
  const size = covered > LEAST ? `${Math.round(covered)}px` : '0px'
  document.documentElement.style.setProperty('--keyboard', size)
}

const seen = window.visualViewport
for (const change of ['resize', 'scroll']) seen?.addEventListener(change, () => measure(seen))
