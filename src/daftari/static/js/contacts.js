// Reads a name and a phone number out of a shared contact: a vCard (RFC 6350; 2.1, 3.0 and 4.0), or plain
// words with a number in them.

const PROPERTY = /^(?:[\w-]+\.)?(FN|N|TEL)((?:;[^:]*)?):(.*)$/i
const A_NUMBER = /[+\d٠-٩][\d٠-٩ ().-]{5,}[\d٠-٩]/

/** @returns {{name: string, phone: string}[]} Of each contact in the text what it has; '' for nothing. */
export function readContacts(text) {
  const cards = unfolded(text).split(/^BEGIN:VCARD\s*$/im)
  const found = cards.length > 1 ? cards.slice(1).map(ofCard) : [ofWords(text)]
  return found.filter(({ name, phone }) => name || phone)
}

/* A long line goes on in the next: after a blank, or in quoted-printable after '='. */
function unfolded(text) {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/^(.*QUOTED-PRINTABLE.*(?:=\n.*)+)$/gim, (lines) => lines.replace(/=\n/g, ''))
    .replace(/\n[ \t]/g, '')
}

function ofCard(card) {
  /** @type {Record<string, {parameters: string, value: string}[]>} */
  const values = { FN: [], N: [], TEL: [] }
  for (const line of card.split('\n')) {
    const [, name, parameters, value] = PROPERTY.exec(line) ?? []
    if (name) values[name.toUpperCase()].push({ parameters, value: decoded(value, parameters) })
  }
  const [full, parts] = [values.FN[0]?.value, values.N[0]?.value]
  const phone = values.TEL.find(({ parameters }) => /CELL|PREF/i.test(parameters)) ?? values.TEL[0]
  return {
    name: plain(full || nameOf(parts ?? '')),
    phone: plain(phone?.value ?? '').replace(/^tel:/i, '')
  }
}

/* Family and given name, in the order in which they are said. */
function nameOf(parts) {
  const [family, given, middle] = parts.split(/(?<!\\);/)
  return [given, middle, family].filter(Boolean).join(' ')
}

function decoded(value, parameters) {
  if (!/QUOTED-PRINTABLE/i.test(parameters)) return value
  const bytes = [...value.matchAll(/=([\dA-F]{2})|([^=])/gi)].map(([, code, sign]) =>
    code ? Number.parseInt(code, 16) : sign.charCodeAt(0)
  )
  return new TextDecoder().decode(new Uint8Array(bytes))
}

const plain = (value) =>
  value
    .replace(/\\n/gi, ' ')
    .replace(/\\([,;\\])/g, '$1')
    .replace(/\s+/g, ' ')
    .trim()

function ofWords(text) {
  const phone = A_NUMBER.exec(text)?.[0] ?? ''
  const name = text
    .replace(phone, '')
    .split('\n')
    .map((line) => line.trim())
    .find(Boolean)
  return phone ? { name: name ?? '', phone: phone.trim() } : { name: '', phone: '' }
}
