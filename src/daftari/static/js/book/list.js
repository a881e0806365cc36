// The list of the offline book: totals, search, filters and the rows of the customers.

import { one } from '../dom.js'
import { shown } from '../entry-row.js'
import { hijri } from '../hijri.js'
import { element, ltr } from '../phrase.js'
import { closeTour } from '../tour.js'
import { initial } from './fold.js'
import {
  balancesOf,
  countKey,
  fillIn,
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
import { drawHits } from './hits.js'
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
      const amounts = { ...total, net: total.receivable - total.payable }
      for (const place of made.querySelectorAll('[data-total]')) {
        const { total: name } = place.dataset
        place.replaceChildren(signed(amounts[name], total.currency, context))
        if (name !== 'net') place.dataset.length = lengthOf(place.textContent)
      }
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
  const { found, texts, isMore } = people.list(query, most)
  if (!found.length) return drawNobody(context, people, query)
  placeholders ??= readPlaceholders()
  const made = element('div')
  Object.assign(made, { id: 'list', className: 'rows' })
  made.dataset.ruled = ''
  // While somebody types, many are not counted yet.
  const isCounted = !query.to && (!isMore || most >= ROWS)
  const everybody = isMore && isCounted ? people.everybody(query) : found
  if (!query.to)
    made.append(drawHits(placeholders.hits, context, isCounted && people.hits(query, everybody)))
  const drawn = found.map((customer) =>
    rowOf(customer, context, query.to ?? '', texts.get(customer))
  )
  made.append(element('ul', ...drawn))
  if (isMore) made.append(moreOf(context, most))
  return made
}

function readPlaceholders() {
  const list = one(placeholder('book'), '#list')
  const rows = new Map()
  for (const row of list.querySelectorAll('.row')) rows.set(one(row, 'a').getAttribute('href'), row)
  const [hits, amounts] = [one(list, '.hits'), one(list, '[href=written]')]
  return { rows, hits, amounts, more: one(list, '.rows-more') }
}

/* Drawn once for every list it stands in while somebody types. */
function rowOf(customer, context, to, text) {
  const known = rows.get(customer)
  const isSame = known?.context === context && known.to === to && known.text === text
  const row = isSame ? known.row : drawRow(customer, context, to, text)
  one(row, 'a').removeAttribute('aria-current')
  rows.set(customer, { row, context, to, text })
  return row
}

function drawRow(customer, context, to, text) {
  const status = text ? { key: 'noted' } : rowStatusOf(customer, context.today)
  const { key, count } = status
  const keys = [
    key,
    count && countKey(count),
    customer.role === 'supplier' && 'supplier',
    customer.frozen && 'frozen'
  ]
  const row = placeholders.rows.get(keys.filter(Boolean).join(' ')).cloneNode(true)
  /** @type {HTMLAnchorElement} */
  const link = one(row, 'a')
  link.href = `${context.home}/customers/${customer.id}${to}`
  link.removeAttribute('data-opens-side')
  if (!customer.frozen) one(row, '.initial').textContent = initial(customer.name)
  drawName(one(row, '.row-name'), customer)
  if (text) one(row, '.row-line bdi').textContent = text
  if (count || status.day) fillIn(one(row, '.row-line'), status, context)
  drawPlace(one(row, '.row-line .soft'), customer)
  one(row, '.row-amounts').replaceChildren(
    ...shownBalances(customer, context).map((balance) => drawAmount(balance, context))
  )
  return row
}

function drawName(place, { name, nickname }) {
  one(place, 'bdi').textContent = name
  if (nickname) one(place, 'small bdi').textContent = nickname
  else place.replaceChildren(one(place, 'bdi'))
}

function drawPlace(place, { neighbourhood }) {
  if (neighbourhood) one(place, 'bdi').textContent = neighbourhood
  else place.remove()
}

/* A settled own currency is not worth a line beside another that is open. */
function shownBalances(customer, context) {
  const [own, ...others] = balancesOf(customer, context)
  return own[1] || !others.length ? [own, ...others] : others
}

/* There is a placeholder for each side, in the shop's own currency and in dollars. */
function drawAmount([currency, minor], context) {
  const isForeign = currency !== context.shop.currency
  const side = sideOf(minor) ? `.${sideOf(minor)}` : ':not(.owes, .owed)'
  const currencyKind = isForeign ? '[data-foreign]' : ':not([data-foreign])'
  const made = one(placeholders.amounts, `.row-amount${side}${currencyKind}`).cloneNode(true)
  const text = money(minor, currency, context)
  made.dataset.length = lengthOf(text)
  one(made, '.money').textContent = text
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
  if (!people.all.length) return closeTour(part('clean', context))
  const made = element('div')
  Object.assign(made, { id: 'list', className: 'rows' })
  made.append(part(q ? 'nobody' : 'nobody-here', context))
  if (!q) return made
  /** @type {HTMLAnchorElement} */
  const whole = one(made, '[data-whole-book]')
  if (filter === 'all') whole.remove()
  else whole.search = new URLSearchParams({ q }).toString()
  if (context.may('add_customer')) drawAdd(one(made, '[data-add]'), q)
  else one(made, '[data-add]').remove()
  return made
}

function drawAdd(add, name) {
  add.search = new URLSearchParams({ name })
  const label = one(add, 'span')
  label.textContent = label.textContent.replace('·', name)
}
