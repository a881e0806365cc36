// The customers as they stand on this phone: the last snapshot, with the items that wait.

import * as items from './items.js'
import { withItems } from './overlay.js'
import { readBook, readCustomer } from './pull.js'

/** All of them by id, as they stood together at one moment. */
export async function readPeople(book) {
  const { people, records } = await readBook(book)
  return withItems(people, await items.opened(book, records), book.head?.shop)
}

/** One of them, undefined where there is none; quick, one bucket is opened. */
export async function readPerson(book, id) {
  const snapshot = await readCustomer(book, id)
  const people = new Map(snapshot && [[id, snapshot]])
  return withItems(people, await items.read(book), book.head?.shop).get(id)
}
