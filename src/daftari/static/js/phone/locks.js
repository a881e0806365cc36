// One at a time, in all tabs (Web Locks). A browser without them has one page's order only.

/** Runs `work` while nobody else holds this name. */
export function inLock(name, work, options = {}) {
  return globalThis.navigator?.locks ? navigator.locks.request(name, options, work) : work()
}

/** Who wants a person's key as it is holds this shared; who changes it, alone. */
export const keyLock = (person) => `daftari key ${person}`
