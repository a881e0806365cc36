// The leaves of the notebook: the list, an account, a form over it, and what needs the network.

import { element } from '../phrase.js'
import { typeAgain } from '../typed.js'
import { drawAccount } from './account.js'
import { drawBook, drawList } from './list.js'
import { find, part } from './parts.js'
import { drawPhone } from './phone.js'
import { routeOf } from './routes.js'
import { drawAdding, drawReversal, drawSheet } from './sheets.js'

const WIDE = matchMedia('(width >= 900px)')
const SETTLE = 300
const SCREENFUL = 8

export class Leaves {
  constructor(notebook) {
    this.notebook = notebook
    this.over = find('over')
    this.over.addEventListener('close', () => this.closed())
    this.over.addEventListener('click', ({ target }) => {
      if (target === this.over || target.closest('[data-close]')) this.over.close()
    })
    document.addEventListener(
      'input',
      ({ target }) => target.matches('.search [name=q]') && this.search(target.value)
    )
    document.addEventListener('submit', (event) => this.submitted(event), true)
    WIDE.addEventListener('change', () => this.show())
  }

  get around() {
    return this.notebook.around
  }

  get people() {
    return this.notebook.people
  }

  /** Draws what the address says. */
  show() {
    const path = location.pathname.slice(this.notebook.home.length)
    const { name, ids, place } = routeOf(path)
    this.isTurning = true
    if (this.over.open) this.over.close()
    this[name](...ids)
    markPlace(this.notebook.home + place)
  }

  /** The same leaf with what is new, as it lay; a form that is being filled in stays. */
  redraw() {
    if (!this.leaf || this.leaf.isForm) return
    const { scrollY } = window
    const list = find('book')?.scrollTop
    const typing = document.activeElement
    const unfolded = [...document.querySelectorAll('#lines details[open]')].map(
      ({ parentElement }) => parentElement.id
    )
    this.lay()
    for (const id of unfolded) find(id)?.querySelector('details')?.setAttribute('open', '')
    if (list) find('book').scrollTop = list
    if (typing.matches('.search [name=q]')) goOnTyping(typing)
    scrollTo(0, scrollY)
  }

  list(usual = {}) {
    this.turnTo({ asked: { ...usual, ...queried() } })
  }

  due() {
    this.list({ filter: 'due' })
  }

  choose() {
    this.turnTo({ asked: { sort: 'newest', ...queried(), to: '/entries/new' }, isChoice: true })
  }

  account(id) {
    if (!this.people.get(id)) return this.away()
    this.turnTo({ asked: {}, id })
  }

  entry(id) {
    const customer = this.people.get(id)
    if (!customer || !this.around.may('record_entry')) return this.away()
    this.account(id)
    this.open(drawSheet(this.around, customer, queried().kind))
  }

  reversal(id) {
    const [customer, line] = this.people.lineOf(id)
    if (!line || line.reversed_by) return this.away()
    this.account(customer.id)
    this.open(drawReversal(this.around, customer, line))
  }

  adding() {
    if (!this.around.may('add_customer')) return this.away()
    const form = drawAdding(this.around, queried().name)
    this.turnTo({ isForm: true, draw: () => [boxed(form)], title: this.around.says.newCustomer })
    this.typeAgain(form)
  }

  phone() {
    this.turnTo({
      isForm: true,
      draw: () => [drawPhone(this.notebook.book)],
      title: this.around.says.thisPhone
    })
  }

  more() {
    this.turnTo({ draw: () => [part('more', this.around)] })
  }

  away() {
    this.turnTo({ draw: () => [boxed(part('away', this.around))] })
  }

  turnTo(leaf) {
    this.leaf = leaf
    this.most = undefined
    this.lay()
    scrollTo(0, 0)
  }

