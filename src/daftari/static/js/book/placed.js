// The entries of an account as they stand: a corrected one in the place where it was first written, and
// neither its earlier versions nor their reversals. Twin of src/daftari/ledger/pages/entries.py.

/** `lines`: newest first, as the phone has them; `balances`: the customer's, after all of them. */
export function placed(lines, balances = {}) {
  const last = lastVersions(lines)
  if (!last.size) return lines
  const hidden = hiddenBy(last, lines)
  const shown = lines
    .filter(({ id }) => last.has(id) || !hidden.has(id))
    .map((line) => last.get(line.id) ?? line)
  return withBalances(shown, { ...balances })
}

/** The entry that stands in the place of this one; itself where it was not corrected. */
export const lastVersionOf = (line, lines) =>
  lines.find(({ corrects }) => corrects === (line.corrects ?? line.id)) ?? line

/* By the id of the entry as it was first written, where that is among the lines. */
function lastVersions(lines) {
  const ids = new Set(lines.map(({ id }) => id))
  const last = new Map()
  for (const line of lines)
    if (ids.has(line.corrects) && !last.has(line.corrects)) last.set(line.corrects, line)
  return last
}

/* All versions, and the reversals of all but the last. */
function hiddenBy(last, lines) {
  const versions = lines.filter(({ id, corrects }) => last.has(id) || last.has(corrects))
  const hidden = new Set(versions.map(({ id }) => id))
  for (const version of versions)
    if (last.get(version.corrects ?? version.id) !== version) hidden.add(version.reversed_by)
  return hidden
}

function withBalances(lines, balances) {
  return lines.map((line) => {
    const after = balances[line.currency] ?? 0
    if (!['refused', 'conflict'].includes(line.state))
      balances[line.currency] = after - line.effect_minor
    return { ...line, balance_after_minor: after }
  })
}
