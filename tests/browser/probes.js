// Looks over a page for the tests: what is too small for a thumb, too wide for a phone, unreadable.

window.probes = (() => {
  const TARGETS =
    'a[href], button, select, textarea, summary, input:not([type=hidden]), label:has(input)'
  const LEAST = 43.9

  function targets() {
    const dialog = document.querySelector('dialog[open]')
    return [...document.querySelectorAll(TARGETS)].filter((it) => {
      if (it.matches('.skip-link') || (dialog && !dialog.contains(it))) return false
      if (it.matches('[type=radio], [type=checkbox]') && it.closest('label')) return false
      const { width, height } = it.getBoundingClientRect()
      return it.checkVisibility({ visibilityProperty: true }) && width + height > 3
    })
  }

  function tooSmall() {
    return targets()
      .filter((it) => {
        const { width, height } = it.getBoundingClientRect()
        return width < LEAST || height < LEAST
      })
      .map(named)
  }

  function tooWide() {
    const room = document.documentElement.clientWidth
    const scrolls =
      document.scrollingElement.scrollWidth > room ? ['the page scrolls sideways'] : []
    const outside = [...document.querySelectorAll('body *')].filter((it) => {
      if (!it.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return false
      if (it.closest('.unseen, .skip-link, svg, .chips, .goods-frequent')) return false
      const { left, right } = it.getBoundingClientRect()
      return left < -1 || right > room + 1
    })
    return [...scrolls, ...outside.map(named)]
  }

  const LEAST_LETTERS = 12

  function tooTiny() {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const found = new Set()
    while (walker.nextNode()) {
      const it = walker.currentNode.parentElement
      const isSeen = walker.currentNode.data.trim() && it.checkVisibility()
      if (isSeen && Number.parseFloat(getComputedStyle(it).fontSize) < LEAST_LETTERS) found.add(it)
    }
    return [...found].map(named)
  }

  const BARS =
    '.bottom-bar, .entry-buttons, .sheet > .confirm, .batch > .confirm, .form > .button.wide[type=submit], .preview > .button.wide'

  /* What is scrolled to, as a focus does it, stands above what is fixed to the edge. */
  function underABar() {
    const dialog = document.querySelector('dialog[open]')
    const bars = [...(dialog ?? document).querySelectorAll(BARS)].filter((bar) => {
      const { width, height } = bar.getBoundingClientRect()
      return bar.checkVisibility() && width > height
    })
    return targets()
      .filter((it) => !it.closest(BARS))
      .filter((it) => {
        it.scrollIntoView({ block: 'nearest' })
        const box = it.getBoundingClientRect()
        return bars.some((bar) => {
          const { top, bottom } = bar.getBoundingClientRect()
          return box.bottom > top + 2 && box.top < bottom - 2
        })
      })
      .map(named)
  }

  const SUBMIT =
    '.form > .button.wide[type=submit]:not(.plain, .danger), .preview > .button.wide, .batch > .confirm'

  /* The button of every form that has begun on the screen is on it, above the bar. */
  function submitOutOfSight() {
    scrollTo(0, 0)
    const bar = document.querySelector('.bottom-bar')
    const isAcross = bar?.checkVisibility() && bar.offsetWidth > bar.offsetHeight
    const room = innerHeight - (isAcross ? bar.offsetHeight : 0)
    return [...document.querySelectorAll(SUBMIT)]
      .filter((it) => it.checkVisibility() && it.form.getBoundingClientRect().top < room / 2)
      .filter((it) => it.getBoundingClientRect().bottom > room)
      .map(named)
  }

  /* With letters twice as large. */
  async function atTwiceTheText() {
    document.documentElement.style.fontSize = '200%'
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
    const found = [...tooWide(), ...underABar()]
    document.documentElement.style.fontSize = ''
    return found
  }

  const AN_AMOUNT = /[\d٠-٩][.٫][\d٠-٩]{2}(?![\d٠-٩])/
  const TYPED =
    '#entry .amount-field, #plan input, .choices, .confirm, [data-after], [data-exchange]'

  /* What of the amounts can still be read once they are hidden; not what is being typed. */
  function readableAmounts() {
    document.documentElement.toggleAttribute('data-amounts-hidden', true)
    document.activeElement?.blur()
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const found = [
      ...document.querySelectorAll('input:not([type=hidden]), textarea, select')
    ].filter((it) => AN_AMOUNT.test(it.selectedOptions?.[0]?.textContent ?? it.value))
    while (walker.nextNode()) {
      const { data, parentElement } = walker.currentNode
      if (AN_AMOUNT.test(data) && !parentElement.closest('option')) found.push(parentElement)
    }
    const readable = found.filter(
      (it) => it.checkVisibility() && !it.closest(TYPED) && !isBlurred(it)
    )
    document.documentElement.removeAttribute('data-amounts-hidden')
    return readable.map(named)
  }

  function isBlurred(it) {
    return it && (getComputedStyle(it).filter.includes('blur') || isBlurred(it.parentElement))
  }

  const headings = () => document.querySelectorAll('h1').length

  function named(it) {
    const { width, height } = it.getBoundingClientRect()
    // biome-ignore lint/performance/useDomNodeTextContent: what is seen, not what is hidden.
    const words = (it.ariaLabel || it.innerText || it.name || '').trim().slice(0, 24)
    return `${it.tagName} .${it.className} «${words}» ${width.toFixed(1)}×${height.toFixed(1)}`
  }

  /* axe takes Arabic letters for icons and does not judge their contrast: they become x. */
  function lettersToX() {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    let changed = 0
    while (walker.nextNode()) {
      const { data } = walker.currentNode
      walker.currentNode.data = data.replace(/[\u0600-\u06ff]/g, 'x')
      changed += data !== walker.currentNode.data
    }
    return changed
  }

  /* axe does not know that an open dialog lies over everything: what is behind it goes out of sight. */
  function onlyTheDialog() {
    let it = document.querySelector('dialog:modal')
    while (it && it !== document.body) {
      const others = [...it.parentElement.children].filter((sibling) => sibling !== it)
      for (const other of others) other.style.visibility = 'hidden'
      it = it.parentElement
    }
  }

  /* By all rules, by these alone, or by all but these. */
  async function axeFinds({ only = [], without = [] } = {}) {
    const rules = Object.fromEntries(without.map((rule) => [rule, { enabled: false }]))
    const chosen = only.length ? { runOnly: { type: 'rule', values: only } } : { rules }
    const { violations, passes } = await window.axe.run(document, chosen)
    return {
      judged: passes.find((rule) => rule.id === 'color-contrast')?.nodes.length ?? 0,
      violations: violations.flatMap((rule) =>
        rule.nodes.map((node) =>
          [rule.id, node.html.slice(0, 160), ...node.any.map((one) => one.message)].join(' · ')
        )
      )
    }
  }

  return {
    targets: () => targets().length,
    headings,
    tooSmall,
    tooTiny,
    tooWide,
    underABar,
    submitOutOfSight,
    atTwiceTheText,
    readableAmounts,
    lettersToX,
    onlyTheDialog,
    axeFinds
  }
})()
