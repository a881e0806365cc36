"""Parts of view models that several pages of the book share."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from daftari.kernel.money import CURRENCIES
from daftari.ledger.rules.promises import Promise, PromiseOutcome

FOREIGN = ("USD", "SAR", "EUR")
"""Currencies that are offered beside the shop's own."""


class BalanceView(NamedTuple):
    """An amount with its side. `minor`: never below zero; `side`: owes (عليه), owed (له), or ''."""

    minor: int
    currency: str
    side: str

    @classmethod
    def of(cls, balance_minor: int, currency: str) -> "BalanceView":
        return cls(abs(balance_minor), currency, side_of(balance_minor))


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several choices, as a link or a button."""

    name: str
    href: str
    is_chosen: bool
    count: int | None = None


class RowStatus(NamedTuple):
    """The status line under a customer's name.

    `kind`: late (`days`), due_today, due (`day`), paid (`day`), written, settled, new; in a search
    also noted, with the `text` in which the words were found.
    """

    kind: str
    days: int = 0
    day: date | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class PromiseView:
    """A promise with its outcome. `came_minor`: the amount paid by its day."""

    id: str
    day: date
    minor: int
    came_minor: int
    currency: str
    note: str
    outcome: str

    @classmethod
    def of(cls, promise: Promise, outcome: PromiseOutcome) -> "PromiseView":
        return cls(
            id=promise.id,
            day=promise.promised_on,
            minor=promise.amount_minor,
            came_minor=min(promise.came_minor, promise.amount_minor),
            currency=promise.currency,
            note=promise.note,
            outcome=outcome,
        )


def currency_codes(main: str, balances: Iterable[str]) -> tuple[str, ...]:
    """Currency choices: the shop's own, those of the customer, and common foreign ones."""
    return tuple(code for code in dict.fromkeys((main, *balances, *FOREIGN)) if code in CURRENCIES)


def side_of(balance_minor: int) -> str:
    return "owes" if balance_minor > 0 else "owed" if balance_minor < 0 else ""
