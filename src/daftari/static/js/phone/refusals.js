// The errors of the phone's store. `name` is stable; the words stand in the page.

/** The key cannot be had: it wants the passkey, or the server. */
export class Locked extends Error {
  name = 'Locked'
}

/** This sign-in was wiped from the phone, or the phone took its store away. */
export class Closed extends Error {
  name = 'Closed'
}

/** The phone has no room left: nothing was stored, and nothing that was stored is lost. */
export class Full extends Error {
  name = 'Full'
}

/** The same id was stored before, with other content; the first stands. */
export class Conflict extends Error {
  name = 'Conflict'
}

/** This browser keeps nothing (no secure context, no IndexedDB): the form goes the plain way. */
export class Unable extends Error {
  name = 'Unable'
}

const TROUBLES = { Full: 'full', Locked: 'locked' }

/** The trouble that an error means for a drain or a pull, if it means one. */
export const troubleOf = (error) => (error instanceof Error ? TROUBLES[error.name] : undefined)

/** Whether something that was thrown has this name. */
export const isNamed = (error, name) => error instanceof Error && error.name === name

/** Runs work that stores, and calls a lack of room by its name. */
export async function withinRoom(work) {
  try {
    return await work()
  } catch (error) {
    throw isNamed(error, 'QuotaExceededError') ? new Full('no room') : error
  }
}
