// Reads the fields of a form one by one, and keeps the reason of each that is refused.

import { AmountRefused, notationOf, parseAmount } from './amount.js'
import { ExchangeRefused } from './exchange.js'
import { exchangeIn } from './exchange-fields.js'
import { goodsIn } from './goods-fields.js'

const MOST_DAYS = 365

/** Why fields were refused: {field: {name, params}}. */
export class TypedRefused extends Error {
  constructor(reasons) {
    super(Object.keys(reasons).join())
    this.reasons = reasons
  }
}

export class Reading {
  reasons = {}

  constructor(form) {
    this.notation = notationOf(form)
  }

  refuse(field, name, params = {}) {
    this.reasons[field] ??= { name, params }
  }

  amount(field, text, decimals) {
    try {
      return parseAmount(text, decimals, this.notation)
    } catch (error) {
      if (!(error instanceof AmountRefused)) throw error
      this.refuse(field, error.reason, error.params)
    }
  }

  exchange(form) {
    try {
      return exchangeIn(form)
    } catch (error) {
      if (!(error instanceof ExchangeRefused)) throw error
      Object.assign(this.reasons, error.reasons)
      return { amount_minor: 0 }
    }
  }

  /* Of a wrong row the amount is not told beside it. */
  goods(form) {
    const goods = goodsIn(form)
    if (!goods) return null
    Object.assign(this.reasons, goods.reasons)
    return { goods: goods.goods, minor: goods.minor ?? 0 }
  }

  /* 0 is a limit: no debt at all. */
  limit(field, text, decimals) {
    try {
      return parseAmount(text, decimals, this.notation)
    } catch (error) {
      if (error instanceof AmountRefused && error.reason === 'amount_zero') return 0
      return this.amount(field, text, decimals)
    }
  }

  days(field, text) {
    const latin = text.trim().replace(/[٠-٩۰-۹]/g, (digit) => digit.charCodeAt(0) & 15)
    if (/^[0-9]{1,4}$/.test(latin) && Number(latin) <= MOST_DAYS) return Number(latin)
    this.refuse(field, 'days_not_right', { most: MOST_DAYS })
  }

  settle() {
    if (Object.keys(this.reasons).length) throw new TypedRefused(this.reasons)
  }
}
