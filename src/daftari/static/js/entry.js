// The entry sheet with its script: keypad, sum, amount in words, balance before and after, and a
// button that says what it does. All texts stand in the form already, in data attributes.

import { evaluateSum, formatAmount, notationOf, orNull, POINT, parseAmount } from './amount.js'
import { AmountAdvice } from './amount-advice.js'
import { saysOf } from './approval.js'
import { bindCorrections } from './correction-form.js'
import { ExchangeOnSheet } from './exchange-sheet.js'
import { GoodsPart } from './goods-part.js'
import { ignoreTaps } from './ignored-taps.js'
import { heldOf, isSeparator, isSum, keyOf, press, shownOf } from './keypad.js'
import { bindOptionalFields } from './optional-fields.js'
import { element, filled, ltr } from './phrase.js'
import { amountInWords } from './words.js'

/** @type {Notation} */
const PLAIN = { group: '', decimal: '.' }

class EntrySheet {
  constructor(form) {
    this.form = form
    this.exchange = new ExchangeOnSheet(form, () => this.show())
    this.goods = new GoodsPart(form, () => this.show())
    this.advice = new AmountAdvice(form, (minor) => this.money(minor, true))
    this.amount = form.elements.amount
    this.notation = notationOf(form)
    this.held = this.heldNow()
    this.confirm = form.querySelector('[data-confirm-button]')
    this.plainConfirm = this.confirm.textContent.trim()
  }

  bind() {
    this.form.querySelector('[data-keypad]').hidden = false
    this.amount.inputMode = 'none'
    this.form.addEventListener('click', (event) => this.clicked(event))
    this.form.addEventListener('keydown', (event) => this.keyed(event))
    this.amount.addEventListener('input', () => this.typed())
    this.form.addEventListener('change', () => this.show())
    this.form.addEventListener('submit', () => this.complete(), true)
    this.form.addEventListener('complete', () => this.complete())
    bindOptionalFields(this.form)
    this.goods.bind()
    this.show()
  }

  clicked(event) {
    const { key, fill, minor } = event.target.closest('[data-key], [data-fill]')?.dataset ?? {}
    if (key) this.press(key)
    else if (fill) this.fill(Number(minor))
    else if (this.confirm.contains(event.target) && this.advice.asks()) event.preventDefault()
  }

