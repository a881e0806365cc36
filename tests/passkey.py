"""A phone made of software: makes passkeys and answers with them, as WebAuthn Level 3 says.

`Authenticator(origin)` holds the passkeys; `create` and `get` take the options a server
sent and answer the JSON a browser would post.
"""

import hashlib
import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from webauthn.helpers import encode_cbor

ES256, EDDSA, RS256 = -7, -8, -257
PRESENT, VERIFIED, BACKUP_ELIGIBLE, BACKED_UP, ATTESTED = 0x01, 0x04, 0x08, 0x10, 0x40
Json = dict[str, Any]


def b64(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class Passkey:
    """One passkey on the phone. `key` is the private half."""

    rp_id: str
    handle: bytes
    account: str
    algorithm: int
    key: Any
    id: bytes = field(default_factory=lambda: secrets.token_bytes(32))

    def sign(self, data: bytes) -> bytes:
        if self.algorithm == ES256:
            return self.key.sign(data, ec.ECDSA(SHA256()))
        if self.algorithm == RS256:
            return self.key.sign(data, padding.PKCS1v15(), SHA256())
        return self.key.sign(data)

    def cose(self) -> bytes:
        """The public half as a COSE key (RFC 9053)."""
        public = self.key.public_key()
        if self.algorithm == ES256:
            n = public.public_numbers()
            return encode_cbor(
                {1: 2, 3: ES256, -1: 1, -2: n.x.to_bytes(32, "big"), -3: n.y.to_bytes(32, "big")}
            )
        if self.algorithm == RS256:
            n = public.public_numbers()
            return encode_cbor(
                {1: 3, 3: RS256, -1: n.n.to_bytes(256, "big"), -2: n.e.to_bytes(3, "big")}
            )
        return encode_cbor({1: 1, 3: EDDSA, -1: 6, -2: public.public_bytes_raw()})


@dataclass
class Authenticator:
    """What it does by default is right; each field makes it do one thing wrong, or otherwise."""

    origin: str
    algorithm: int = ES256
    verifies: bool = True
    client_data: Json = field(default_factory=dict)
    count: int = 0
    passkeys: list[Passkey] = field(default_factory=list)

    def create(self, options: Mapping[str, Any]) -> Json:
        """Make a passkey for PublicKeyCredentialCreationOptionsJSON."""
        assert self.algorithm in {param["alg"] for param in options["pubKeyCredParams"]}
        rp_id, user = options["rp"]["id"], options["user"]
        known = {unb64(one["id"]) for one in options.get("excludeCredentials", ())}
        assert not known & {passkey.id for passkey in self.passkeys}, "InvalidStateError"
        key = _new_key(self.algorithm)
        passkey = Passkey(rp_id, unb64(user["id"]), user["name"], self.algorithm, key)
        self.passkeys.append(passkey)
        attested = bytes(16) + len(passkey.id).to_bytes(2, "big") + passkey.id + passkey.cose()
        data = self._data(rp_id, ATTESTED) + attested
        attestation = encode_cbor({"fmt": "none", "attStmt": {}, "authData": data})
        response = {
            "clientDataJSON": b64(self._said("webauthn.create", options)),
            "attestationObject": b64(attestation),
            "transports": ["internal", "hybrid"],
        }
        return _credential(passkey, response)

    def get(self, options: Mapping[str, Any], passkey: Passkey | None = None) -> Json:
        """Answer PublicKeyCredentialRequestOptionsJSON with the newest passkey that fits."""
        allowed = {unb64(one["id"]) for one in options.get("allowCredentials", ())}
        fitting = [one for one in self.passkeys if one.rp_id == options["rpId"]]
        chosen = passkey or [one for one in fitting if not allowed or one.id in allowed][-1]
        data, said = self._data(chosen.rp_id, 0), self._said("webauthn.get", options)
        response = {
            "clientDataJSON": b64(said),
            "authenticatorData": b64(data),
            "signature": b64(chosen.sign(data + hashlib.sha256(said).digest())),
            "userHandle": b64(chosen.handle),
        }
        return _credential(chosen, response)

    def _data(self, rp_id: str, flags: int) -> bytes:
        flags |= PRESENT | BACKUP_ELIGIBLE | BACKED_UP | (VERIFIED if self.verifies else 0)
        counted = bytes([flags]) + self.count.to_bytes(4, "big")
        return hashlib.sha256(rp_id.encode()).digest() + counted

    def _said(self, kind: str, options: Mapping[str, Any]) -> bytes:
        said = {"type": kind, "challenge": options["challenge"], "origin": self.origin}
        return json.dumps({**said, "crossOrigin": False, **self.client_data}).encode()


def _new_key(algorithm: int) -> Any:
    if algorithm == ES256:
        return ec.generate_private_key(ec.SECP256R1())
    if algorithm == RS256:
        return rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return ed25519.Ed25519PrivateKey.generate()


def _credential(passkey: Passkey, response: Json) -> Json:
    return {
        "id": b64(passkey.id),
        "rawId": b64(passkey.id),
        "type": "public-key",
        "authenticatorAttachment": "platform",
        "clientExtensionResults": {},
        "response": response,
    }
