// The part of the entry sheet for money in another currency: what is proposed, and a line that tells in
// words, while it is typed, what the debt falls by.

import { formatAmount, notationOf } from './amount.js'
import { ExchangeRefused, unitOfRate } from './exchange.js'
import { boxOf, currencyOf, decimalsIn, exchangeIn, optionOf } from './exchange-fields.js'
import { element, filled, ltr } from './phrase.js'
import { formatRate } from './rates.js'

const EXCHANGED_KINDS = ['payment', 'recovery']

const unitOf = (form, code) => optionOf(form, code).dataset.unit
const kindOf = (form) => form.querySelector('[name=kind]:checked')?.value

export class ExchangeOnSheet {
  constructor(form, changed) {
    this.form = form
    this.box = boxOf(form)
    this.chip = form.querySelector('[data-part=paid_currency]')
    this.hint = form.querySelector('[data-exchange-hint]')
    for (const name of ['paid_amount', 'rate'])
      form.elements[name].addEventListener('input', changed)
    this.chip.addEventListener('click', () => setTimeout(() => this.opened(changed)))
    this.hint.addEventListener('click', () => this.chip.click())
    for (const line of this.box.querySelectorAll('[data-proposal]')) this.offer(line, changed)
  }

  /* The rate that the owner typed is used where it is pressed. */
  offer(line, changed) {
    const button = element('button', ...line.childNodes)
    Object.assign(button, { type: 'button', className: 'chip' })
    button.addEventListener('click', () => {
      this.form.elements.rate.value = line.dataset.proposal
      changed()
    })
    line.replaceChildren(button)
  }

  get isOn() {
    const { paid_currency: chosen } = this.form.elements
    return Boolean(!chosen.disabled && chosen.value)
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

  /** Draws all; the amount of the debt where it can be told. `amount`: as typed. */
  show(amount) {
    const [agreed, reasons] = this.read(amount)
    this.showHint()
    this.showRate()
    this.showMissing(agreed)
    this.tell(agreed, reasons)
    return agreed?.amount_minor ?? null
  }

  read(amount) {
    try {
      return [this.isOn ? exchangeIn(this.form, amount) : null, {}]
    } catch (error) {
      if (!(error instanceof ExchangeRefused)) throw error
      return [null, error.reasons]
    }
  }

  showHint() {
    const debt = EXCHANGED_KINDS.includes(kindOf(this.form)) && !this.isOn && this.debt
    this.hint.hidden = !debt
    if (!debt) return
    const owed = this.money(Math.abs(debt.dataset.balance), debt.value)
    this.hint.replaceChildren(...filled(this.hint.dataset.says, { amount: owed }))
  }

  /* «1 $ = [3.75] SAR» */
  showRate() {
    const part = (name) => this.box.querySelector(`[data-rate-${name}]`)
    const [one, unit] = [part('one'), part('unit')]
    one.hidden = unit.hidden = !this.isOn
    part('how').hidden = this.isOn
    const pair = [this.form.elements.paid_currency.value, currencyOf(this.form)]
    for (const line of this.box.querySelectorAll('[data-proposal]'))
      line.hidden = !(
        pair.includes(line.dataset.rateOf) && pair.includes(this.box.dataset.shopCurrency)
      )
    if (!this.isOn) return
    const of = unitOfRate(
      { paid_currency: pair[0], currency: pair[1] },
      this.box.dataset.shopCurrency
    )
    const into = pair.find((code) => code !== of) ?? of
    one.textContent = `${formatAmount(1, 0, this.form.dataset.digits)} ${unitOf(this.form, of)} =`
    unit.textContent = unitOf(this.form, into)
  }

  /* What the other two give stands in the field that was left empty, as its placeholder. */
  showMissing(agreed) {
    const { amount, paid_amount: paid, rate } = this.form.elements
    amount.dataset.placeholder ??= amount.placeholder
    amount.placeholder = agreed
      ? this.text(agreed.amount_minor, currencyOf(this.form))
      : amount.dataset.placeholder
    paid.placeholder = agreed ? this.text(agreed.paid_minor, agreed.paid_currency) : ''
    const { digits } = this.form.dataset
    rate.placeholder = agreed ? formatRate(agreed.rate_e8, digits, notationOf(this.form)) : ''
  }

  tell(agreed, reasons) {
    const line = this.box.querySelector('[data-exchange-line]')
    const isRefused = this.form.elements.rate.hasAttribute('aria-invalid')
    const isWrong = reasons.rate?.name === 'rate_disagrees' && !isRefused
    line.hidden = !(agreed || isWrong)
    line.toggleAttribute('data-disagrees', isWrong)
    if (isWrong) line.textContent = JSON.parse(this.form.dataset.reasons).rate_disagrees
    else if (agreed) line.replaceChildren(...this.sentence(agreed))
  }

  sentence({ amount_minor: minor, paid_minor: paid, paid_currency: code }) {
    const { currency } = this.form.elements
    const owed = Number(currency.selectedOptions[0].dataset.balance) * this.form.dataset.toward
    const { lowers, counts } = this.box.dataset
    const amount = () => this.money(minor, currency.value)
    return filled(kindOf(this.form) === 'payment' && owed > 0 ? lowers : counts, {
      amount: amount(),
      paid: this.money(paid, code),
      falls: amount()
    })
  }

  money(minor, code) {
    return element('span', ltr(this.text(minor, code), 'money'), ` ${unitOf(this.form, code)}`)
  }

  text(minor, code) {
    const decimals = decimalsIn(this.form)(code)
    return formatAmount(minor, decimals, this.form.dataset.digits, notationOf(this.form))
  }
}
