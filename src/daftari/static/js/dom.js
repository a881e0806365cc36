// Typed look-ups in the page: for what must be there. What may be missing is asked for by the
// browser's own `querySelector`.

/** The element with this id, which every page has that loads the caller.
 * @template {HTMLElement} [T=HTMLElement]
 * @param {string} id
 * @returns {T} */
export const byId = (id) => /** @type {T} */ (document.getElementById(id))

/** The first element that fits, which `root` always has.
 * @template {HTMLElement} [T=HTMLElement]
 * @param {ParentNode} root
 * @param {string} selector
 * @returns {T} */
export const one = (root, selector) => /** @type {T} */ (root.querySelector(selector))

/** The element that an event comes from.
 * @template {HTMLElement} [T=HTMLElement]
 * @param {Event} event
 * @returns {T} */
export const targetOf = (event) => /** @type {T} */ (event.target)

/** A copy of the one element that a template holds.
 * @template {HTMLElement} [T=HTMLElement]
 * @param {HTMLTemplateElement} template
 * @returns {T} */
export const cloneOf = ({ content }) =>
  /** @type {T} */ (document.importNode(/** @type {Element} */ (content.firstElementChild), true))

/** Another drawing of the same sprite in an icon.
 * @param {Element} icon
 * @param {string} drawing */
export function setIcon(icon, drawing) {
  const use = one(icon, 'use')
  use.setAttribute('href', use.getAttribute('href')?.replace(/#.*/, `#${drawing}`) ?? '')
}
