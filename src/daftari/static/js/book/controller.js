// The controller of the offline book: reads the stored book, has its views drawn, follows links and
// starts the sending.

import { byId, one, targetOf } from '../dom.js'
import { bindItemActions } from '../item-actions.js'
import '../dropdown.js'
import '../entry.js'
import '../keyboard.js'
import '../toast.js'
import { layOnCounter } from '../held.js'
import { bindForms } from '../outbox.js'
import { startTriggers } from '../phone/phone.js'
import { ltr } from '../phrase.js'
import { countArrived } from '../quiet-line.js'
import { contextOf } from './context.js'
import { atHome, number, storedToast } from './fragments.js'
import { People } from './people.js'
import { QuietLine } from './quiet-line.js'
import { readAhead } from './search.js'
import { Views } from './views.js'

const LOOKS_AGAIN = 30_000
const MOST_COUNTED = 99
const DESKTOP = matchMedia('(width >= 900px) and (pointer: fine)')
/** What `begin` sets, before anything is drawn.
 * @type {any} */
const SET_BY_BEGIN = undefined

export class Controller {
  /** @type {Context} */
  context = SET_BY_BEGIN
  /** @type {People} */
  people = SET_BY_BEGIN
  /** @type {ReturnType<typeof startTriggers>} */
  triggers = SET_BY_BEGIN

  constructor(book) {
    this.book = book
    this.home = `/s/${book.who.shop}`
    this.quietLine = new QuietLine(book, this.home)
    this.views = new Views(this)
  }

  async begin() {
    const bookOf = async () => this.book
    atHome(document.body, this.home)
    bindForms(bookOf)
    bindItemActions(bookOf, this.home, {
      open: (address) => this.go(address),
      done: () => this.read()
    })
    await this.read()
    this.watch()
    this.views.show()
    if (location.search.startsWith('?shared=')) import('../shared.js')
    if (DESKTOP.matches) this.listenToKeys()
    this.triggers = startTriggers(this.book, (done) => this.drained(done))
  }

  async listenToKeys() {
    const { bindKeys } = await import('../keyboard-shortcuts.js')
    bindKeys(this.home, (address) => this.go(address))
  }

  /** What changes while it is read is read once more, not once for each change. */
  read() {
    this.isStale = true
    return (this.reading ??= this.readAll().finally(() => {
      this.reading = null
    }))
  }

  async readAll() {
    while (this.isStale) {
      this.isStale = false
      if (this.book.ended) return location.reload()
      if (!this.book.head) return
      const customers = await this.book.customers()
      this.context = contextOf(this.book.head, this.home)
      this.people = new People(customers, this.context)
      readAhead([...customers.values()])
      this.show()
      await this.quietLine.show(this.context)
    }
  }

  show() {
    this.views.redraw()
    showDue(this.people.countDue(), this.context)
    this.keepPlace('.new-entry', 'record_entry')
    this.keepPlace('.reports-place', 'see_totals')
  }

  /* A place of the bottom bar, for who may go there. */
  keepPlace(place, permission) {
    if (!this.context.may(permission))
      document.querySelector(`.bottom-bar ${place}`)?.closest('li')?.remove()
  }

  /* Whoever takes an entry, or tells the book anew, answers for pages too. */
  async drained({ sent, trouble }) {
    if (this.book.ended) return
    countArrived(sent)
    this.quietLine.setTrouble(sent || trouble ? trouble : (await this.book.pull()).trouble)
    if (this.book.head) await this.quietLine.show(this.context)
  }

  watch() {
    this.book.listen(({ what }) => (what === 'closed' ? this.leave() : this.read()))
    document.addEventListener('click', (event) => this.clicked(event))
    document.addEventListener('goods-asked', ({ detail }) =>
      detail.answer(this.book.head.shop.goods)
    )
    document.addEventListener('item-stored', (event) => this.stored(targetOf(event), event.detail))
    document.addEventListener('submit', (event) => this.submitted(event))
    addEventListener('popstate', () => this.views.show())
    setInterval(() => this.triggers.kick(), LOOKS_AGAIN)
  }

  /* With no network too the account is laid on the counter; the server follows the cookie. */
  submitted(event) {
    const form = targetOf(event)
    if (!form.matches('[data-contact=counter]')) return
    event.preventDefault()
    layOnCounter(this.book.who.shop, this.views.view.id)
    location.reload()
  }

  /* The server has just said that the shop is closed to this person: it is there to list the rest. */
  leave() {
    location.replace(`/account/former/${this.book.who.shop}`)
  }

  clicked(event) {
    /** @type {HTMLAnchorElement | null} */
    const link = targetOf(event).closest('a[href]')
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return
    if (
      link.target ||
      link.origin !== location.origin ||
      !link.pathname.startsWith(`${this.home}/`)
    )
      return
    event.preventDefault()
    if (link.dataset.more) return this.views.showMore(Number(link.dataset.more))
    const isFilter = link.matches('.chips a, .drop-list a')
    this.go(link.href, { q: isFilter ? searchField().value : '' })
  }

  go(address, { instead = false, q = '' } = {}) {
    const url = new URL(address, location.href)
    const typed = { ...(q && { q }), ...typedIn(url) }
    if (instead) history.replaceState(history.state, '', url)
    else history.pushState({ from: location.pathname, typed }, '', url)
    this.views.show()
  }

  /* On the account a row stands for it already; from elsewhere the way leads there. */
  async stored(form, { id }) {
    await this.read()
    this.triggers.kick()
    const account = `${this.home}/customers/${form.dataset.outbox === 'add_customer' ? id : this.views.view.id}`
    if (history.state?.from === account) history.back()
    else this.go(account, { instead: true })
    const item = (await this.book.items()).find((one) => one.id === id)
    if (item?.verb === 'record_entry')
      byId('toasts').replaceChildren(storedToast(item, this.context))
    document.dispatchEvent(
      new CustomEvent('htmx:after:swap', { detail: { ctx: { sourceElement: form } } })
    )
  }
}

/** @returns {HTMLInputElement} */
const searchField = () => one(byId('book'), '[name=q]')

/* Takes the words of a search, or of somebody who was not found, out of an address. */
function typedIn(url) {
  const typed = Object.fromEntries(
    [...url.searchParams].filter(([name]) => name === 'q' || name === 'name')
  )
  for (const name of Object.keys(typed)) url.searchParams.delete(name)
  return typed
}

function showDue(due, context) {
  const count = byId('due-count')
  count.replaceChildren(
    due > MOST_COUNTED ? ltr(`${number(MOST_COUNTED, context)}+`) : due ? number(due, context) : ''
  )
  count.classList.toggle('count', due > 0)
}
