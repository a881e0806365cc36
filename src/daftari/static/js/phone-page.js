// The page of this phone: what waits, what was refused, what is stored here and how well.

import { formatAmount } from './amount.js'
import { cloneOf, one, setIcon } from './dom.js'
import { actionButton, actionsOf, moneyOf, stateOf } from './entry-row.js'
import { textsOf } from './phone/export.js'
import { ago, counted, element, filled, ltr } from './phrase.js'
import { saveText } from './save-text.js'

// Reasons of the server and of the phone: the shop is closed to the person.
const OUT = ['removed_from_shop', 'no_place']

/** Fills in `root`, and again after every change; without a book it says that none is open. */
export function showPhone(root, book) {
  const page = new PhonePage(root, book)
  if (!book) return page.when(page.isFormer ? { empty: true } : { closed: true })
  book.listen(() => page.show())
  root.addEventListener('click', ({ target }) => page.touched(target.closest('button')))
  return page.show()
}

class PhonePage {
  constructor(root, book) {
    this.root = root
    this.book = book
    // Whether this phone can be locked better is known when it was tried.
    this.canLock = Boolean(window.PublicKeyCredential && book?.who.unlock)
    this.words = JSON.parse(root.dataset.phrases)
    this.texts = JSON.parse(root.dataset.said)
  }

  /** Whether the shop is closed to the person: then there is nothing to send, and nothing to open. */
  get isFormer() {
    return 'former' in this.root.dataset
  }

  get shop() {
    return this.book.head?.shop ?? this.words.spoken
  }

  async show() {
    if (this.book.ended) return this.when({ closed: true })
    const [items, backlog, customers] = await Promise.all([
      this.book.items(),
      this.book.backlog(),
      this.book.customers()
    ])
    const left = items.filter((item) => stateOf(item) !== 'written')
    const failed = left.filter((item) => stateOf(item) !== 'waiting')
    const waiting = left.filter((item) => !failed.includes(item))
    this.list('[data-failed]', failed, customers)
    this.countRefused(failed.filter(({ verdict }) => OUT.includes(verdict?.reason)).length)
    this.list('[data-waiting]', waiting, customers)
    this.showBacklog(backlog, waiting, customers)
    const { isPersisted, clockOff } = backlog
    const isLocked = this.book.mode === 'passkey'
    this.when({
      open: true,
      empty: !left.length,
      failed: failed.length,
      waiting: waiting.length,
      unfinished: left.length,
      clock: clockOff,
      persisted: isPersisted,
      fleeting: !isPersisted,
      passkey: isLocked,
      unlocked: !isLocked && this.canLock,
      unlockable: !isLocked && !this.canLock
    })
  }

  /* Shows the parts that hold, and no others. */
  when(holds) {
    for (const part of this.root.querySelectorAll('[data-when]'))
      part.hidden = !holds[part.dataset.when]
  }

  showBacklog({ oldestAt, warn, clockOff = 0 }, waiting, customers) {
    const { texts, shop, book } = this
    const spoken = { ...this.words.spoken, ...shop }
    if (oldestAt)
      this.say('[data-oldest]', counted(texts.oldest, waiting.length, spoken), {
        ago: ago(oldestAt, spoken)
      })
    for (const words of this.root.querySelectorAll('[data-warn]'))
      words.hidden = words.dataset.warn !== warn
    const { fetchedAt } = book.head ?? {}
    const carried = fetchedAt ? counted(texts.carried, customers.size, spoken) : texts.not_carried
    this.say('[data-carried]', carried, { ago: fetchedAt && ago(fetchedAt, spoken) })
    const minutes = Math.round(Math.abs(clockOff) / 60)
    this.say(
      '[data-clock]',
      counted(clockOff > 0 ? texts.ahead : texts.behind, minutes, spoken),
      {}
    )
  }

  countRefused(count) {
    if (this.isFormer && count)
      this.say('[data-refused]', counted(this.texts.refused, count, this.words.spoken), {})
  }

  say(place, sentence, values) {
    this.root.querySelector(place).replaceChildren(...filled(sentence, values))
  }

  list(place, items, customers) {
    this.root
      .querySelector(place)
      .replaceChildren(...items.map((item) => this.row(item, customers)))
  }

