// The shapes that our scripts share, and what the browser's own types do not know of our pages. Only
// the type check reads this file.

/** A civil date of the shop, `2026-11-25`. */
type Day = string

/** A moment, ISO 8601 in UTC. */
type Moment = string

/** How an amount is written: the sign between groups and the one before decimals. */
interface Notation {
  group: string
  decimal: string
  blanks?: boolean
}

/** The state of an item: its own until the server has answered, then the server's verdict. */
type ItemState = 'waiting' | 'sending' | 'written' | 'deferred' | 'refused' | 'conflict'

type Verb = 'record_entry' | 'reverse_entry' | 'correct_entry' | 'add_customer'

/** One change of the book, made on this phone: a member of the outbox. */
interface Item {
  id: string
  sequence: number
  state: ItemState
  verb?: Verb
  v?: number
  user?: string
  shop?: string
  device?: string
  made_at?: Moment
  version?: number
  /** Why the server did not write it: a name, the field it speaks of, and a sentence. */
  verdict?: { reason?: string; field?: string; words?: string }
  /** Why an entry was reversed, as typed. */
  reason?: string
  photo?: { state: string; reason?: string; words?: string }
  isCarried?: boolean
  /** «yes»: it asks for approval where that is all it lacks. */
  ask?: string
  isDamaged?: boolean
  /** Damaged before the server answered. */
  isLoose?: boolean
  customer_id?: string
  entry_id?: string
  /** The entry that the item changes, as it stood when that was typed. */
  stood?: Partial<SnapshotEntry>
  /** What a payment is for; '' for nothing in particular any more. */
  for?: string
  reversal_id?: string
  kind?: string
  side?: string
  amount_minor?: number
  currency?: string
  occurred_on?: Day
  due_on?: Day
  method?: string
  note?: string
  taker?: string
  paid_by?: string
  paid_minor?: number
  paid_currency?: string
  rate_e8?: number
  rate_of?: string
  goods?: [string, number, number][]
  name?: string
  nickname?: string
  phone?: string
  role?: string
}

/** A sealed piece: `number` names the key it is sealed by. */
interface Sealed {
  number: number
  iv: Uint8Array<ArrayBuffer>
  data: Uint8Array<ArrayBuffer>
}

/** An item as it lies in IndexedDB. `said`, `photoSaid`: the server's reasons, sealed. */
interface ItemRecord {
  id: string
  sequence: number
  state: ItemState
  sealed: Sealed
  version?: number
  said?: Sealed
  isCarried?: boolean
  photo?: string
  photoSaid?: Sealed
}

/** An entry of a snapshot, or of the overlay; the latter has a `state`. */
interface SnapshotEntry {
  id: string
  kind: string
  amount_minor: number
  effect_minor: number
  balance_after_minor?: number
  currency: string
  occurred_on: Day
  recorded_at: Moment
  recorded_by?: string
  due_on?: Day
  method?: string
  note?: string
  taker?: string
  paid_by?: string
  paid_minor?: number
  paid_currency?: string
  rate_e8?: number
  rate_of?: string
  /** Name, thousandths, price of one; null where it has some that are with the server only. */
  goods?: [string, number, number][] | null
  photo?: boolean
  reverses?: string
  reversed_by?: string
  corrects?: string
  /** The debt or plan that a payment names. */
  for?: string
  /** From before the entries that the phone holds: what came between is not known. */
  isOlder?: boolean
  /** Part of a plan or of a carry-over: not corrected by itself. */
  fixed?: boolean
  state?: ItemState
}

/** What a payment can be for: an open debt, or a plan, which has no day. `minor`: what is left. Of a
 * debt among the customer's entries nothing else is said. */
interface Target {
  id: string
  minor: number
  currency?: string
  occurred_on?: Day
  due_on?: Day
  note?: string
}

