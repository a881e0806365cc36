"""Rules of a customer. Pure functions."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import astuple, dataclass, fields
from datetime import date, datetime
from enum import StrEnum
from typing import Final

import msgspec

from daftari.customers.rules.details import BLANK, DETAILS, SEARCHED, Details
from daftari.idempotency.rules import Noun, RequestKey, digest_of
from daftari.identity.rules import Member, Permission
from daftari.kernel.arabic import fold, spelled
from daftari.kernel.latin import sound
from daftari.kernel.refusal import Refusal

_TERMS: Final = frozenset(detail.column for detail in DETAILS if detail.is_term)
_FIRST_DETAILS: Final = 7


class Source(StrEnum):
    """The origin of a customer's record."""

    TYPED = "typed"
    IMPORT = "import"
    CONTACTS = "contacts"
    SYNC = "sync"


@dataclass(frozen=True, slots=True)
class Customer:
    """A stored customer; `last_entry_at` is None without entries."""

    id: str
    details: Details
    source: str
    created_at: datetime
    frozen_at: datetime | None
    archived_at: datetime | None
    merged_into: str | None
    last_entry_at: datetime | None


@dataclass(frozen=True, slots=True)
class AccountSummary:
    """The account summary of a customer, as the book's list shows and sorts it.

    The balance in the shop's own currency, the earliest due date of open items, the moment of the
    newest entry, the day of the newest payment.
    """

    balance_minor: int
    oldest_due_on: date | None
    last_entry_at: datetime | None
    last_payment_on: date | None


def search_key(details: Details) -> str:
    """The text that a search reads: the searched details, and the digits of the phone.

    A detail stands there as its key and, where it differs, as it is spelled, then as it sounds; the
    parts are separated by tabs, so that a whole name can be told from a part of one.
    """
    searched = [getattr(details, name) for name in SEARCHED]
    parts = [key for text in searched for key in (fold(text), spelled(text), sound(text))]
    return "\t".join(dict.fromkeys(filter(None, (*parts, _digits(details.phone or "")))))


def search_words(query: str) -> list[str]:
    """Normalised words of a search; a customer matches when each is in his `search_key`.

    Of a word like a phone number only the digits count, without leading zeros: they are dialled at
    home (050…) or abroad (00966…) and are no part of +96650…. The words may contain `%` and `_`:
    escape them in LIKE.
    """
    return [_search_word(word) for word in spelled(query).split()]


def _search_word(word: str) -> str:
    if word == "ابن":
        return "بن"  # «أحمد بن علي» is found by «أحمد ابن علي»
    return _digits(word) if _looks_dialled(word) else word


def differences(old: Details, new: Details) -> dict[str, tuple[object, object]]:
    """Old and new values of changed details."""
    pairs = ((f.name, getattr(old, f.name), getattr(new, f.name)) for f in fields(Details))
    return {name: (before, after) for name, before, after in pairs if before != after}


def refuse_terms(member: Member, details: Details) -> None:
    """Refuse credit terms without the permission to set them.

    Raises Refusal(form='terms_not_allowed').
    """
    has_terms = any(getattr(details, name) is not None for name in _TERMS)
    if has_terms and not member.may(Permission.SET_CREDIT_LIMIT):
        raise Refusal(form="terms_not_allowed")


def refuse_change(member: Member, customer: Customer, changes: Mapping[str, object]) -> None:
    """Refuse changes that are not allowed. `changes`: the changed details.

    The role cannot change once there is an entry, since the sign of entries depends on it. Raises
    Refusal(role='role_has_entries'), Refusal(form='terms_not_allowed').
    """
    if "role" in changes and customer.last_entry_at is not None:
        raise Refusal(role="role_has_entries")
    if changes.keys() & _TERMS and not member.may(Permission.SET_CREDIT_LIMIT):
        raise Refusal(form="terms_not_allowed")


def customer_key(customer_id: str, details: Details) -> RequestKey:
    return RequestKey(
        customer_id, Noun.CUSTOMER, customer_id, digest_of("customer"), (digest(details),)
    )


def digest(details: Details) -> str:
    """The SHA-256 of the details in hex, to compare two requests with the same id.

    Later fields are included only when they are set, so that older digests stay valid.
    """
    content: list[object] = list(astuple(details)[:_FIRST_DETAILS])
    later = [field.name for field in fields(Details)[_FIRST_DETAILS:]]
    content += [{name: value} for name in later if (value := getattr(details, name)) != BLANK[name]]
    return hashlib.sha256(msgspec.json.encode(content)).hexdigest()


_looks_dialled = re.compile(r"[+(]?[0-9][0-9().+/-]*").fullmatch


def _digits(phone: str) -> str:
    digits = re.sub("[^0-9]", "", phone)
    return digits.lstrip("0") or digits
