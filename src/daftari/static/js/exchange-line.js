// The part of a form for money in another currency: a line that tells in words, while it is typed, what
// the debt falls by. The entry sheet has more of it (exchange-sheet.js).

import { formatAmount, notationOf } from './amount.js'
import { ExchangeRefused, unitOfRate } from './exchange.js'
import { boxOf, currencyOf, decimalsIn, exchangeIn, optionOf } from './exchange-fields.js'
import { element, filled, ltr } from './phrase.js'
import { formatRate } from './rates.js'

const unitOf = (form, code) => optionOf(form, code).dataset.unit

export class ExchangeLine {
  /** `changed()` is called when somebody typed. */
  constructor(form, changed) {
    this.form = form
    this.box = boxOf(form)
    for (const name of ['paid_amount', 'rate'])
      form.elements[name].addEventListener('input', changed)
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

  /** Draws all; the amount of the debt where it can be told. `amount`: as typed. */
  show(amount) {
    const [agreed, reasons] = this.read(amount)
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
    const { lowers, counts } = this.box.dataset
    const amount = () => this.money(minor, currencyOf(this.form))
    return filled(this.lowersDebt ? lowers : counts, {
      amount: amount(),
      paid: this.money(paid, code),
      falls: amount()
    })
  }

  /* Whether a debt stands there that becomes less. */
  get lowersDebt() {
    return 'lowers' in this.form.dataset
  }

  money(minor, code) {
    return element('span', ltr(this.text(minor, code), 'money'), ` ${unitOf(this.form, code)}`)
  }

  text(minor, code) {
    const decimals = decimalsIn(this.form)(code)
    return formatAmount(minor, decimals, this.form.dataset.digits, notationOf(this.form))
  }
}
