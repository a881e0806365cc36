"""Parts that several pages of the book share."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class BalanceView:
    """An amount with its word. `minor`: never below zero; `side`: owes (عليه), owed (له), or ''."""

    minor: int
    currency: str
    side: str

    @classmethod
    def of(cls, balance_minor: int, currency: str) -> "BalanceView":
        return cls(abs(balance_minor), currency, side_of(balance_minor))


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few, as a link or a button."""

    name: str
    href: str
    is_chosen: bool
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Meaning:
    """The one line under a name.

    `kind`: late (`days`), due_today, due (`day`), paid (`day`), written, settled, new.
    """

    kind: str
    days: int = 0
    day: date | None = None


def side_of(balance_minor: int) -> str:
    return "owes" if balance_minor > 0 else "owed" if balance_minor < 0 else ""
