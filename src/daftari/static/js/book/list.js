// The list of the offline book: totals, search, filters and the rows of the customers.

import { one } from '../dom.js'
import { shown } from '../entry-row.js'
import { element, ltr } from '../phrase.js'
import { initial } from './fold.js'
import {
  balancesOf,
  countKey,
  fillIn,
  hijri,
  joined,
  lengthOf,
  money,
  number,
  part,
  placeholder,
  sideOf,
  signed,
  weekday
} from './fragments.js'
import { rowStatusOf } from './people.js'

const ROWS = 50
const rows = new WeakMap()
let placeholders

/** The whole list as its page has it; `isChoice`: as the choice of whom to write about. `query`: {q,
 * filter, sort, to?, most?}; `to` follows each address. */
export function drawBook(context, people, query, isChoice = false) {
  const made = part('book', context)
  const { says, shop } = context
  made.querySelector('h1 bdi').textContent = isChoice ? says.newEntry : shop.name
  made
    .querySelector('.topbar-line')
    .replaceChildren(...(isChoice ? [says.withWhom] : dayOf(context)))
  if (!context.may('add_customer')) made.querySelector('.topbar > .icon-button').remove()
  drawTotals(made.querySelector('#totals'), context, people)
  drawFilters(made, query, context, people)
  made.querySelector('[name=q]').value = query.q ?? ''
  if (isChoice) asChoice(made)
  made.querySelector('#list').replaceWith(drawList(context, people, query, query.most))
  return made
}

function asChoice(made) {
  made.classList.add('choose')
  for (const other of made.querySelectorAll('#totals, .chips, .drop')) other.remove()
}

function dayOf(context) {
  const { shop, today } = context
  const day = element('span', `${weekday(today)} `, ltr(shown(today, context)))
  return joined(day, shop.calendar === 'hijri' && hijri(today, shop))
}

function drawTotals(place, context, people) {
  const blank = place.querySelector('.totals')
  place.replaceChildren(
    ...(context.may('see_totals') ? people.totals() : []).map((total) => {
      const made = blank.cloneNode(true)
      const amounts = [total.receivable, total.payable, total.receivable - total.payable]
      made.querySelectorAll('dd').forEach((amount, at) => {
        amount.replaceChildren(signed(amounts[at], total.currency, context))
        if (at < 2) amount.dataset.length = lengthOf(amount.textContent)
      })
      const net = made.querySelector('.net dt')
      net.textContent = net.textContent.replace(
        context.units.SAR[1],
        context.units[total.currency][1]
      )
      return made
    })
  )
}

function drawFilters(made, { filter = 'all', sort = 'late' }, context, people) {
  for (const link of made.querySelectorAll('.chips a, .drop-list a')) {
    const query = new URLSearchParams({
      filter,
      sort,
      ...Object.fromEntries(new URL(link.href).searchParams)
    })
    link.search = query
    if (query.get('filter') !== filter || query.get('sort') !== sort) {
      link.removeAttribute('aria-current')
      link.querySelector('.icon')?.remove()
    }
    const count = link.querySelector('b')
    const late = count && people.count('late')
    if (late) count.textContent = number(late, context)
    else count?.remove()
  }
}

/** The list alone, as it is drawn anew at each key. */
export function drawList(context, people, query, most = ROWS) {
  const { found, isMore } = people.list(query, most)
  if (!found.length) return drawNobody(context, people, query)
  placeholders ??= readPlaceholders()
  const made = element('div')
  Object.assign(made, { id: 'list', className: 'rows' })
  made.dataset.ruled = ''
  made.append(element('ul', ...found.map((customer) => rowOf(customer, context, query.to ?? ''))))
  if (isMore) made.append(moreOf(context, most))
  return made
}

function readPlaceholders() {
  const list = one(placeholder('book'), '#list')
  const rows = new Map()
  for (const row of list.querySelectorAll('.row')) rows.set(one(row, 'a').getAttribute('href'), row)
  const amounts = [...one(list, '[href=written]').querySelectorAll('.row-amount')]
  return { rows, amounts, more: one(list, '.rows-more') }
}

/* Drawn once for every list it stands in while somebody types. */
function rowOf(customer, context, to) {
  const known = rows.get(customer)
  const isSame = known?.context === context && known.to === to
  const row = isSame ? known.row : drawRow(customer, context, to)
  row.firstElementChild.removeAttribute('aria-current')
  rows.set(customer, { row, context, to })
  return row
}

function drawRow(customer, context, to) {
  const status = rowStatusOf(customer, context.today)
  const { key, count } = status
  const keys = [
    key,
    count && countKey(count),
    customer.role === 'supplier' && 'supplier',
    customer.frozen && 'frozen'
  ]
  const row = placeholders.rows.get(keys.filter(Boolean).join(' ')).cloneNode(true)
  const [badge, words, amounts] = row.firstElementChild.children
  row.firstElementChild.href = `${context.home}/customers/${customer.id}${to}`
  row.firstElementChild.removeAttribute('data-opens-side')
  if (!customer.frozen) badge.textContent = initial(customer.name)
  const [name, line] = words.children
  name.firstElementChild.textContent = customer.name
  if (customer.nickname) name.lastElementChild.firstElementChild.textContent = customer.nickname
  else name.replaceChildren(name.firstElementChild)
  if (count || status.day) fillIn(line, status, context)
  amounts.replaceChildren(
    ...shownBalances(customer, context).map((balance) => drawAmount(balance, context))
  )
  return row
}

/* A settled own currency is not worth a line beside another that is open. */
function shownBalances(customer, context) {
  const [own, ...others] = balancesOf(customer, context)
  return own[1] || !others.length ? [own, ...others] : others
}

/* The placeholders: owes, is owed, settled; in the shop's own currency, then in dollars. */
function drawAmount([currency, minor], context) {
  const isForeign = currency !== context.shop.currency
  const made =
    placeholders.amounts[
      ['owes', 'owed', ''].indexOf(sideOf(minor)) + (isForeign ? 3 : 0)
    ].cloneNode(true)
  const text = money(minor, currency, context)
  made.dataset.length = lengthOf(text)
  made.firstElementChild.textContent = text
  const word = made.querySelector('small')
  if (isForeign && word)
    word.textContent = word.textContent.replace(context.units.USD[1], context.units[currency][1])
  return made
}

function moreOf(context, most) {
  const made = placeholders.more.cloneNode(true)
  made.href = `${context.home}/`
  made.dataset.more = most + ROWS
  return made
}

function drawNobody(context, people, { q, filter = 'all' }) {
  if (!people.all.length) return part('clean', context)
  const made = element('div')
  Object.assign(made, { id: 'list', className: 'rows' })
  made.append(part(q ? 'nobody' : 'nobody-here', context))
  if (!q) return made
  const [add, whole] = made.querySelectorAll('a')
  if (filter === 'all') whole.remove()
  else whole.search = new URLSearchParams({ q })
  if (!context.may('add_customer')) add.remove()
  add.search = new URLSearchParams({ name: q })
  const label = add.querySelector('span')
  label.textContent = label.textContent.replace('·', q)
  return made
}
