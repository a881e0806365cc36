// One entry with what this phone has of it: a sheet over the account. Its photo, its receipt and what
// it covers are with the server only.

import { formatAmount } from '../amount.js'
import { sayAsking } from '../approval.js'
import { one } from '../dom.js'
import { shown, stamp, toneOf } from '../entry-row.js'
import { formatQuantity, totalOf } from '../goods.js'
import { hijriBeside } from '../hijri.js'
import { element, ltr } from '../phrase.js'
import { formatRate } from '../rates.js'
import { mayAsk, mayReverse } from './account.js'
import { joined, lengthOf, money, part, sideOf, unitOf } from './fragments.js'

const LOOKS = { debt: 'grows', payment: 'shrinks', '': '' }

/** The sheet of an entry of the snapshot, or of one that waits on this phone. */
export function drawDetails(context, customer, line) {
  const made = part('details', context)
  const { kinds, supplier_kinds: suppliers } = context.words
  const isSupplier = customer.role === 'supplier'
  const title = one(made, 'h2')
  title.childNodes[0].textContent = (isSupplier ? suppliers : kinds)[line.kind]
  one(title, 'bdi').textContent = customer.name
  if (!line.reversed_by) delete made.dataset.state
  drawAmount(one(made, '.big'), line, toneOf(line, { toward: isSupplier ? -1 : 1 }), context)
  for (const [name, fact] of Object.entries(factsOf(line, context)))
    drawFact(one(made, `[data-fact=${name}]`), fact)
  drawGoods(one(made, '[data-goods-told]'), line, context)
  drawHistory(made, line, customer.lines, context)
  drawActions(one(made, '.entry-details-actions'), line, context)
  made.append(part('details-rest', context))
  return made
}

function drawActions(actions, line, context) {
  const isOwn = mayReverse(line, context)
  if (!isOwn && !mayAsk(line, context)) return actions.remove()
  if (line.fixed || line.goods === null) actions.querySelector('[href$="/correction"]')?.remove()
  for (const link of actions.querySelectorAll('a'))
    link.href = link.href.replace('/entries/-/', `/entries/${line.id}/`)
  if (!isOwn) for (const link of actions.querySelectorAll('a')) sayAsking(link)
}

function drawAmount(big, { amount_minor: minor, currency, reversed_by: by }, tone, context) {
  const text = money(minor, currency, context)
  big.className = `big ${by ? '' : LOOKS[tone]}`
  big.dataset.length = lengthOf(text)
  big.replaceChildren(ltr(text, 'money'), ' ', unitOf(currency, context))
}

/* «سكر 2 × 6.25 … 12.50» */
function drawGoods(section, { goods, currency }, context) {
  if (!goods?.length) return section.remove()
  const list = one(section, 'ul')
  const placeholder = one(list, 'li')
  list.replaceChildren(
    ...goods.map((row) => {
      const [name, quantity, price] = row
      const made = placeholder.cloneNode(true)
      const { digits, notation } = context.shop
      one(made, 'span > bdi').textContent = name
      one(made, 'small').replaceChildren(
        ltr(formatQuantity(quantity, digits, notation)),
        ' × ',
        ltr(money(price, currency, context), 'money')
      )
      one(made, ':scope > .money').textContent = money(totalOf(row), currency, context)
      return made
    })
  )
}

/* What stands beside each label; the label goes where there is nothing. */
function factsOf(line, context) {
  const name = (text) => text && [element('bdi', text)]
  const at = new Date(line.recorded_at)
  return {
    day: dayShown(line.occurred_on, context),
    due: line.due_on && dayShown(line.due_on, context),
    method: line.method && [context.words.methods[line.method]],
    exchange: line.paid_currency && exchangeOf(line, context),
    note: name(line.note),
    taker: name(line.taker),
    paid_by: name(line.paid_by),
    branch: name(context.shop.branches?.[line.branch ?? '']),
    written: joined(stamp(at, context), whoOf(line, context)),
    after: line.state || line.isOlder ? null : balanceAfter(line, context)
  }
}

