// The part of the entry sheet for money in another currency: what is proposed, and the line that tells
// what the debt falls by.

import { ExchangeLine } from './exchange-line.js'
import { filled } from './phrase.js'

const EXCHANGED_KINDS = ['payment', 'recovery']

const kindOf = (form) => form.querySelector('[name=kind]:checked')?.value

export class ExchangeOnSheet extends ExchangeLine {
  constructor(form, changed) {
    super(form, changed)
    this.chip = form.querySelector('[data-part=paid_currency]')
    this.hint = form.querySelector('[data-exchange-hint]')
    this.chip.addEventListener('click', () => setTimeout(() => this.opened(changed)))
    this.hint.addEventListener('click', () => this.chip.click())
  }

  /* Nothing is left behind by who only looked. */
  opened(changed) {
    const { paid_currency: chosen, paid_amount, rate } = this.form.elements
    if (this.chip.getAttribute('aria-expanded') === 'true') this.propose()
    else if (!paid_amount.value && !rate.value) chosen.value = ''
    this.form.dispatchEvent(new Event('change', { bubbles: true }))
    changed()
  }

  /* Who owes in one currency and pays in the one on the sheet: what was typed is what he hands over. */
  propose() {
    const { amount, currency, paid_amount, paid_currency: chosen } = this.form.elements
    if (chosen.value) return
    const before = currency.value
    const debt = this.debt
    chosen.value = debt ? before : this.usualFor(before)
    if (!debt) return
    currency.value = debt.value
    if (paid_amount.value || !amount.value) return
    paid_amount.value = amount.value
    amount.value = ''
    amount.dispatchEvent(new Event('input', { bubbles: true }))
  }

  /* The currency of a debt, where the one on the sheet has none. */
  get debt() {
    const { currency } = this.form.elements
    const toward = Number(this.form.dataset.toward)
    const isOwed = ({ dataset }) => Number(dataset.balance) * toward > 0
    return isOwed(currency.selectedOptions[0]) ? null : [...currency.options].find(isOwed)
  }

  /* The shop's own beside a foreign debt, else one whose rate the owner typed. */
  usualFor(currency) {
    const { shopCurrency: main } = this.box.dataset
    return currency === main
      ? (this.box.querySelector('[data-rate-of]')?.dataset.rateOf ?? '')
      : main
  }

  show(amount) {
    this.showHint()
    return super.show(amount)
  }

  showHint() {
    const debt = EXCHANGED_KINDS.includes(kindOf(this.form)) && !this.isOn && this.debt
    this.hint.hidden = !debt
    if (!debt) return
    const owed = this.money(Math.abs(debt.dataset.balance), debt.value)
    this.hint.replaceChildren(...filled(this.hint.dataset.says, { amount: owed }))
  }

  get lowersDebt() {
    const { currency } = this.form.elements
    const owed = Number(currency.selectedOptions[0].dataset.balance) * this.form.dataset.toward
    return kindOf(this.form) === 'payment' && owed > 0
  }
}
