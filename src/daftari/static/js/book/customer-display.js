// An account on the counter, with no network: the same page as the server's, filled with what this
// phone holds, and nothing else of the book. Where the book is sealed under the passkey, it stays so.

import { byId, one } from '../dom.js'
import { shortDay } from '../entry-row.js'
import { takeOffCounter, unlock } from '../held.js'
import { effectOf } from '../phone/overlay.js'
import { Locked, openBook, showPerson } from '../phone/phone.js'
import { element, ltr } from '../phrase.js'
import { contextOf } from './context.js'
import { balancesOf, lengthOf, money, part, sideOf, unitOf } from './fragments.js'
import { placed } from './placed.js'

const LINES = 8

/** Show the account until the passkey is shown. `open`: opens the whole book after that. */
export async function showCounter(who, customerId, open) {
  const account = `/s/${who.shop}/customers/${customerId}`
  history.replaceState(null, '', `${account}/counter`)
  addEventListener('online', reload)
  document.body.classList.add('at-counter')
  one(document, '.bottom-bar').hidden = true
  const shown = part('counter', { home: '' })
  const customer = await customerOf(who, customerId)
  if (customer) fill(shown, customer)
  else for (const piece of shown.querySelectorAll('h1, .balance, ul')) piece.remove()
  byId('content').replaceChildren(shown)
  await leaving(one(shown, 'form'), who.person)
  removeEventListener('online', reload)
  takeOffCounter()
  unlock()
  document.body.classList.remove('at-counter')
  history.replaceState(null, '', account)
  await open()
}

const reload = () => location.reload()

/* Without a touch: whoever could give one need not look at this page. */
async function customerOf(who, id) {
  try {
    const book = await openBook(who)
    const person = book.head && (await book.customers()).get(id)
    return person && { person, context: contextOf(book.head, `/s/${who.shop}`) }
  } catch (error) {
    if (error instanceof Locked) return null
    throw error
  }
}

/** @returns {Promise<void>} */
function leaving(form, person) {
  return new Promise((resolve) => {
    form.addEventListener('submit', async (event) => {
      event.preventDefault()
      try {
        await showPerson(person)
        resolve()
      } catch (error) {
        console.info(String(error))
        one(form, '[data-unopened]').hidden = false
      }
    })
  })
}

function fill(shown, { person, context }) {
  one(shown, 'h1 bdi').textContent = person.name
  const card = one(shown, '.balance')
  const you = (minor) => card.dataset[sideOf(minor) || 'none']
  const [[currency, minor], ...others] = balancesOf(person, context)
  const big = one(card, '.big')
  const text = money(minor, currency, context)
  one(card, '.balance-word').textContent = you(minor) ?? ''
  big.className = `big ${sideOf(minor)}`
  big.dataset.length = lengthOf(text)
  big.replaceChildren(ltr(text, 'money'), ' ', unitOf(currency, context))
  const more = one(card, '.balance-more')
  more.hidden = !others.length
  more.replaceChildren(...others.map((other) => drawOther(other, you, context)))
  const standing = placed(person.lines ?? [], person.balances)
    .filter(stands)
    .slice(0, LINES)
  const list = one(shown, 'ul')
  list.hidden = !standing.length
  list.replaceChildren(...standing.map((line) => drawLine(line, person, context)))
}

const stands = ({ kind, reversed_by: by }) => kind !== 'reversal' && !by

function drawOther([currency, minor], you, context) {
  const amount = element('b', ltr(money(minor, currency, context), 'money'))
  return element('span', `${you(minor)} `, amount, ` ${context.units[currency][1]}`)
}

function drawLine(line, { role = 'customer' }, context) {
  const { kind, occurred_on: day, amount_minor: minor, currency } = line
  const isSupplier = role === 'supplier'
  const effect = (line.effect_minor ?? effectOf(line, role)) * (isSupplier ? -1 : 1)
  const kinds = isSupplier ? context.words.supplier_kinds : context.words.kinds
  const amount = element('b', ltr(money(minor, currency, context), 'money'))
  if (currency !== context.shop.currency) amount.append(' ', unitOf(currency, context))
  const row = element('li', element('span', kinds[kind]), ' ')
  row.className = effect > 0 ? 'grows' : effect < 0 ? 'shrinks' : ''
  row.append(element('time', shortDay(day, context)), ' ', amount)
  return row
}
