// The book's list: totals, search, filters, and the people one scrolls through.

import { shown } from '../line.js'
import { element, ltr } from '../phrase.js'
import { initial } from './fold.js'
import {
  balancesOf,
  countKey,
  hijri,
  joined,
  lengthOf,
  money,
  number,
  part,
  say,
  sideOf,
  signed,
  specimen,
  weekday
} from './parts.js'
import { meaningOf } from './people.js'

const ROWS = 50
const rows = new WeakMap()
let specimens

/** The whole list as its page has it; `isChoice`: as the choice of whom to write about. `asked`: {q,
 * filter, sort, to?, most?}; `to` follows each address. */
export function drawBook(around, people, asked, isChoice = false) {
  const made = part('book', around)
  const { says, shop } = around
  made.querySelector('h1 bdi').textContent = isChoice ? says.newEntry : shop.name
  made
    .querySelector('.topbar-line')
    .replaceChildren(...(isChoice ? [says.withWhom] : dayOf(around)))
  if (!around.may('add_customer')) made.querySelector('.topbar > .icon-button').remove()
  drawTotals(made.querySelector('#totals'), around, people)
  drawFilters(made, asked, around, people)
  made.querySelector('[name=q]').value = asked.q ?? ''
  if (isChoice) asChoice(made)
  made.querySelector('#list').replaceWith(drawList(around, people, asked, asked.most))
  return made
}

function asChoice(made) {
  made.classList.add('choose')
  for (const other of made.querySelectorAll('#totals, .chips, .drop')) other.remove()
}

function dayOf(around) {
  const { shop, today } = around
  const day = element('span', `${weekday(today)} `, ltr(shown(today, around)))
  return joined(day, shop.calendar === 'hijri' && hijri(today, shop))
}

function drawTotals(place, around, people) {
  const one = place.firstElementChild
  place.replaceChildren(
    ...(around.may('see_totals') ? people.totals() : []).map((total) => {
      const made = one.cloneNode(true)
      const amounts = [total.receivable, total.payable, total.receivable - total.payable]
      made.querySelectorAll('dd').forEach((amount, at) => {
        amount.replaceChildren(signed(amounts[at], total.currency, around))
        if (at < 2) amount.dataset.length = lengthOf(amount.textContent)
      })
      const net = made.querySelector('.net dt')
      net.textContent = net.textContent.replace(
        around.units.SAR[1],
        around.units[total.currency][1]
      )
      return made
    })
  )
}

function drawFilters(made, { filter = 'all', sort = 'late' }, around, people) {
  for (const link of made.querySelectorAll('.chips a, .drop-list a')) {
    const asked = new URLSearchParams({
      filter,
      sort,
      ...Object.fromEntries(new URL(link.href).searchParams)
    })
    link.search = asked
    if (asked.get('filter') !== filter || asked.get('sort') !== sort) {
      link.removeAttribute('aria-current')
      link.querySelector('.icon')?.remove()
    }
    const count = link.querySelector('b')
    const late = count && people.count('late')
    if (late) count.textContent = number(late, around)
    else count?.remove()
  }
}

/** The list alone, as it is drawn anew at each key. */
export function drawList(around, people, asked, most = ROWS) {
  const { found, isMore } = people.list(asked, most)
  if (!found.length) return drawNobody(around, people, asked)
  specimens ??= readSpecimens()
  const made = element('div')
  Object.assign(made, { id: 'list', className: 'rows' })
  made.dataset.ruled = ''
  made.append(element('ul', ...found.map((customer) => rowOf(customer, around, asked.to ?? ''))))
  if (isMore) made.append(moreOf(around, most))
  return made
}

function readSpecimens() {
  const list = specimen('book').querySelector('#list')
  const rows = [...list.querySelectorAll('.row')].map((row) => [
    row.querySelector('a').getAttribute('href'),
    row
  ])
  const amounts = [...list.querySelector('[href=written]').querySelectorAll('.row-amount')]
  return { rows: new Map(rows), amounts, more: list.querySelector('.rows-more') }
}

/* Drawn once for every list it stands in while somebody types. */
function rowOf(customer, around, to) {
  const known = rows.get(customer)
  const isSame = known?.around === around && known.to === to
  const row = isSame ? known.row : drawRow(customer, around, to)
  row.firstElementChild.removeAttribute('aria-current')
  rows.set(customer, { row, around, to })
  return row
}

function drawRow(customer, around, to) {
  const meaning = meaningOf(customer, around.today)
  const { key, count } = meaning
  const said = [
    key,
    count && countKey(count),
    customer.role === 'supplier' && 'supplier',
    customer.frozen && 'frozen'
  ]
  const row = specimens.rows.get(said.filter(Boolean).join(' ')).cloneNode(true)
  const [badge, words, amounts] = row.firstElementChild.children
  row.firstElementChild.href = `${around.home}/customers/${customer.id}${to}`
  row.firstElementChild.removeAttribute('data-opens-side')
  if (!customer.frozen) badge.textContent = initial(customer.name)
  const [name, line] = words.children
  name.firstElementChild.textContent = customer.name
  if (customer.nickname) name.lastElementChild.firstElementChild.textContent = customer.nickname
  else name.replaceChildren(name.firstElementChild)
  if (count || meaning.day) say(line, meaning, around)
  amounts.replaceChildren(
    ...shownBalances(customer, around).map((balance) => drawAmount(balance, around))
  )
  return row
}

/* A settled own currency is not worth a line beside another that is open. */
function shownBalances(customer, around) {
  const [own, ...others] = balancesOf(customer, around)
  return own[1] || !others.length ? [own, ...others] : others
}

/* The specimens: owes, is owed, settled; in the shop's own currency, then in dollars. */
function drawAmount([currency, minor], around) {
  const isForeign = currency !== around.shop.currency
  const made =
    specimens.amounts[['owes', 'owed', ''].indexOf(sideOf(minor)) + (isForeign ? 3 : 0)].cloneNode(
      true
    )
  const text = money(minor, currency, around)
  made.dataset.length = lengthOf(text)
  made.firstElementChild.textContent = text
  const word = made.querySelector('small')
  if (isForeign && word)
    word.textContent = word.textContent.replace(around.units.USD[1], around.units[currency][1])
  return made
}

function moreOf(around, most) {
  const made = specimens.more.cloneNode(true)
  made.href = `${around.home}/`
  made.dataset.more = most + ROWS
  return made
}

function drawNobody(around, people, { q, filter = 'all' }) {
  if (!people.all.length) return part('clean', around)
  const made = element('div')
  Object.assign(made, { id: 'list', className: 'rows' })
  made.append(part(q ? 'nobody' : 'nobody-here', around))
  if (!q) return made
  const [add, whole] = made.querySelectorAll('a')
  if (filter === 'all') whole.remove()
  else whole.search = new URLSearchParams({ q })
  if (!around.may('add_customer')) add.remove()
  add.search = new URLSearchParams({ name: q })
  const label = add.querySelector('span')
  label.textContent = label.textContent.replace('·', q)
  return made
}
