// What tabs tell each other, and the flag that keeps a wiped phone wiped.
//
// A page that is still open after the wipe must not make the databases anew. It hears of the wipe on
// the channel; one that was asleep finds its session's id among the closed ones.

import { Closed } from './refusals.js'

const NAME = 'daftari'
const listeners = new Set()
const closed = new Set()
const channel = globalThis.BroadcastChannel && new BroadcastChannel(NAME)

if (channel) channel.onmessage = ({ data }) => hear(data)

/** Tells every tab, this one too.
 * @param {News} news */
export function broadcast(news) {
  channel?.postMessage(news)
  hear(news)
}

/** Calls fn(news) for all that is told; answers what stops it. */
export function listen(fn) {
  listeners.add(fn)
  return () => listeners.delete(fn)
}

function hear(news) {
  if (news.what === 'wiped') {
    closed.add(news.person ?? '')
    globalThis.sessionStorage?.clear()
  }
  for (const fn of [...listeners]) fn(news)
}

/** Nothing is opened any more for this person (nobody said: for anybody) in any tab that is open
 * now, nor in a page of the same session that wakes up later.
 * @param {{person?: string, session?: string}} [who] */
export function close(who) {
  if (who?.session) globalThis.localStorage?.setItem(`${NAME} closed`, who.session)
  broadcast({ what: 'wiped', person: who?.person })
}

/** Throws Closed where this page belongs to a sign-in that was wiped.
 * @param {{person: string, session?: string}} who */
export function assertOpen({ person, session }) {
  const isClosed = closed.has('') || closed.has(person)
  if (isClosed || (session && globalThis.localStorage?.getItem(`${NAME} closed`) === session)) {
    throw new Closed('signed out')
  }
}
