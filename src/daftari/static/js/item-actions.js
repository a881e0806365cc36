// The actions on an item of the outbox, run by a click on its [data-action]: withdraw it before it was
// sent, open its form again, dismiss it, or confirm that the same name is meant.

import { targetOf } from './dom.js'

/** The address of the form of an item, in which js/optimistic-entry.js fills it in again. */
function formOf(home, item) {
  return `${home}${FORMS[item.verb](item)}#again-${item.id}`
}

const FORMS = {
  add_customer: () => '/customers/new',
  record_entry: ({ customer_id: customer, kind }) =>
    `/customers/${customer}/entries/new?kind=${kind}`,
  correct_entry: ({ entry_id: entry }) => `/entries/${entry}/correction`
}

/** `home`: `/s/<shop>`; `open(address)` shows a form; `done(action, item)` is called afterwards. */
export function bindItemActions(bookOf, home, { open, done }) {
  const handlers = {
    withdraw,
    again: (_, item) => open(formOf(home, item)),
    anyway: (book, { id }) => book.retry(id, { same_name_ok: true }),
    ask: (book, { id }) => book.retry(id, { ask: 'yes' }),
    dismiss: (book, { id }) => book.dismiss(id)
  }
  document.addEventListener('click', async (event) => {
    const button = targetOf(event).closest?.('[data-action]')
    if (!button || !isSure(button)) return
    const { action, item: id } = button.dataset
    const book = await bookOf()
    const item = (await book.items()).find((one) => one.id === id)
    if (item) await handlers[action](book, item)
    await done(action, item, book)
  })
}

/* What is thrown away is asked for twice. */
function isSure(button) {
  const { action, sure } = button.dataset
  if (action !== 'dismiss' || button.textContent === sure) return true
  button.textContent = sure
  return false
}

/* What left may be in the book: then a line against it follows. */
async function withdraw(book, { id, verb, ask }) {
  if ((await book.withdraw(id)) || verb !== 'record_entry' || ask) return
  await book.add('reverse_entry', { id: crypto.randomUUID(), entry_id: id })
}
