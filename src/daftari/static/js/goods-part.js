// The goods of a form, as far as it needs them before anybody opens them: with goods the amount is their
// sum and cannot be typed. What draws the rows is fetched when they are opened.

import { formatAmount, notationOf } from './amount.js'
import { boxOf, decimalsOf, goodsIn } from './goods-fields.js'

export class GoodsPart {
  /** @type {Promise<typeof import('./goods-sheet.js')> | null} */
  fetched = null

  /** `changed()`: something of the goods is another now. */
  constructor(form, changed) {
    this.form = form
    this.changed = changed
    this.amount = form.elements.amount
    this.box = boxOf(form)
    this.says = form.querySelector('[data-amount-of-goods]')
  }

  bind() {
    const { form, box } = this
    box.addEventListener('input', this.changed)
    form.addEventListener('change', () => goodsIn(form) && this.fetch())
    this.says.addEventListener('click', () => this.open())
    this.chip?.addEventListener('click', () => this.fetch())
    box.closest('details').addEventListener('toggle', () => !this.chip && this.fetch())
    if (goodsIn(form)) this.fetch()
  }

  get chip() {
    return this.form.querySelector('.chip[data-part=goods]')
  }

  async fetch() {
    this.fetched ??= import('./goods-sheet.js')
    const sheet = await this.fetched.catch(() => null)
    if (sheet) sheet.bindRows(this.form)
    else this.fetched = null
  }

  open() {
    if (this.chip?.getAttribute('aria-expanded') === 'false') this.chip.click()
    this.box.closest('details').open = true
    this.box.scrollIntoView({ block: 'center' })
  }

  /** Puts the sum into the amount, or gives the amount back. Whether it did either. */
  show() {
    const goods = goodsIn(this.form)
    const { amount } = this
    if (!goods && !amount.readOnly) return false
    if (goods && !amount.readOnly) this.before = amount.value
    amount.readOnly = Boolean(goods)
    amount.value = goods ? this.text(goods.minor) : (this.before ?? '')
    this.says.hidden = !goods
    this.form.classList.toggle('has-goods', Boolean(goods))
    return true
  }

  text(minor) {
    if (minor === null) return ''
    const { digits } = this.form.dataset
    return formatAmount(minor, decimalsOf(this.form), digits, notationOf(this.form))
  }
}
