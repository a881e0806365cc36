// The quiet line of the offline book: what waits, how old the snapshot is, and that the server is
// back.

import { byId, one } from '../dom.js'
import { ago, element } from '../phrase.js'
import { showQueue } from '../quiet-line.js'

export class QuietLine {
  constructor(book, home) {
    this.book = book
    this.line = byId('quiet-line')
    this.text = one(this.line, '[data-away]')
    one(this.line, '[data-queue]').dataset.queue = `${home}/more/phone`
  }

  async show({ shop, says }) {
    const { digits, notation } = shop
    this.says = says
    this.line.dataset.phrases = JSON.stringify({
      ...JSON.parse(this.line.dataset.phrases ?? ''),
      spoken: { digits, notation }
    })
    this.text.textContent = says.updated.replace('{ago}', ago(this.book.head.fetchedAt, shop))
    this.text.hidden = Boolean(this.back)
    await showQueue(this.book, this.trouble)
  }

  /** `trouble`: why the last sending ended; null where somebody answered. */
  setTrouble(trouble) {
    this.trouble = trouble
    this.back?.remove()
    this.back = trouble === null ? this.wayBack() : null
    this.text.hidden = Boolean(this.back)
  }

  /* The same address, from the server. */
  wayBack() {
    const link = element('a', this.says.isBack)
    link.href = location.href
    link.addEventListener('click', (event) => {
      event.preventDefault()
      event.stopPropagation()
      location.reload()
    })
    this.line.append(link)
    return link
  }
}
