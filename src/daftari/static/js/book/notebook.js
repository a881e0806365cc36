// The open notebook of the shell: what its leaves are drawn from, and how they turn.

import { takeActs } from '../acts.js'
import '../drop.js'
import '../entry.js'
import '../fleeting.js'
import { civil, wordsOf } from '../line.js'
import { takeForms } from '../outbox.js'
import { startTriggers } from '../phone/phone.js'
import { Leaves } from './leaves.js'
import { atHome, find, keptToast, number } from './parts.js'
import { People } from './people.js'
import { Quiet } from './quiet.js'

const LOOKS_AGAIN = 30_000

export class Notebook {
  constructor(book) {
    this.book = book
    this.home = `/s/${book.who.shop}`
    this.quiet = new Quiet(book, this.home)
    this.leaves = new Leaves(this)
  }

  async begin() {
    const bookOf = async () => this.book
    atHome(document.body, this.home)
    takeForms(bookOf)
    takeActs(bookOf, this.home, { open: (address) => this.go(address), done: () => this.read() })
    await this.read()
    this.watch()
    this.leaves.show()
    this.triggers = startTriggers(this.book, (done) => this.heard(done))
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
      const customers = await this.book.customers()
      this.around = aroundOf(this.book.head, this.home)
      this.people = new People(customers, this.around)
      this.show()
      await this.quiet.show(this.around)
    }
  }

  show() {
    this.leaves.redraw()
    showDue(this.people.countDue(), this.around)
    if (!this.around.may('record_entry'))
      document.querySelector('.bottom-bar .new-entry')?.parentElement.remove()
  }

  /* Whoever takes an entry, or tells the book anew, answers for pages too. */
  async heard({ sent, trouble }) {
    if (this.book.ended) return
    this.quiet.hear(sent || trouble ? trouble : (await this.book.carry()).trouble)
    await this.quiet.show(this.around)
  }

  watch() {
    this.book.listen(() => this.read())
    document.addEventListener('click', (event) => this.clicked(event))
    document.addEventListener('kept', ({ target, detail }) => this.kept(target, detail))
    addEventListener('popstate', () => this.leaves.show())
    setInterval(() => this.triggers.kick(), LOOKS_AGAIN)
  }

  clicked(event) {
    const link = event.target.closest('a[href]')
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return
    if (
      link.target ||
      link.origin !== location.origin ||
      !link.pathname.startsWith(`${this.home}/`)
    )
      return
    event.preventDefault()
    if (link.dataset.more) return this.leaves.showMore(Number(link.dataset.more))
    this.go(link.href, {
      q: link.matches('.chips a, .drop-list a') && find('book').querySelector('[name=q]').value
    })
  }

  go(address, { instead = false, q } = {}) {
    const url = new URL(address, location.href)
    const typed = { ...(q && { q }), ...typedIn(url) }
    if (instead) history.replaceState(history.state, '', url)
    else history.pushState({ from: location.pathname, typed }, '', url)
    this.leaves.show()
  }

  /* On the account a row stands for it already; from elsewhere the way leads there. */
  async kept(form, { id }) {
    await this.read()
    this.triggers.kick()
    const account = `${this.home}/customers/${form.dataset.outbox === 'add_customer' ? id : this.leaves.leaf.id}`
    if (history.state?.from === account) history.back()
    else this.go(account, { instead: true })
    const item = (await this.book.items()).find((one) => one.id === id)
    if (item?.verb === 'record_entry') find('toasts').replaceChildren(keptToast(item, this.around))
    document.dispatchEvent(
      new CustomEvent('htmx:after:swap', { detail: { ctx: { sourceElement: form } } })
    )
  }
}

/* Takes the words of a search, or of somebody who was not found, out of an address. */
function typedIn(url) {
  const typed = Object.fromEntries(
    [...url.searchParams].filter(([name]) => name === 'q' || name === 'name')
  )
  for (const name of Object.keys(typed)) url.searchParams.delete(name)
  return typed
}

/* How this shop speaks, and what this person may do in it. */
function aroundOf({ shop, person, people }, home) {
  const words = wordsOf(find('blank-line'))
  return {
    shop,
    home,
    people,
    words,
    says: find('says').dataset,
    sides: words.sides,
    units: words.units,
    person: person.id,
    today: civil(new Date(), shop),
    may: (deed) => shop.may.includes(deed)
  }
}

function showDue(due, around) {
  const count = find('due-count')
  count.textContent = due ? number(due, around) : ''
  count.classList.toggle('count', due > 0)
}
