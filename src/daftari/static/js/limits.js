// The credit limit: what it counts of a customer's balances, and whether they are beyond it.
// Twin of src/daftari/ledger/rules/limits.py.

const RATE_DECIMALS = 8

/** The rates with that of the main currency itself, 1. */
export const withMain = (rates, main) => ({ ...rates, [main]: 10 ** RATE_DECIMALS })

/**
 * The balances of one customer in all currencies, as one amount in minor units of the main one.
 * `rates`: by currency in 10⁻⁸, the main one among them. `uncounted`: where he owes without a rate.
 * @param {Record<string, number>} balances
 * @param {Record<string, number>} rates
 * @param {string} main
 * @param {(code: string) => number} decimalsOf
 */
export function countedDebt(balances, rates, main, decimalsOf) {
  let minor = 0n
  const uncounted = []
  for (const [code, balance] of Object.entries(balances)) {
    if (rates[code] === undefined) {
      if (balance > 0) uncounted.push(code)
    } else minor += convert(balance, rates[code], decimalsOf(code), decimalsOf(main))
  }
  return { minor: Number(minor), uncounted: uncounted.sort() }
}

/**
 * The same from the choice of currencies on a sheet, with the balance that the chosen one would have.
 * @param {HTMLSelectElement} choice
 */
export function debtOnSheet(choice, main, after) {
  const options = [...choice.options].map(({ value, dataset: { balance, rate, forms } }) => ({
    value,
    balance,
    rate,
    forms
  }))
  /** @param {'balance' | 'rate'} name */
  const pick = (name) =>
    Object.fromEntries(
      options.flatMap((one) => (one[name] ? [[one.value, Number(one[name])]] : []))
    )
  const forms = Object.fromEntries(options.map((one) => [one.value, JSON.parse(one.forms ?? '{}')]))
  const balances = { ...pick('balance'), [choice.value]: after }
  return countedDebt(balances, pick('rate'), main, (code) => forms[code].decimals)
}

/** A limit of 0 is no debt at all, in no currency. */
export function isBeyondLimit(limit, { minor, uncounted }) {
  if (limit === undefined) return false
  return minor > limit || (limit === 0 && uncounted.length > 0)
}

/* Half a minor unit is rounded away from zero. */
function convert(minor, rate, decimals, mainDecimals) {
  const above = BigInt(Math.abs(minor)) * BigInt(rate) * 10n ** BigInt(mainDecimals)
  const below = 10n ** BigInt(decimals + RATE_DECIMALS)
  const converted = (2n * above + below) / (2n * below)
  return minor < 0 ? -converted : converted
}
