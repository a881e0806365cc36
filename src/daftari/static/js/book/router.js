// The routes of the offline book: which page belongs to an address, and which place of the bottom
// bar is marked with it.

const ID = '([^/]+)'
const ROUTES = [
  ['/', 'list', '/'],
  ['/due', 'due', '/due'],
  ['/due/suppliers', 'payable', '/due'],
  ['/entries/new', 'choose', '/entries/new'],
  ['/customers/new', 'adding', '/'],
  [`/customers/${ID}`, 'account', '/'],
  [`/customers/${ID}/entries/new`, 'entry', '/entries/new'],
  [`/entries/${ID}/reversal`, 'reversal', '/'],
  [`/entries/${ID}/correction`, 'correction', '/'],
  [`/entries/${ID}`, 'details', '/'],
  ['/reports', 'away', '/reports'],
  ['/more/phone', 'phone', '/more'],
  ['/more', 'more', '/more']
].map(([path, name, place]) => ({ shape: new RegExp(`^${path}$`), name, place }))
const AWAY = { shape: /$/, name: 'away', place: '' }

/** {name, place, ids} of a path below the shop's address; `away` is what needs the network. */
export function routeOf(path) {
  const { shape, name, place } = ROUTES.find((route) => route.shape.test(path)) ?? AWAY
  return { name, place, ids: shape.exec(path)?.slice(1) ?? [] }
}

/** Marks the place of the bottom bar with this path. */
export function markPlace(path) {
  for (const link of barLinks()) {
    if (link.pathname === path) link.setAttribute('aria-current', 'page')
    else link.removeAttribute('aria-current')
  }
}

/** @returns {NodeListOf<HTMLAnchorElement>} */
const barLinks = () => document.querySelectorAll('.bottom-bar a')
