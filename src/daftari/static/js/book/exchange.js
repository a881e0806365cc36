// The part of a form for money handed over in another currency, with the rates that the owner typed.

import { formatAmount } from '../amount.js'
import { one } from '../dom.js'
import { shown } from '../entry-row.js'
import { formatRate } from '../rates.js'

const PLACEHOLDER_CURRENCY = 'SAR'

/** `near`: currencies of the customer or the entry; after them come those with a rate, and the few that
 * travel. */
export function drawExchange(form, near, context) {
  const { shop, units, says } = context
  const box = one(form, '[data-exchange]')
  box.dataset.shopCurrency = shop.currency
  const codes = [shop.currency, ...near, ...Object.keys(shop.rates), ...says.foreign.split(' ')]
  drawChoice(form.elements.paid_currency, new Set(codes))
  const hint = one(box, '[data-rate-how]')
  const [before, now] = [PLACEHOLDER_CURRENCY, shop.currency].map((code) => units[code][1])
  hint.textContent = hint.textContent.replace(before, now)
  const placeholder = one(box, '[data-proposal]')
  placeholder.replaceWith(
    ...Object.entries(shop.rates).map(([code, rate]) => proposal(placeholder, code, rate, context))
  )
}

function drawChoice(select, codes) {
  const options = new Map([...select.options].map((option) => [option.value, option]))
  select.replaceChildren(...['', ...codes].map((code) => options.get(code)))
  select.selectedIndex = 0
}

/* «سعرك المسجّل يوم 3/11/2026: 1 $ = 3.75 ر.س» */
function proposal(placeholder, code, rate, context) {
  const { digits, notation, currency, rates_on: days } = context.shop
  const made = placeholder.cloneNode(true)
  const [day, unit, value] = made.querySelectorAll('bdi')
  const symbol = (of) => context.units[of][0]
  Object.assign(made.dataset, { proposal: formatRate(rate, 'latn', notation), rateOf: code })
  day.textContent = shown(days[code], context)
  unit.textContent = `${formatAmount(1, 0, digits)} ${symbol(code)}`
  value.textContent = `${formatRate(rate, digits, notation)} ${symbol(currency)}`
  return made
}