/* «375.00 SAR · 1 $ = 3.75 SAR» */
function exchangeOf({ currency, paid_minor, paid_currency, rate_e8, rate_of }, context) {
  const { digits, notation } = context.shop
  const unit = (code) => ` ${context.units[code][0]}`
  const into = rate_of === paid_currency ? currency : paid_currency
  const rate = formatRate(rate_e8, digits, notation)
  return [
    ltr(money(paid_minor, paid_currency, context), 'money'),
    ' ',
    unitOf(paid_currency, context),
    ' · ',
    element('bdi', formatAmount(1, 0, digits), unit(rate_of)),
    ' = ',
    element('bdi', rate, unit(into))
  ]
}

const whoOf = ({ recorded_by: who }, { people }) => people[who] && element('bdi', people[who])

function dayShown(day, context) {
  return [ltr(shown(day, context)), ...hijriBeside(day, context.shop)]
}

function balanceAfter({ balance_after_minor: minor, currency }, context) {
  const side = context.sides[sideOf(minor)]
  if (!minor) return [side]
  return [`${side} `, ltr(money(minor, currency, context), 'money'), ' ', unitOf(currency, context)]
}

function drawFact(place, fact) {
  if (fact) one(place, 'dd').replaceChildren(...fact)
  else place.remove()
}

function drawHistory(made, line, lines, context) {
  const list = one(made, '[data-histories]')
  const [after, before] = versionsOf(line, lines)
  drawVersions(one(list, '[data-version=after]'), after, context)
  drawVersions(one(list, '[data-version=before]'), before, context)
  if (after.length) one(list, '[data-history=reversed_by]').remove()
  for (const item of list.querySelectorAll('[data-history]')) {
    const other = lines.find(({ id }) => id === line[item.dataset.history ?? ''])
    if (other) drawRelated(item, other, context)
    else item.remove()
  }
  if (list.children.length) return
  list.previousElementSibling?.remove()
  list.remove()
}

/* What corrected it, and what stood before it, both newest first; what was not taken is neither. */
function versionsOf(line, lines) {
  const first = ({ id, corrects }) => corrects ?? id
  const all = lines.filter((other) => first(other) === first(line))
  const place = all.indexOf(line)
  return [all.slice(0, place), all.slice(place + 1)]
}

function drawVersions(placeholder, versions, context) {
  placeholder.replaceWith(
    ...versions.map((version) => {
      const item = placeholder.cloneNode(true)
      drawVersion(item, version, context)
      return item
    })
  )
}

function drawVersion(item, version, context) {
  /** @type {HTMLAnchorElement} */
  const link = one(item, 'a')
  const title = titleOf(link)
  link.href = `${context.home}/entries/${version.id}`
  const when = joined(
    stamp(new Date(version.recorded_at), context),
    whoOf(version, context),
    version.note && element('bdi', version.note)
  )
  one(link, 'span').replaceChildren(
    ...joined(title, ltr(shown(version.occurred_on, context))),
    element('small', ...when)
  )
  one(link, ':scope > .money').textContent = money(version.amount_minor, version.currency, context)
}

/* «صُحِّح · …» */
const titleOf = (link) => one(link, 'span').firstChild?.textContent?.split('·')[0].trim()

function drawRelated(item, other, context) {
  /** @type {HTMLAnchorElement} */
  const link = one(item, 'a')
  const words = one(link, 'span')
  const title = titleOf(link)
  link.href = `${context.home}/entries/${other.id}`
  const reason = other.note && element('small', element('bdi', other.note))
  words.replaceChildren(
    ...joined(title, stamp(new Date(other.recorded_at), context), whoOf(other, context))
  )
  if (reason) words.append(reason)
  one(link, ':scope > .money').textContent = money(other.amount_minor, other.currency, context)
}
