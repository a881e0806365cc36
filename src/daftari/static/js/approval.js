// What needs the approval of somebody else: told before it is written, asked for afterwards. The server
// judges it anew; an approval that was not needed after all is simply written.

const APPROVABLE = [
  'beyond_credit_limit',
  'discount_needs_approval',
  'forgiving_not_allowed',
  'not_your_entry'
]
const FORGIVES = ['discount', 'write_off', 'recovery']

/** Whether an item that was refused can be turned into a request. */
export const canAsk = ({ state, verdict, ask }) =>
  state === 'refused' && !ask && APPROVABLE.includes(verdict?.reason)

/** Marks the entry sheet as a request where this person may not write the amount alone. `isBeyond`: it
 * goes past the limit; `owed`: what the customer owes.
 * @param {HTMLFormElement} form */
export function showApproval(form, { isBeyond, kind, minor, owed }) {
  const { lacks = '', freeDiscount, asksAnyway } = form.dataset
  const lacking = lacks.split(' ')
  const isForgiving = FORGIVES.includes(kind) && minor !== null
  const isFree =
    kind === 'discount' && freeDiscount && minor * 100 <= Number(freeDiscount) * Math.max(0, owed)
  const needs =
    asksAnyway !== undefined ||
    (isBeyond && lacking.includes('give_over_limit')) ||
    (isForgiving && !isFree && lacking.includes('write_off'))
  mark(form, needs)
}

/** A reversal or a correction of what somebody else wrote, or on another day.
 * @param {HTMLFormElement} form */
export function markAsRequest(form) {
  mark(form, true)
  sayAsking(form.querySelector('[data-main]'))
}

/** The words of a link or a button that leads to a request. */
export function sayAsking(button) {
  button.querySelector('span').textContent = button.dataset.ask
}

/** What the confirm button of the sheet says. */
export const saysOf = (form, kind) =>
  form.elements.ask?.value ? form.dataset.ask : kind.dataset.confirm

function mark(form, needs) {
  const note = form.querySelector('[data-asks]')
  if (!note) return
  form.elements.ask.value = needs ? 'yes' : ''
  note.hidden = !needs
}
