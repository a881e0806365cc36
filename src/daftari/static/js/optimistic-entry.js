// Optimistic entry: what is written on a page of the shop is stored on this phone first, drawn at
// once in its place, and then sent. When nobody answers, the offline book goes on.

import { targetOf } from './dom.js'
import { renewIds, typeAgain } from './form-to-item.js'
import { bindItemActions } from './item-actions.js'
import { bindForms, release } from './outbox.js'
import { forget, showPending } from './pending.js'
import { showPendingOfEntry } from './pending-entry.js'
import { here, openBook, startTriggers } from './phone/phone.js'
import { countArrived, showQueue } from './quiet-line.js'
import { showRefusals } from './refusals.js'

const ANSWER_TIMEOUT = 2500
const LEAVE_DELAY = 1000
const AFTER_ITS_FRAME = 40
const home = `/s/${here?.shop}`
/** @type {Promise<import('./phone/book.js').Book> | null} */
let opening = null
/** @type {ReturnType<typeof startTriggers>} */
let triggers

/** The open book; asked for again where it could not be opened. */
function bookHere() {
  opening ??= begin().catch((error) => {
    opening = null
    throw error
  })
  return opening
}

async function begin() {
  const book = await openBook()
  const hasList = document.querySelector('#totals, #list, #due')
  const before = hasList ? await book.items() : []
  /** @type {string | null} */
  let trouble = null
  const show = coalesced(() =>
    book.ended ? leaveHere(book) : Promise.all([showQueue(book, trouble), ...showOn(book)])
  )
  book.listen(({ what }) => (what === 'closed' ? leaveShop(book) : show()))
  document.addEventListener('htmx:after:swap', show)
  triggers = startTriggers(book, (done) => {
    trouble = done.trouble
    countArrived(done.sent)
    show()
  })
  if (hasList) import('./pending-list.js').then(({ watchList }) => watchList(book, before))
  await show()
  return book
}

/* On an account, or on the page of one entry. */
const showOn = (book) => [showPending(book), showPendingOfEntry(book)]

/* However often it is asked for, it is done once, after what goes on now. */
function coalesced(work) {
  /** @type {Promise<unknown> | null} */
  let coming = null
  const begun = () => {
    coming = null
    return work()
  }
  return () => (coming ??= new Promise((resolve) => setTimeout(resolve)).then(begun))
}

/* Signed out in another tab, or from another device: nothing of the book stays on the screen. */
function leaveHere({ ended }) {
  if (ended === 'wiped' && !document.querySelector('[data-leaving]'))
    setTimeout(() => location.replace('/'), LEAVE_DELAY)
}

/* The shop is closed to this person: the page that lists what was not written. */
function leaveShop({ who }) {
  location.replace(`/account/former/${who.shop}`)
}

bindForms(bookHere)
bindItemActions(bookHere, home, { open: openForm, done: afterAction })

/* Through the sheet where the page has one, be it still on its way. */
async function openForm(address) {
  const link = document.createElement('a')
  link.href = address
  if (document.getElementById('lines')) {
    await import('./sheet.js')
    link.dataset.opensSheet = ''
  }
  document.body.append(link)
  link.click()
  link.remove()
}

async function afterAction(action, item, book) {
  if (action === 'withdraw' || action === 'dismiss') forget(item?.id)
  await Promise.all([...showOn(book), showQueue(book)])
  if (action !== 'again') triggers.kick()
}

/* Its row is drawn before the sheet over it closes. */
document.addEventListener(
  'item-stored',
  (event) => {
    /** @type {HTMLFormElement} */
    const form = targetOf(event)
    const { id, book } = event.detail
    form.closest('.toast')?.remove()
    if (form.dataset.outbox === 'add_customer') return addCustomer(form, id, book)
    if (!document.getElementById('lines')) return goToAccount(form, id, book)
    showPending(book, [...book.known.values()])
    setTimeout(triggers.kick, AFTER_ITS_FRAME)
  },
  true
)

/* A page of its own waits a moment for the server's word, then leads to the account, or to the same
 * account in the book on the phone. */
async function goToAccount(form, id, book) {
  const item = await settled(book, id)
  const account = form.dataset.account ?? form.getAttribute('action').replace(/\/entries$/, '')
  location.replace(item ? account : `${account}?recorded=${id}`)
}

/* The sheet offers what the shop sells often, as the last snapshot has it. */
document.addEventListener('goods-asked', async ({ detail }) => {
  const book = await bookHere().catch(() => null)
  if (book && !book.head) await book.pull()
  detail.answer(book?.head?.shop.goods)
})

async function addCustomer(form, id, book) {
  const item = await settled(book, id)
  if (!item) return goToSaved(`${home}/customers/${id}`)
  if (item.state !== 'refused') return location.replace(`/offline#${home}/customers/${id}`)
  release(form)
  refuse(form, item)
  if (item.verdict?.reason === 'same_name') askWhetherSame(form, item.name)
}

/* The page it leads to says that it was saved (web/after_saving.py). */
function goToSaved(address) {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser.
  document.cookie = 'saved=1; path=/; max-age=30; samesite=lax'
  location.replace(address)
}

/* The item as it stands after a moment; undefined once it is in the book. */
async function settled(book, id) {
  await Promise.race([
    triggers.kick(),
    new Promise((resolve) => setTimeout(resolve, ANSWER_TIMEOUT))
  ])
  return (await book.items()).find((item) => item.id === id && item.state !== 'written')
}

function refuse(form, { verdict: { reason, field = 'form', words } }) {
  showRefusals(form, { [field]: { name: reason, words } })
}

/* Those who have the name, and a button that says that somebody else is meant. */
async function askWhetherSame(form, name) {
  const yes = document.createElement('input')
  Object.assign(yes, { type: 'hidden', name: 'same_name_ok', value: '1' })
  form.append(yes)
  form.querySelector('[type=submit] span').textContent = form.dataset.anyway
  const answer = await fetch(`${home}/?q=${encodeURIComponent(name)}`, {
    headers: { 'HX-Request': 'true' }
  })
  const found = new DOMParser()
    .parseFromString(await answer.text(), 'text/html')
    .querySelector('#list ul')
  if (!answer.ok || !found) return
  found.className = 'rows'
  form.querySelector('[data-error=same_name]').after(found)
}

/* An item that was refused is typed into its form again; one in conflict becomes a new one. */
async function fillAgain(address) {
  const id = /#again-(.+)$/.exec(address)?.[1]
  /** @type {HTMLFormElement | null} */
  const form = document.querySelector(
    'form:is([data-outbox=record_entry], [data-outbox=add_customer], #correction)'
  )
  if (!id || !form) return
  const item = (await (await bookHere()).items()).find((one) => one.id === id)
  if (!item) return
  typeAgain(form, item)
  form.dataset.outbox = item.verb
  if (item.state === 'conflict') {
    renewIds(form)
    form.dataset.instead = id
  } else if (item.verdict) refuse(form, item)
}

async function fillPhonePage() {
  const page = document.getElementById('this-phone')
  if (!page) return
  const [{ showPhone }, book] = await Promise.all([
    import('./phone-page.js'),
    bookHere().catch(() => null)
  ])
  await showPhone(page, book)
}

document.addEventListener('opened', ({ detail }) => fillAgain(detail))
fillAgain(location.href)
fillPhonePage()
bookHere().catch(() => {})
