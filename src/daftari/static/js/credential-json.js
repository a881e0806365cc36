// Passkey options and answers as JSON: bytes travel in base64url (WebAuthn Level 3, 5.1.8 to 5.1.10).
// Browsers of 2023 and before have passkeys without these conversions.

/** The options of `navigator.credentials.create` from the server's JSON. */
export function creationOptions({ challenge, user, excludeCredentials = [], ...same }) {
  return {
    ...same,
    challenge: bytesOf(challenge),
    user: { ...user, id: bytesOf(user.id) },
    excludeCredentials: excludeCredentials.map(descriptor)
  }
}

/** The options of `navigator.credentials.get` from the server's JSON. */
export function requestOptions({ challenge, allowCredentials = [], ...same }) {
  return {
    ...same,
    challenge: bytesOf(challenge),
    allowCredentials: allowCredentials.map(descriptor)
  }
}

/** What the phone answered, for the server. Results of extensions stay on the phone. */
export function credentialJson({ id, rawId, type, authenticatorAttachment, response }) {
  return {
    id,
    rawId: textOf(rawId),
    type,
    ...(authenticatorAttachment && { authenticatorAttachment }),
    response: { clientDataJSON: textOf(response.clientDataJSON), ...answerOf(response) },
    clientExtensionResults: {}
  }
}

function answerOf(response) {
  if (response.attestationObject)
    return {
      attestationObject: textOf(response.attestationObject),
      transports: response.getTransports?.() ?? []
    }
  return {
    authenticatorData: textOf(response.authenticatorData),
    signature: textOf(response.signature),
    userHandle: response.userHandle?.byteLength ? textOf(response.userHandle) : null
  }
}

const descriptor = ({ id, ...same }) => ({ ...same, id: bytesOf(id) })

/** The bytes of a base64url text, with or without its padding. */
export function bytesOf(text) {
  const plain = text.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, '')
  return Uint8Array.from(atob(plain), (sign) => sign.charCodeAt(0))
}

/** Bytes as base64url without padding. */
export function textOf(bytes) {
  const binary = Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join('')
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}
