"""The browser of a WebAuthn ceremony: a challenge is answered only where it was asked for.

The browser keeps a random token in a cookie for as long as a challenge holds; the challenge's row
has its hash. All tabs of a browser share one token; where two of them ask at the same moment, each
gets its own, under a name of its own, so that neither overwrites the other's.
"""

import hashlib
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from daftari.identity.rules.passkeys import RelyingParty

MOST_TOKENS: Final = 8
_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{43}")


@dataclass(frozen=True, slots=True)
class Ceremony:
    """The relying party, and the browser. `tokens`: those in its cookies, by the cookie's name;
    `device`: the browser's name.
    """

    party: RelyingParty
    tokens: tuple[tuple[str, str], ...]
    device: str

    def asking(self, prefix: str) -> "Ceremony":
        """The same with a token, a new one where the browser has none."""
        if self.tokens:
            return self
        name = f"{prefix}-{secrets.token_hex(4)}"
        return replace(self, tokens=((name, secrets.token_urlsafe(32)),))

    @property
    def asked_by(self) -> bytes:
        """The hash for the row of a challenge that this browser asks for now."""
        return self.hashes[0]

    @property
    def hashes(self) -> tuple[bytes, ...]:
        """The hashes of all tokens, one of which the row of an answered challenge has."""
        return tuple(hashlib.sha256(token.encode()).digest() for _, token in self.tokens)


def tokens_in(cookies: Mapping[str, str], prefix: str) -> tuple[tuple[str, str], ...]:
    """The well-formed tokens among a request's cookies."""
    found = sorted(
        (name, value)
        for name, value in cookies.items()
        if name.startswith(f"{prefix}-") and _TOKEN.fullmatch(value)
    )
    return tuple(found[:MOST_TOKENS])