  lay() {
    const { draw, title, id } = this.leaf
    const { around } = this
    find('content').replaceChildren(...(draw ? draw() : [this.spread()]))
    document.querySelector('.frame-top').replaceChildren(...(title ? [topOf(title, around)] : []))
    document.body.classList.toggle('has-deeds', Boolean(id) && around.may('record_entry'))
    document.title = [title, around.shop.name].filter(Boolean).join(' · ')
  }

  spread() {
    const { asked, id, isChoice } = this.leaf
    const made = element('div')
    made.className = 'spread'
    made.dataset.open = id ? 'side' : 'list'
    if (!id || WIDE.matches)
      made.append(drawBook(this.around, this.people, { ...asked, most: this.most }, isChoice))
    if (id) made.append(drawAccount(this.around, this.people.get(id)))
    else if (WIDE.matches && !isChoice) made.append(part('choose-side', this.around))
    made.querySelector(`#list a[href="${location.pathname}"]`)?.setAttribute('aria-current', 'true')
    return made
  }

  showMore(most) {
    this.most = most
    this.redrawList(most)
  }

  /* While a hand types what fits above its keyboard is enough; the rest follows when it rests. */
  search(words) {
    this.most = undefined
    this.leaf.asked.q = words
    this.redrawList(SCREENFUL)
    clearTimeout(this.settling)
    this.settling = setTimeout(() => {
      history.replaceState({ ...history.state, typed: { q: words } }, '')
      this.redrawList()
    }, SETTLE)
  }

  redrawList(most) {
    find('list')?.replaceWith(drawList(this.around, this.people, this.leaf.asked, most))
  }

  open(form) {
    find('sheet').replaceChildren(form)
    for (const button of form.querySelectorAll('[data-close]')) button.hidden = false
    this.isTurning = false
    this.over.showModal()
    document.dispatchEvent(
      new CustomEvent('htmx:after:swap', { detail: { ctx: { sourceElement: form } } })
    )
    form.querySelector('[autofocus]')?.focus()
    this.typeAgain(form)
  }

  /* The way back leads where one came from, or to the account. */
  closed() {
    find('sheet').replaceChildren()
    if (this.isTurning) return
    if (history.state?.from) history.back()
    else this.notebook.go(`${this.notebook.home}/customers/${this.leaf.id}`, { instead: true })
  }

  /** What was not taken is typed in again, to be put right; in place of what stands differently in the
   * book comes something new. */
  async typeAgain(form) {
    const id = /^#again-(.+)$/.exec(location.hash)?.[1]
    const item = id && (await this.notebook.book.items()).find((one) => one.id === id)
    if (!item) return
    const fresh = form.elements.id.value
    typeAgain(form, item)
    if (item.state !== 'conflict') return
    form.elements.id.value = fresh
    form.dataset.instead = id
  }

  submitted(event) {
    const form = event.target
    if (form.matches('.search')) return event.preventDefault()
    if (form.dataset.outbox !== 'add_customer' || form.elements.same_name_ok) return
    const same = this.people.namesakes(form.elements.name.value)
    if (!same.length) return
    event.preventDefault()
    form.replaceWith(drawAdding(this.around, '', same, form))
  }
}

/* Names that were typed stand in no address: the browser remembers addresses for years. */
const queried = () => ({
  ...Object.fromEntries(new URLSearchParams(location.search)),
  ...history.state?.typed
})

/* The same field goes on in the new leaf, its caret where it was. */
function goOnTyping(field) {
  document.querySelector('.search [name=q]')?.replaceWith(field)
  field.focus()
}

function topOf(title, around) {
  const top = part('top', around)
  top.querySelector('h1 bdi').textContent = title
  return top
}

function boxed(content) {
  const inner = element('div', content)
  inner.className = 'part'
  const outer = element('div', inner)
  outer.className = 'page'
  return outer
}

function markPlace(path) {
  for (const link of document.querySelectorAll('.bottom-bar a')) {
    if (link.pathname === path) link.setAttribute('aria-current', 'page')
    else link.removeAttribute('aria-current')
  }
}
