// The backlog: how much on this phone is not in the shop's book yet, and what to warn of.

import { isUnfinished } from './items.js'

const MANY = 200
const FEW = 20
const OLD = 3 * 24 * 3600 * 1000

/** {waiting, oldestAt, isPersisted, clockOff, warn}. `warn`: 'many', 'old', or 'not_persisted' where
 * the browser may take the store away; `clockOff`: seconds by which the phone is ahead of the server,
 * 0 where it is about right. */
export async function backlogOf(items, { clockOff = 0 }) {
  const unsent = items.filter(isUnfinished)
  const isPersisted = (await globalThis.navigator?.storage?.persisted?.()) ?? false
  const oldestAt = unsent[0]?.made_at ?? null
  const warn = warning(unsent.length, oldestAt, isPersisted)
  return { waiting: unsent.length, oldestAt, isPersisted, clockOff, warn }
}

function warning(count, oldestAt, isPersisted) {
  if (count >= MANY) return 'many'
  if (oldestAt && Date.now() - Date.parse(oldestAt) > OLD) return 'old'
  return count >= FEW && !isPersisted ? 'not_persisted' : null
}
