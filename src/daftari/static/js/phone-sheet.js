// The entry sheet on a page of the server, drawn at once from this phone's own copy of the book. It is the
// form of the shell, as it is drawn without a network; what only the server knows follows when it comes.

import { contextOf } from './book/context.js'
import { People } from './book/people.js'
import { drawSheet } from './book/sheets.js'
import { one } from './dom.js'
import { here, openBook } from './phone/phone.js'

const SHEET = /^\/customers\/([^/]+)\/entries\/new$/
const PARTS = ['part-sheet-customer', 'part-sheet-supplier', 'says', 'blank-line']
const home = `/s/${here?.shop}`
const shell = bringParts()

/** The form that this address would answer, or null where only the server can draw it. */
export async function drawnFromPhone(href) {
  const { pathname, searchParams } = new URL(href)
  const [, id] = SHEET.exec(pathname.slice(home.length)) ?? []
  const { kind, ...more } = Object.fromEntries(searchParams)
  if (!id || Object.keys(more).length || !pathname.startsWith(`${home}/`)) return null
  try {
    return (await shell) && (await draw(await openBook(), id, kind))
  } catch (error) {
    console.info(String(error))
    return null
  }
}

async function draw(book, id, kind) {
  const customer = book.head && (await book.customer(id))
  if (!customer || !isAsShown(customer)) return null
  const context = contextOf(book.head, home)
  if (!context.may('record_entry')) return null
  const form = drawSheet(context, new People(new Map([[id, customer]]), context), customer, kind)
  sendByHtmx(form)
  return form
}

/* As the server's own form of a sheet, for where the phone can keep nothing. */
function sendByHtmx(form) {
  const action = form.getAttribute('action')
  const how = { post: action, target: 'this', swap: 'outerHTML', sync: 'this:drop' }
  for (const [name, value] of Object.entries(how)) form.setAttribute(`hx-${name}`, value)
}

/* The page may know of entries that no snapshot of this phone has yet. */
function isAsShown({ id, balances = {} }) {
  const standing = document.getElementById('standing')
  if (!standing || standing.dataset.customer !== id) return true
  const { currency = '', balance, shown = balance } = standing.dataset
  return Number(shown) === (balances[currency] ?? 0)
}

/** Completes the form from the server's own: the named days of a due date, and what is late and usual of
 * a balance that stands the same there. */
export async function complete(form, href) {
  const answer = await fetch(href, { headers: { 'HX-Request': 'true' } }).catch(() => null)
  if (!answer?.ok || answer.redirected) return
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
  const theirs = page.querySelector('form[data-entry]')
  if (!theirs || !form.isConnected) return
  takeDays(form, theirs)
  takeAmounts(form, theirs)
  form.dispatchEvent(new Event('change', { bubbles: true }))
}

function takeDays(form, theirs) {
  const [mine, days] = [form, theirs].map((of) => one(of, '[data-days]'))
  if (form.elements.due_on.value || mine.contains(document.activeElement)) return
  mine.replaceWith(document.adoptNode(days))
}

function takeAmounts(form, theirs) {
  for (const option of theirs.elements.currency.options) {
    const { balance, late, largest } = option.dataset
    const mine = [...form.elements.currency.options].find(({ value }) => value === option.value)
    if (mine?.dataset.balance === balance) Object.assign(mine.dataset, { late, largest })
  }
}

/* From the shell that the service worker keeps, where it is of the same build as this page. */
async function bringParts() {
  const found = await keptShell()
  for (const id of PARTS) {
    const template = found?.getElementById(id)
    if (template && !document.getElementById(id)) document.body.append(template)
  }
  return Boolean(found)
}

async function keptShell() {
  const address = `/offline?language=${document.documentElement.lang}`
  const answer = await globalThis.caches?.match(address, { ignoreVary: true })
  const page = answer && new DOMParser().parseFromString(await answer.text(), 'text/html')
  return page && styleOf(page) === styleOf(document) ? page : null
}

/* Its address names the build. */
const styleOf = (page) => page.querySelector('link[rel=stylesheet]').getAttribute('href')
