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
  return withBalances([...shown, ...ofOlder(last, lines)], { ...balances })
}

/* What corrects an entry from before those of the phone stands at their end. */
function ofOlder(last, lines) {
  const ids = new Set(lines.map(({ id }) => id))
  const older = [...last].filter(([first]) => !ids.has(first))
  return older.map(([, line]) => ({ ...line, isOlder: true }))
}

/** The entry that stands in the place of this one; itself where it was not corrected. */
export const lastVersionOf = (line, lines) =>
  lines.find(({ corrects }) => corrects === (line.corrects ?? line.id)) ?? line

/* By the id of the entry as it was first written. */
function lastVersions(lines) {
  const last = new Map()
  for (const line of lines)
    if (line.corrects && !last.has(line.corrects)) last.set(line.corrects, line)
  return last
}

/* All versions, and the reversals of all but the last: each was written just before the next version. */
function hiddenBy(last, lines) {
  const hidden = new Set()
  lines.forEach((line, place) => {
    if (!last.has(line.corrects ?? line.id)) return
    hidden.add(line.id)
    if (last.get(line.corrects ?? line.id) !== line) hidden.add(line.reversed_by)
    const before = line.corrects && lines[place + 1]
    if (before?.reverses) hidden.add(before.id)
  })
  return hidden
}

function withBalances(lines, balances) {
  return lines.map((line) => {
    const after = balances[line.currency] ?? 0
    if (!['refused', 'conflict'].includes(line.state))
      balances[line.currency] = after - line.effect_minor
    return { ...line, balance_after_minor: line.isOlder ? undefined : after }
  })
}
