// The month's end in the empty half of a wide screen: fetched when there is an empty half, never on a
// phone. Where nobody answers the half says what it said.

/** Fills the half beside the list, while no account is open in it. */
export async function bringMonthEnd() {
  const side = document.querySelector('#side[data-month-end]')
  const { address: home, branch } = document.getElementById('book')?.dataset ?? {}
  if (!side || !home) return
  delete side.dataset.monthEnd
  const answer = await fetch(`${home}month-end${branch ? `?branch=${branch}` : ''}`)
  if (!answer.ok || answer.redirected) return
  const fragment = document.createRange().createContextualFragment(await answer.text())
  side.replaceChildren(fragment)
}
