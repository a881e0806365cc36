// What a passkey answers for our salt (WebAuthn Level 3, the prf extension): 32 bytes that only its
// owner's touch brings forth, the same every time, with no network. They never leave the phone.

const SALT = new TextEncoder().encode('daftari phone')

export const asksPrf = (publicKey) => ({
  ...publicKey,
  extensions: { ...publicKey.extensions, prf: { eval: { first: SALT } } }
})

/** {by: the passkey's id, secret: its bytes}; null where this phone has no PRF. */
export function prfOf(credential) {
  const answered = credential.getClientExtensionResults().prf?.results?.first
  return answered ? { by: credential.id, secret: new Uint8Array(answered) } : null
}
