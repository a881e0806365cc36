// Exchange rates as people type and read them: integers of 10⁻⁸. Twin of src/daftari/kernel/rates.py;
// both answer to tests/cases/exchange.json.

import { AmountRefused, formatAmount, LARGEST_AMOUNT, readDecimal } from './amount.js'

export const RATE_DECIMALS = 8
const NOT_A_NUMBER = ['amount_missing', 'amount_not_a_number', 'amount_mixed_digits']

/** The rate a person typed: `3.75` is 375000000. Throws AmountRefused. */
export function parseRate(text, notation) {
  const [whole, part] = decimalIn(text, notation)
  if (part.length > RATE_DECIMALS)
    throw new AmountRefused('rate_too_many_decimals', { decimals: RATE_DECIMALS })
  const digits = (whole + part.padEnd(RATE_DECIMALS, '0')).replace(/^0+/, '')
  if (!digits) throw new AmountRefused('rate_not_positive')
  if (digits.length > String(LARGEST_AMOUNT).length) throw new AmountRefused('rate_too_large')
  return Number(digits)
}

function decimalIn(text, notation) {
  try {
    return readDecimal(text, notation)
  } catch (error) {
    if (!(error instanceof AmountRefused)) throw error
    const { reason, params } = error
    if (NOT_A_NUMBER.includes(reason)) throw new AmountRefused('rate_not_a_number')
    if (reason === 'amount_negative') throw new AmountRefused('rate_not_positive')
    throw new AmountRefused(reason, params)
  }
}

/** Without zeros at its end: 375000000 is `3.75`. */
export function formatRate(rate, digits, notation) {
  let [rest, decimals] = [rate, RATE_DECIMALS]
  while (decimals && rest % 10 === 0) [rest, decimals] = [rest / 10, decimals - 1]
  return formatAmount(rest, decimals, digits, notation)
}
