// What the entry sheet says of an amount before it is saved: that it goes beyond the limit, that a payment
// is more than what is owed, that it is far larger than any before; and the amounts that a payment is often made of,
// one tap away.

import { showApproval } from './approval.js'
import { one } from './dom.js'
import { debtOnSheet, isBeyondLimit } from './limits.js'
import { element, filled } from './phrase.js'

const FAR_LARGER = 10
const SETTLES = ['payment', 'discount', 'write_off']
const GIVES = ['debt', 'opening']

/** More than what is owed, in minor units; 0 where it is not. `owed`: below zero for an advance. */
export function overpaidBy(minor, owed) {
  return Math.max(0, minor - Math.max(0, owed))
}

/** Whether somebody may have typed a digit too many. `largest`: of any amount so far, 0 for none. */
export function isFarLarger(minor, largest, owed) {
  return largest > 0 && minor >= FAR_LARGER * largest && minor > owed
}

export class AmountAdvice {
  /** The amount that was asked about: pressed again, it is meant. */
  asked = null

  /** `money(minor)`: an amount as the sheet writes it, with its unit. */
  constructor(form, money) {
    this.form = form
    this.money = money
  }

  show(minor) {
    this.minor = minor
    this.showParts()
    const excess = this.settles && minor ? overpaidBy(minor, this.owed) : 0
    this.say('overpaid', excess > 0, { amount: excess })
    if (minor !== this.asked) this.say('unusual', false)
  }

  /** Whether it asks about the amount now: once for each. */
  asks() {
    const largest = Number(this.currency.largest ?? 0)
    const owed = this.settles ? this.owed : 0
    if (this.minor === this.asked || !isFarLarger(this.minor, largest, owed)) return false
    this.asked = this.minor
    this.say('unusual', true, { amount: this.minor, largest })
    return true
  }

  /* `after`: the balance that it would make; `effect`: 1 where it grows. */
  showLimit(after, effect) {
    const warning = this.form.querySelector('[data-limit-warning]')
    const gives = GIVES.includes(this.kind) && effect > 0
    const isBeyond = Boolean(warning) && gives && this.goesBeyond(after)
    const { kind, minor, owed } = this
    showApproval(this.form, { isBeyond, kind, minor, owed })
    if (!warning) return
    warning.hidden = !isBeyond
    one(this.form, '[data-limit-uncounted]').hidden = !(gives && !this.currency.rate)
  }

  goesBeyond(after) {
    const { limit, limitCurrency } = this.form.dataset
    const debt = debtOnSheet(this.form.elements.currency, limitCurrency, after)
    return this.minor !== null && isBeyondLimit(Number(limit), debt)
  }

  /* «All they owe», and what of it is late where that is not all. */
  showParts() {
    const isPayment = this.kind === 'payment'
    const late = Number(this.currency.late ?? 0)
    this.showPart('owed', isPayment ? this.owed : 0)
    this.showPart('late', isPayment && late < this.owed ? late : 0)
  }

  showPart(name, minor) {
    const chip = one(this.form, `[data-fill=${name}]`)
    chip.hidden = minor <= 0
    chip.dataset.minor = String(minor)
    one(chip, 'span').replaceChildren(...(minor > 0 ? [this.money(minor)] : []))
  }

  say(name, isSo, amounts = {}) {
    const tag = one(this.form, `[data-${name}]`)
    tag.hidden = !isSo
    if (!isSo) return
    const values = Object.entries(amounts).map(([key, minor]) => [key, this.money(minor)])
    const words = element('span', ...filled(tag.dataset.says, Object.fromEntries(values)))
    one(tag, 'span').replaceWith(words)
  }

  get currency() {
    return this.form.elements.currency.selectedOptions[0].dataset
  }

  get kind() {
    return this.form.querySelector('[name=kind]:checked')?.value
  }

  get settles() {
    return SETTLES.includes(this.kind)
  }

  get owed() {
    return Number(this.currency.balance) * Number(this.form.dataset.toward)
  }
}
