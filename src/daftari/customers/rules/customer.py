"""What a customer may be called, owe and become. Pure."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import astuple, dataclass, fields
from datetime import date, datetime
from enum import StrEnum
from typing import Final

import msgspec

from daftari.customers.rules.email import LONGEST_EMAIL
from daftari.identity.rules import Member, Permission
from daftari.kernel.arabic import fold
from daftari.kernel.refusal import Refusal

LONGEST_NAME = 80
LONGEST_NICKNAME = 40
LONGEST_NOTE = 500
LONGEST: Final[Mapping[str, int]] = {
    "name": LONGEST_NAME,
    "nickname": LONGEST_NICKNAME,
    "email": LONGEST_EMAIL,
    "note": LONGEST_NOTE,
}
"""The longest text of each field in characters, for the rules and for `maxlength`."""
_TERMS = {"credit_limit_minor", "due_days", "payday"}
_FIRST_DETAILS = 7


class CustomerRole(StrEnum):
    """Which side of the counter somebody stands on: a supplier is whom the shop owes."""

    CUSTOMER = "customer"
    SUPPLIER = "supplier"


class Source(StrEnum):
    """How a customer came into the book."""

    TYPED = "typed"
    IMPORT = "import"
    CONTACTS = "contacts"
    SYNC = "sync"


@dataclass(frozen=True, slots=True)
class Details:
    """What the shop says about a customer.

    `phone` is E.164; `credit_limit_minor` is in the shop's currency; `due_days` are the days until
    a new debt falls due; `language` (`ar`, `en`) is what messages to the customer are written in;
    `payday` (as `kernel.paydays` writes it) goes before any number of days.
    None: no phone, no limit, as the shop has it.
    """

    name: str
    nickname: str = ""
    phone: str | None = None
    role: CustomerRole = CustomerRole.CUSTOMER
    note: str = ""
    credit_limit_minor: int | None = None
    due_days: int | None = None
    email: str | None = None
    language: str | None = None
    payday: str | None = None


@dataclass(frozen=True, slots=True)
class Customer:
    """A customer of the book; `last_entry_at` is None while nothing is written under the name."""

    id: str
    details: Details
    source: str
    created_at: datetime
    frozen_at: datetime | None
    last_entry_at: datetime | None


@dataclass(frozen=True, slots=True)
class AccountSummary:
    """Where a customer stands, as the book's list shows and sorts it.

    The balance in the shop's own currency, the earliest due date of what is still open, the moment
    of the newest entry, the day of the newest payment.
    """

    balance_minor: int
    oldest_due_on: date | None
    last_entry_at: datetime | None
    last_payment_on: date | None


def search_key(name: str, nickname: str, phone: str | None) -> str:
    """What a search looks through: the folded names, and the digits of the phone."""
    return " ".join(filter(None, (fold(name), fold(nickname), _digits(phone or ""))))


def search_words(query: str) -> list[str]:
    """The folded words of a search; a customer is found when each stands in his `search_key`.

    Of a word that looks like a phone number only the digits count, without the zeros in front: they
    are dialled at home (050…) or abroad (00966…) and are no part of +96650….
    The words may hold `%` and `_`: escape them in LIKE.
    """
    return [_digits(word) if _looks_dialled(word) else word for word in fold(query).split()]


def differences(old: Details, new: Details) -> dict[str, tuple[object, object]]:
    """Old and new value of every detail that is not the same."""
    pairs = ((f.name, getattr(old, f.name), getattr(new, f.name)) for f in fields(Details))
    return {name: (before, after) for name, before, after in pairs if before != after}


def refuse_terms(member: Member, details: Details) -> None:
    """Who may only sell does not decide how much may be owed, or for how long.

    Raises Refusal(form='terms_not_allowed').
    """
    has_terms = any(getattr(details, name) is not None for name in _TERMS)
    if has_terms and not member.may(Permission.SET_CREDIT_LIMIT):
        raise Refusal(form="terms_not_allowed")


def refuse_change(member: Member, customer: Customer, changes: Mapping[str, object]) -> None:
    """`changes`: the details that would be different.

    The side of the counter stays once something is written: the meaning of it hangs on that.
    Raises Refusal(role='role_has_entries'), Refusal(form='terms_not_allowed').
    """
    if "role" in changes and customer.last_entry_at is not None:
        raise Refusal(role="role_has_entries")
    if changes.keys() & _TERMS and not member.may(Permission.SET_CREDIT_LIMIT):
        raise Refusal(form="terms_not_allowed")


def digest(details: Details) -> str:
    """What tells whether two requests under one id say the same: SHA-256 of the details, in hex.

    Details that came later are told where they are set, so that what was sent before them is known.
    """
    payload: list[object] = list(astuple(details)[:_FIRST_DETAILS])
    later = [field.name for field in fields(Details)[_FIRST_DETAILS:]]
    payload += [{name: value} for name in later if (value := getattr(details, name)) is not None]
    return hashlib.sha256(msgspec.json.encode(payload)).hexdigest()


_looks_dialled = re.compile(r"[+(]?[0-9][0-9().+/-]*").fullmatch


def _digits(phone: str) -> str:
    digits = re.sub("[^0-9]", "", phone)
    return digits.lstrip("0") or digits