/** A customer of a snapshot, with the last entries. */
interface Customer {
  /** What is open by currency: [the day it falls due, minor units]. */
  due?: Record<string, [Day, number][]>
  id: string
  name: string
  nickname?: string
  phone?: string
  note?: string
  role?: string
  frozen?: boolean
  archived?: boolean
  search_key?: string
  credit_limit_minor?: number
  due_days?: number
  balances?: Record<string, number>
  lines?: SnapshotEntry[]
  targets?: Target[]
  oldest_due_on?: Day
  last_entry_at?: Moment
  last_payment_on?: Day
  state?: ItemState
}

/** The shop as a snapshot tells of it. `may`: the permissions of this person. */
interface Shop {
  id: string
  name: string
  currency: string
  decimals: number
  zone: string
  digits: string
  notation: Notation
  calendar: string
  due_days?: number | null
  may: string[]
  /** What is sold often: name, last price of one, currency. */
  goods?: [string, number, string][]
}

/** A snapshot without its customers. */
interface SnapshotHead {
  version: number
  fetchedAt: Moment
  at: Moment
  person: { id: string; name: string; language: string }
  shop: Shop
  people: Record<string, string>
  totals: unknown
}

/** What of the snapshot is unsealed in memory; `people` are read when somebody asks for them. */
interface Held {
  head: SnapshotHead | null
  people: Map<string, Customer> | null
}

/** What a page needs to draw customers and entries in this shop, for this person. */
interface Context {
  shop: Shop
  home: string
  people: Record<string, string>
  person: string
  today: Day
  /** The phrases that came with the template of an entry. */
  words: any
  /** The texts of the shell. */
  says: DOMStringMap
  sides: Record<string, string>
  /** Of each currency: its sign, its name, its decimals. */
  units: Record<string, [string, string, number]>
  may: (permission: string) => boolean
}

/** Whose book it is. `unlock` and `session` come from a page that the server signed. */
interface Who {
  person: string
  shop: string
  unlock?: string
  session?: string
  may?: string
}

/** What opens the key where the page was not signed. */
interface HowToOpen {
  touch?: (ids: string[]) => Promise<Uint8Array<ArrayBuffer> | null>
}

/** The keys of a person's books on this phone, by number; the newest seals. */
interface KeyRing {
  mode: 'phone' | 'passkey'
  number: number
  keys: Map<number, CryptoKey>
  isRekeying: boolean
}

/** The answer of one request; `trouble` where it was not done. */
interface Reply {
  payload?: any
  trouble?: string
}

/** How a drain ended. */
interface DrainResult {
  sent: number
  left: number
  trouble: string | null
}

/** What tabs tell each other. */
interface News {
  what: string
  name?: string
  person?: string
}

interface Refusal {
  name: string
  params?: Record<string, unknown>
  words?: string
}

interface Window {
  htmx: {
    ajax(verb: string, address: string, options: object): Promise<void>
    process(element: Element): void
    swap(options: object): Promise<void>
  }
}

interface ServiceWorkerRegistration {
  sync?: { register(tag: string): Promise<void> }
}

interface DocumentEventMap {
  'item-stored': CustomEvent<any>
  'goods-asked': CustomEvent<any>
  opened: CustomEvent<string>
  written: CustomEvent<any>
  'htmx:after:swap': CustomEvent<any>
  'htmx:before:response': CustomEvent<any>
}

interface HTMLElementEventMap {
  'htmx:before:response': CustomEvent<any>
}

// What our pages ask for by a selector is HTML, and a form names its fields.
interface ParentNode {
  querySelector<T extends HTMLElement = HTMLElement>(selectors: string): T | null
  querySelectorAll<T extends HTMLElement = HTMLElement>(selectors: string): NodeListOf<T>
}

interface Element {
  closest<T extends HTMLElement = HTMLElement>(selectors: string): T | null
  cloneNode(subtree?: boolean): this
}

interface HTMLFormControlsCollection {
  [name: string]: any
}
