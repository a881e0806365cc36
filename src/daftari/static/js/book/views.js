// The views of the offline book: the list, an account, a form over it, and what needs the network.

import { offerContacts } from '../contact-picker.js'
import { byId, one, targetOf } from '../dom.js'
import { showChoice } from '../hide-amounts.js'
import { ignoreTaps } from '../ignored-taps.js'
import { element } from '../phrase.js'
import { drawAccount, mayAsk } from './account.js'
import { drawCorrection } from './correction.js'
import { drawDetails } from './entry-details.js'
import { part } from './fragments.js'
import { drawBook, drawList } from './list.js'
import { boxed, fillAgain, goOnTyping, topOf } from './page-parts.js'
import { drawPhone } from './phone.js'
import { lastVersionOf } from './placed.js'
import { markPlace, routeOf } from './router.js'
import { drawAdding, drawReversal, drawSheet } from './sheets.js'

const WIDE = matchMedia('(width >= 900px)')
const SETTLE = 300
const SCREENFUL = 8

export class Views {
  constructor(controller) {
    this.controller = controller
    this.over = /** @type {HTMLDialogElement} */ (byId('over'))
    this.over.addEventListener('close', () => this.closed())
    this.over.addEventListener('click', (event) => {
      const target = targetOf(event)
      if (target === this.over || target.closest('[data-close]')) this.over.close()
    })
    document.addEventListener('input', (event) => {
      /** @type {HTMLInputElement} */
      const target = targetOf(event)
      if (target.matches('.search [name=q]')) this.search(target.value)
    })
    document.addEventListener('submit', (event) => this.submitted(event), true)
    WIDE.addEventListener('change', () => this.show())
  }

  get context() {
    return this.controller.context
  }

  get people() {
    return this.controller.people
  }

  /** Draws what the address says. */
  show() {
    const path = location.pathname.slice(this.controller.home.length)
    const { name, ids, place } = routeOf(path)
    this.isOpening = false
    this[name](...ids)
    if (this.over.open && !this.isOpening) {
      this.isSwitching = true
      this.over.close()
    }
    markPlace(this.controller.home + place)
  }

  /** The same view with what is new, as it lay; a form that is being filled in stays. */
  redraw() {
    if (!this.view || this.view.isForm) return
    const { scrollY } = window
    const list = document.getElementById('book')?.scrollTop
    const typing = document.activeElement
    const unfolded = [...document.querySelectorAll('#lines details[open]')].map(
      (details) => details.closest('.entry')?.id ?? ''
    )
    this.render()
    for (const id of unfolded)
      document.getElementById(id)?.querySelector('details')?.setAttribute('open', '')
    if (list) byId('book').scrollTop = list
    if (typing?.matches('.search [name=q]')) goOnTyping(typing)
    scrollTo(0, scrollY)
  }

  list(usual = {}) {
    this.switchTo({ query: { ...usual, ...queryOf() } })
  }

  due() {
    this.list({ filter: 'due' })
  }

  payable() {
    this.list({ filter: 'payable' })
  }

  choose() {
    this.switchTo({ query: { sort: 'newest', ...queryOf(), to: '/entries/new' }, isChoice: true })
  }

  account(id) {
    if (!this.people.get(id)) return this.away()
    this.switchTo({ query: {}, id })
  }

  entry(id) {
    const customer = this.people.get(id)
    if (!customer || !this.context.may('record_entry')) return this.away()
    this.account(id)
    this.open(drawSheet(this.context, this.people, customer, queryOf().kind))
  }

  details(id) {
    const [customer, line] = this.people.lineOf(id)
    this.overAccount(customer, line, drawDetails)
  }

  reversal(id) {
    const [customer, line] = this.people.lineOf(id)
    this.overAccount(customer, line?.reversed_by ? null : line, drawReversal)
  }

