// The rows of goods under a hand: rows are added and taken out, each tells its total, and what the shop
// sells often is one tap away with its last price.

import { formatAmount, notationOf } from './amount.js'
import { parseQuantity, readGoods, totalOf, typeQuantity } from './goods.js'
import {
  addRow,
  boxOf,
  decimalsOf,
  fieldsOf,
  isBlank,
  renumber,
  rowsOf,
  typeRow
} from './goods-fields.js'
import { element, ltr } from './phrase.js'

const ONE = 1000
const bound = new WeakMap()

/** Binds the rows of a form once, and draws them. */
export function bindRows(form) {
  if (!bound.has(form)) bound.set(form, new GoodsRows(form))
  bound.get(form).draw()
}

class GoodsRows {
  constructor(form) {
    this.form = form
    this.box = boxOf(form)
    this.more = this.box.querySelector('[data-goods-more]')
    this.frequent = this.box.querySelector('[data-goods-frequent]')
    this.box.querySelector('[data-goods-hint]').hidden = true
    this.leaveOneBlank()
    this.more.addEventListener('click', () => this.add())
    this.box.addEventListener('click', (event) => this.clicked(event))
    this.box.addEventListener('input', () => this.draw())
    form.addEventListener('change', () => this.draw())
    this.ask()
  }

  /* Where no script adds rows, several stand ready. */
  leaveOneBlank() {
    const [, ...rows] = rowsOf(this.form).filter(isBlank)
    for (const row of rows) row.remove()
    renumber(this.form)
  }

  /* Whoever holds the book of this phone answers. */
  ask() {
    const answer = (goods) => {
      this.goods = goods
      this.drawFrequent()
    }
    this.form.dispatchEvent(new CustomEvent('goods-asked', { bubbles: true, detail: { answer } }))
  }

  clicked(event) {
    const row = event.target.closest('[data-goods-off]')?.closest('[data-goods-row]')
    if (row) this.takeOut(row)
  }

  get isFull() {
    return rowsOf(this.form).length >= Number(this.box.dataset.most)
  }

  add() {
    const row = this.blankRow()
    fieldsOf(row)[0].focus()
    this.draw()
  }

  blankRow() {
    const last = rowsOf(this.form).at(-1)
    return isBlank(last) ? last : addRow(this.form)
  }

  takeOut(row) {
    if (rowsOf(this.form).length > 1) row.remove()
    else for (const field of fieldsOf(row)) field.value = ''
    renumber(this.form)
    this.tell()
    this.more.focus()
  }

  /* The same goods once more are one more of them. */
  put(name, price) {
    const same = rowsOf(this.form).find((row) => this.says(row, name, price))
    if (same) this.addOne(fieldsOf(same)[1])
    else if (!this.isFull || isBlank(rowsOf(this.form).at(-1)))
      typeRow(this.form, this.blankRow(), [name, ONE, price])
    this.tell()
  }

  /* As if a hand had typed it. */
  tell() {
    this.form.dispatchEvent(new Event('change', { bubbles: true }))
  }

  says(row, name, price) {
    const goods = this.read(row)
    return goods?.[0] === name && goods[2] === price
  }

  addOne(quantity) {
    const notation = notationOf(this.form)
    quantity.value = typeQuantity(parseQuantity(quantity.value, notation) + ONE, notation)
  }

  read(row) {
    const [name, quantity, price] = fieldsOf(row).map(({ value }) => value)
    const typed = [{ number: 1, name: name || '-', quantity, price }]
    return readGoods(typed, decimalsOf(this.form), notationOf(this.form)).goods[0]
  }

  draw() {
    for (const row of rowsOf(this.form)) this.drawRow(row)
    this.more.hidden = this.isFull
    this.drawFrequent()
  }

  drawRow(row) {
    const goods = isBlank(row) ? null : this.read(row)
    const total = row.querySelector('[data-goods-total]')
    total.hidden = !goods
    total.replaceChildren(...(goods ? ['= ', ltr(this.text(totalOf(goods)), 'money')] : []))
    row.querySelector('[data-goods-off]').hidden = isBlank(row) && rowsOf(this.form).length === 1
  }

  /* Those whose last price is in the currency of the entry. */
  drawFrequent() {
    const currency = this.form.elements.currency?.value ?? this.box.dataset.currency
    const goods = (this.goods ?? []).filter(([, , code]) => code === currency)
    if (this.drawn === goods.length + currency) return
    this.drawn = goods.length + currency
    this.frequent.hidden = !goods.length
    this.frequent.replaceChildren(...goods.map(([name, price]) => this.chip(name, price)))
  }

  chip(name, price) {
    const made = element('button', element('bdi', name), ' ', ltr(this.text(price), 'money'))
    Object.assign(made, { type: 'button', className: 'chip' })
    made.addEventListener('click', () => this.put(name, price))
    return made
  }

  text(minor) {
    const { digits } = this.form.dataset
    return formatAmount(minor, decimalsOf(this.form), digits, notationOf(this.form))
  }
}