  row(item, customers) {
    const row = cloneOf(this.root.querySelector('template[data-item]'))
    const shown = stateOf(item)
    const { words, texts } = this
    row.id = `item-${item.id}`
    row.dataset.state = shown
    if (shown !== 'waiting') setIcon(one(row, '.icon'), 'warning')
    one(row, '[data-what]').replaceChildren(...this.whatOf(item, customers))
    const made = item.made_at
      ? [' · ', ...filled(texts.made, { ago: ago(item.made_at, words.spoken) })]
      : []
    one(row, '[data-state]').append(words.states[shown], ...made)
    one(row, '[data-why]').textContent = this.whyOf(item)
    if (!this.isFormer)
      one(row, '.menu-actions').append(
        ...actionsFor(item, this.texts).map((name) => actionButton(words, name, item))
      )
    return row
  }

  /* «دَين 12.50 · أبو علي» */
  whatOf(item, customers) {
    const { texts } = this
    const customer = whoseItem(item, customers)
    const who = customer ? [' · ', element('bdi', customer.name)] : []
    if (isRetired(item, texts)) return [texts.retired_verb, ...who, ...saidIn(item)]
    const verb = texts.verbs[item.verb] ?? ''
    if (item.verb === 'record_entry') return [...this.entry(item, customer), ...who]
    return [verb, ...(item.stood ? [': ', ...this.entry(item, customer)] : []), ...who]
  }

  /* «دَين 12.50 ر.س»; of an entry that is changed as it shall stand. */
  entry({ stood, ...item }, customer) {
    const { words, shop } = this
    const { kind, amount_minor: minor, currency } = { ...stood, ...item }
    const kinds = customer?.role === 'supplier' ? words.supplier_kinds : words.kinds
    const amount = ltr(moneyOf(words, { shop }, minor, currency), 'money')
    const photo = item.photo ? [' · ', words.photo] : []
    return [kinds[kind], ' ', amount, ' ', words.units[currency][0], ...photo]
  }

  whyOf({ state, verdict, photo, isDamaged }) {
    if (isDamaged) return this.texts.damaged
    if (state === 'written') return photo.words ?? ''
    if (state === 'conflict') return this.words.conflict
    if (verdict?.reason === 'no_place') return this.texts.no_place
    return verdict?.words ?? (state === 'deferred' ? this.texts.deferred : '')
  }

  async touched(button) {
    const action = ['send', 'export', 'persist', 'lock'].find(
      (name) => button && name in button.dataset
    )
    if (!action || button.getAttribute('aria-busy')) return
    button.setAttribute('aria-busy', 'true')
    try {
      await this[`${action}Now`]()
    } finally {
      button.removeAttribute('aria-busy')
      await this.show()
    }
  }

  async sendNow() {
    const { trouble } = await this.book.drain()
    for (const words of this.root.querySelectorAll('[data-trouble]'))
      words.hidden = words.dataset.trouble !== trouble
  }

  exportNow() {
    return saveUnsent(this.book, this.texts)
  }

  persistNow() {
    return navigator.storage?.persist?.()
  }

  async lockNow() {
    try {
      this.canLock = await this.book.lock()
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'NotAllowedError') throw error
    }
  }
}

/** A file of all that is not in the book, to be read by people and spreadsheets. */
export async function saveUnsent(book, { file, say, units }) {
  const amount = (minor, currency) => formatAmount(minor, units[currency].at(-1))
  const text = await book.export(amount, (name) => say[name] ?? name)
  saveText(`${file}.tsv`, text, 'text/tab-separated-values')
}

/* A reversal and a correction are of whoever their entry is. */
function whoseItem(item, customers) {
  if (item.verb === 'add_customer') return item
  const whose = customers.get(item.customer_id)
  if (whose) return whose
  const isItsEntry = ({ id }) => id === item.entry_id
  const found = [...customers.values()].find(({ lines = [] }) => lines.some(isItsEntry))
  return found ?? (item.customer_name && { name: item.customer_name })
}

/* An item of an earlier version, which this one cannot show as what it is. */
const isRetired = ({ verb }, { verbs }) => Boolean(verb) && !(verb in verbs)

/* All that was typed, so that it can be typed again. */
const saidIn = (item) => textsOf(item).flatMap((text) => [' · ', element('bdi', text)])

function actionsFor(item, texts) {
  const { verb, state, verdict, isDamaged } = item
  if (state === 'written') return stateOf(item) === 'waiting' ? [] : ['dismiss']
  if (isDamaged || isRetired(item, texts)) return stateOf(item) === 'waiting' ? [] : ['dismiss']
  if (verb === 'add_customer' && state !== 'waiting' && stateOf(item) === 'waiting') return []
  return [...(verdict?.reason === 'same_name' ? ['anyway'] : []), ...actionsOf(item)]
}