  /* What was corrected meanwhile is corrected as it stands now. */
  correction(id) {
    const [customer, line] = this.people.lineOf(id)
    const last = line && lastVersionOf(line, customer.lines)
    const may = last && !last.fixed && last.goods !== null && mayAsk(last, this.context)
    this.overAccount(customer, may && last, drawCorrection)
  }

  /* A sheet of one entry; without an entry what is asked for needs the network. */
  overAccount(customer, line, draw) {
    if (!line) return this.away()
    this.account(customer.id)
    this.open(draw(this.context, customer, line))
  }

  adding() {
    if (!this.context.may('add_customer')) return this.away()
    const form = drawAdding(this.context, queryOf().name)
    this.switchTo({ isForm: true, draw: () => [boxed(form)], title: this.context.says.newCustomer })
    offerContacts()
    fillAgain(form, this.controller.book)
  }

  phone() {
    this.switchTo({
      isForm: true,
      draw: () => [drawPhone(this.controller.book)],
      title: this.context.says.thisPhone
    })
  }

  more() {
    this.switchTo({ draw: () => [part('more', this.context)] })
  }

  away() {
    this.switchTo({ draw: () => [boxed(part('away', this.context))] })
  }

  switchTo(view) {
    this.view = view
    this.most = undefined
    this.render()
    scrollTo(0, 0)
  }

  render() {
    const { draw, title, id } = this.view
    const { context } = this
    byId('content').replaceChildren(...(draw ? draw() : [this.spread()]))
    one(document, '.frame-top').replaceChildren(...(title ? [topOf(title, context)] : []))
    document.body.classList.toggle('has-entry-buttons', Boolean(id) && context.may('record_entry'))
    showChoice()
    document.title = [title, context.shop.name].filter(Boolean).join(' · ')
  }

  spread() {
    const { query, id, isChoice } = this.view
    const made = element('div')
    made.className = 'split-view'
    made.dataset.open = id ? 'side' : 'list'
    if (!id || WIDE.matches)
      made.append(drawBook(this.context, this.people, { ...query, most: this.most }, isChoice))
    if (id) made.append(drawAccount(this.context, this.people.get(id)))
    else if (WIDE.matches && !isChoice) made.append(part('choose-side', this.context))
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
    this.view.query.q = words
    this.redrawList(SCREENFUL)
    clearTimeout(this.settling)
    this.settling = setTimeout(() => {
      history.replaceState({ ...history.state, typed: { q: words } }, '')
      this.redrawList()
    }, SETTLE)
  }

  redrawList(most) {
    document
      .getElementById('list')
      ?.replaceWith(drawList(this.context, this.people, this.view.query, most))
  }

  open(form) {
    byId('sheet').replaceChildren(form)
    for (const button of form.querySelectorAll('[data-close]')) button.hidden = false
    this.isOpening = true
    ignoreTaps()
    if (!this.over.open) this.over.showModal()
    this.over.scrollTo(0, 0)
    document.dispatchEvent(
      new CustomEvent('htmx:after:swap', { detail: { ctx: { sourceElement: form } } })
    )
    form.querySelector('[autofocus]')?.focus()
    fillAgain(form, this.controller.book)
  }

  /* The way back leads where one came from, or to the account. */
  closed() {
    if (this.over.open) return
    byId('sheet').replaceChildren()
    if (this.isSwitching) {
      this.isSwitching = false
      return
    }
    if (history.state?.from) history.back()
    else this.controller.go(`${this.controller.home}/customers/${this.view.id}`, { instead: true })
  }

  submitted(event) {
    const form = event.target
    if (form.matches('.search')) return event.preventDefault()
    if (form.dataset.outbox !== 'add_customer' || form.elements.same_name_ok) return
    const same = this.people.namesakes(form.elements.name.value)
    if (!same.length) return
    event.preventDefault()
    form.replaceWith(drawAdding(this.context, '', same, form))
  }
}

/* Names that were typed stand in no address: the browser remembers addresses for years. */
const queryOf = () => ({
  ...Object.fromEntries(new URLSearchParams(location.search)),
  ...history.state?.typed
})
