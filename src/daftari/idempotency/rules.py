"""What tells a request that is sent again from another request under the same id."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, Self

import msgspec


class Noun(StrEnum):
    """What a request writes. An id is used for one noun only."""

    AGREEMENT = "agreement"
    CARRY_OVER = "carry_over"
    CORRECTION = "correction"
    CUSTOMER = "customer"
    ENTRY = "entry"
    INSTALMENT = "instalment"
    PLAN = "plan"
    PROMISE = "promise"
    REVERSAL = "reversal"


CONFLICTS: Final[Mapping[Noun, str]] = {
    Noun.AGREEMENT: "agreement_conflict",
    Noun.CARRY_OVER: "carry_conflict",
    Noun.CORRECTION: "entry_conflict",
    Noun.CUSTOMER: "customer_conflict",
    Noun.ENTRY: "entry_conflict",
    Noun.INSTALMENT: "entry_conflict",
    Noun.PLAN: "plan_conflict",
    Noun.PROMISE: "promise_conflict",
    Noun.REVERSAL: "entry_conflict",
}
"""The reason of a conflict, by the noun that was asked for."""


@dataclass(frozen=True, slots=True)
class RequestKey:
    """The idempotency key of a request, with its content as typed.

    `facts`: the digest of the days and amounts, which the book keeps for good. `texts`: free text,
    which is erased with its customer. Both are taken before any default is filled in, so that they
    are the same whenever the request arrives.
    """

    id: str
    noun: Noun
    customer_id: str
    facts: bytes
    texts: tuple[str, ...] = ()

    def without(self, unread: Collection[str]) -> Self:
        """The key of a form in which some fields cannot be read: it is like no stored one."""
        return replace(self, facts=b"") if unread else self


@dataclass(frozen=True, slots=True)
class StoredKey:
    """A key in the book.

    `facts` is None where the content is not known: written before there were keys. `texts` is the
    salted digest of the texts, None without any; its `salt` is None when they were erased.
    """

    noun: str
    customer_id: str
    facts: bytes | None
    texts: bytes | None
    salt: bytes | None


def is_same(stored: StoredKey, key: RequestKey) -> bool:
    """Whether a request is the stored one, sent again. Erased texts are like any texts."""
    if (stored.noun, stored.customer_id) != (key.noun, key.customer_id):
        return False
    return stored.facts in (None, key.facts) and _same_texts(stored, key.texts)


def digest_of(*values: object) -> bytes:
    """The SHA-256 of values, as a JSON array."""
    return hashlib.sha256(msgspec.json.encode(values)).digest()


def texts_digest(salt: bytes, texts: tuple[str, ...]) -> bytes:
    """The SHA-256 of texts and a random salt; without the salt it tells nothing of them."""
    return hashlib.sha256(salt + msgspec.json.encode(texts)).digest()


def _same_texts(stored: StoredKey, texts: tuple[str, ...]) -> bool:
    if stored.salt is not None:
        return texts_digest(stored.salt, texts) == stored.texts
    return stored.texts is not None or not any(texts)