  keyed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || !this.takesKeys(event.target)) return
    const key = keyOf(event.key, this.notation.decimal)
    if (!key) return
    if (this.isEditedInside()) return this.ungroup()
    const isRaw = this.held === null || (isSeparator(key) && !isSum(this.held))
    if (isRaw && event.target === this.amount) return
    event.preventDefault()
    this.press(key)
  }

  takesKeys(target) {
    return target === this.amount || !target.matches('input:not([type=radio]), select, textarea')
  }

  /* Somebody moved the caret into the number: the field edits it as any field does. */
  isEditedInside() {
    const { selectionStart: start, selectionEnd: end, value } = this.amount
    if (document.activeElement !== this.amount) return false
    if (start === 0 && end === value.length) this.held = ''
    return start === end && end !== value.length && !isSum(this.held)
  }

  /* Among plain digits: a group sign would stay behind in the wrong place. */
  ungroup() {
    if (!this.isKeyed) return
    const { selectionStart: at, value } = this.amount
    const bare = (text) => text.replaceAll(value.includes('٬') ? '٬' : this.notation.group, '')
    this.amount.value = bare(value)
    this.amount.setSelectionRange(...Array(2).fill(bare(value.slice(0, at)).length))
  }

  press(key) {
    if (this.amount.readOnly) return
    if (this.held === null || isSeparator(key)) return this.pressRaw(key)
    this.held = key === '=' ? this.total() : press(this.held, key)
    this.amount.value = this.written = isSum(this.held)
      ? this.shownTotal()
      : this.shownHeld(this.held)
    this.show()
  }

  fill(minor) {
    this.amount.value = this.written = this.format(minor)
    this.typed()
  }

  /* What the keypad cannot hold goes on as it was typed; of a sum its terms, not the total. */
  pressRaw(key) {
    if (isSum(this.held)) this.amount.value = this.shownHeld(this.held)
    if (key === 'erase') this.amount.value = this.amount.value.slice(0, -1)
    else if (key === 'decimal') this.amount.value += this.notation.decimal
    else this.amount.value += isSeparator(key) ? key : this.shownHeld(key)
    this.typed()
  }

  /* Whether the field shows what the keypad holds, and not what somebody typed into it. */
  get isKeyed() {
    return this.amount.value === this.written
  }

  /* '1,250' of a currency with three decimals could be read in two ways; '1,250.000' could not. A sum
   * that was typed into the field is sent as what it makes. */
  complete() {
    const { minor } = this
    if ((this.isKeyed || isSum(this.held)) && minor !== null && this.typedMinor === null)
      this.amount.value = this.written = this.format(minor)
  }

  typed() {
    this.held = this.heldNow()
    this.show()
  }

  heldNow() {
    return heldOf(this.amount.value, this.notation, this.forms.decimals)
  }

  get currency() {
    return this.form.elements.currency.selectedOptions[0]
  }

  get forms() {
    return JSON.parse(this.currency.dataset.forms)
  }

  get kind() {
    return this.form.querySelector('[name=kind]:checked')
  }

  /* Minor units, or null while it is no amount; `typedMinor`: as the shop will read the field. */
  get minor() {
    if (!isSum(this.held) && !this.isKeyed) return this.typedMinor
    return orNull(() => evaluateSum(this.held, this.forms.decimals, POINT).minor)
  }

  get typedMinor() {
    return orNull(() => parseAmount(this.amount.value, this.forms.decimals, this.notation))
  }

  format(minor) {
    return formatAmount(minor, this.forms.decimals, this.form.dataset.digits, this.notation)
  }

  total() {
    const { minor } = this
    if (minor === null) return this.held
    return formatAmount(minor, this.forms.decimals, 'latn', PLAIN)
  }

  shownTotal() {
    const { minor } = this
    return minor === null ? this.shownHeld(this.held) : this.format(minor)
  }

  shownHeld(held) {
    return shownOf(held, this.notation, this.form.dataset.digits)
  }

  show() {
    if (this.goods.show()) this.held = this.heldNow()
    const typed = this.minor
    const given = this.exchange.show(typed === null ? this.amount.value : this.format(typed))
    const minor = typed ?? given
    this.showTyped(minor)
    this.advice.show(minor)
    this.showBalance(minor)
    this.showConfirm(minor)
  }

  showTyped(minor) {
    const sum = isSum(this.held) ? this.shownHeld(this.held).replace(/[+−]/g, ' $& ') : ''
    this.part('sum').textContent = sum
    this.part('words').textContent = minor === null ? '' : amountInWords(minor, this.forms)
    this.part('unit').textContent = this.currency.dataset.unit
    const { length } = this.amount.value
    this.amount.dataset.length = length > 13 ? 'very-long' : length > 9 ? 'long' : 'short'
    this.form.querySelector('[data-key=decimal]').disabled = !this.forms.decimals
  }

  showBalance(minor) {
    const before = Number(this.currency.dataset.balance)
    const after = before + this.effect * (minor ?? 0)
    this.form.querySelector('[data-before-after]').hidden = minor === null
    this.part('before').replaceChildren(...this.balance(before))
    this.part('after').replaceChildren(...this.balance(after))
    this.advice.showLimit(after, this.effect)
  }

  showConfirm(minor) {
    const grows = this.effect * Number(this.form.dataset.toward) > 0
    this.confirm.classList.toggle('debt', grows)
    this.confirm.classList.toggle('pay', !grows)
    this.form.classList.toggle('is-shrinking', !grows)
    if (minor === null || !this.kind) return this.sayConfirm(element('span', this.plainConfirm))
    const values = { amount: this.money(minor, true), name: element('bdi', this.form.dataset.name) }
    this.sayConfirm(element('span', ...filled(saysOf(this.form, this.kind), values)))
  }

  /* Only where the words are new: leaving a field fires `change` in the middle of a press on the
   * button, and a press whose words are replaced under it is no click. */
  sayConfirm(words) {
    if (!this.confirm.firstChild?.isEqualNode(words)) this.confirm.replaceChildren(words)
  }

  get effect() {
    const given = this.kind?.dataset.effect ?? '0'
    if (given !== 'side') return Number(given)
    return this.form.querySelector('[name=side]:checked')?.value === 'owed' ? -1 : 1
  }

  balance(minor) {
    const { owes, owed, settled } = this.form.dataset
    if (minor === 0) return [settled]
    return [`${minor > 0 ? owes : owed} `, this.money(Math.abs(minor))]
  }

  money(minor, withUnit = false) {
    const number = ltr(this.format(minor), 'money')
    return withUnit ? element('span', number, ` ${this.currency.dataset.unit}`) : number
  }

  part(name) {
    return this.form.querySelector(`[data-${name}]`)
  }
}

function bindAll() {
  for (const form of document.querySelectorAll('form[data-entry]:not([data-bound])')) {
    form.dataset.bound = ''
    new EntrySheet(form).bind()
  }
  bindCorrections()
}

bindAll()
if (document.querySelector('form[data-entry]')) ignoreTaps()
document.addEventListener('htmx:after:swap', bindAll)
