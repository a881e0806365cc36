// Exclusive sections over all tabs (Web Locks). A browser without them orders the work of one page
// only.

/** Runs `work` while nobody else holds this name. */
export function withLock(name, work, options = {}) {
  return globalThis.navigator?.locks ? navigator.locks.request(name, options, work) : work()
}

/** Who wants a person's key as it is holds this shared; who changes it, alone. */
export const keyLockName = (person) => `daftari key ${person}`
