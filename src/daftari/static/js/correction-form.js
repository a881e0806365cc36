// The form of a correction: its parts that need a script are those of the entry sheet.

import { boxOf as exchangeBoxOf } from './exchange-fields.js'
import { ExchangeLine } from './exchange-line.js'
import { boxOf as goodsBoxOf } from './goods-fields.js'
import { GoodsPart } from './goods-part.js'

/** Binds what came into the page since the last look. */
export function bindCorrections() {
  for (const form of document.querySelectorAll('form#correction:not([data-bound])')) {
    form.dataset.bound = ''
    if (goodsBoxOf(form)) bindGoods(form)
    if (exchangeBoxOf(form)) bindExchange(form)
  }
}

function bindGoods(form) {
  const goods = new GoodsPart(form, () => goods.show())
  goods.bind()
  form.addEventListener('change', () => goods.show())
  goods.show()
}

function bindExchange(form) {
  const { amount } = form.elements
  const exchange = new ExchangeLine(form, show)
  function show() {
    exchange.show(amount.value)
  }
  amount.addEventListener('input', show)
  form.addEventListener('change', show)
  show()
}
