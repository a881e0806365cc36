"""Placeholders of the list of customers: a row for each status, amounts on each side.

A row is a tuple, which its template unpacks, as the book's own rows are.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from types import SimpleNamespace as Placeholder
from typing import Final, NamedTuple

from daftari.customers.rules import ListedDetails

TODAY: Final = date(2026, 11, 1)
DAY: Final = date(2026, 11, 25)  # a Wednesday: replaced by the real weekday
COUNTS: Final = (1, 2, 3, 11, 100)
HOME, NAME = "/s/-", "·"
_DETAILS: Final = ListedDetails._make(NAME for _ in ListedDetails._fields)
_FILTERS: Final = ("all", "late", "owes", "owed", "settled", "archived")
_SORTS: Final = ("late", "biggest", "newest", "name")


class BalancePlaceholder(NamedTuple):
    """Named and ordered as `BalanceView` of the book: a row unpacks it."""

    minor: int
    currency: str
    side: str


class StatusPlaceholder(NamedTuple):
    """Named and ordered as `RowStatus` of the book."""

    kind: str
    days: int = 0
    day: date | None = None
    text: str = ""


class RowPlaceholder(NamedTuple):
    """Named and ordered as `CustomerRow` of the book. `href` is its key: `late 3 supplier`."""

    href: str
    name: str
    details: ListedDetails
    initial: str
    is_supplier: bool
    is_frozen: bool
    balances: tuple[BalancePlaceholder, ...]
    status: StatusPlaceholder


def balance(side: str = "owes", currency: str = "SAR") -> BalancePlaceholder:
    return BalancePlaceholder(100, currency, side)


# The phone finds them by their position.
_AMOUNTS: Final = tuple(
    balance(side, currency) for currency in ("SAR", "USD") for side in ("owes", "owed", "")
)


def book() -> Placeholder:
    return Placeholder(
        today=TODAY,
        totals=[
            Placeholder(currency="SAR", receivable_minor=100, payable_minor=100, net_minor=100),
        ],
        hits=hits(),
        query="",
        chosen_filter="all",
        chosen_sort="late",
        filters=[_choice(name, "filter", count=3 if name == "late" else None) for name in _FILTERS],
        sorts=[_choice(name, "sort") for name in _SORTS],
        rows=list(_rows()),
        more_href=f"{HOME}/",
        is_first_page=True,
        is_empty_book=False,
        reminds_of_codes=False,
        bar=None,
        branch="",
    )


def hits() -> Placeholder:
    """A count in each form of the plural, and each sum, own and foreign."""
    amounts = balance(currency="SAR"), balance(currency="USD")
    return Placeholder(
        counts=[(role, count) for role in ("customer", "supplier") for count in COUNTS],
        sums=[(name, amounts) for name in ("receivable", "payable", "late")],
    )


def nothing(query: str = "", is_empty_book: bool = False) -> Placeholder:
    page = book()
    page.rows, page.query, page.is_empty_book = [], query, is_empty_book
    page.chosen_filter = "owes"
    return page


def _choice(name: str, what: str, count: int | None = None) -> Placeholder:
    return Placeholder(name=name, href=f"{HOME}/?{what}={name}", is_chosen=True, count=count)


def _rows() -> Iterator[RowPlaceholder]:
    """One row for each status under a name."""
    for key, status in _statuses():
        for is_supplier in (False, True):
            for is_frozen in (False, True):
                said = (key, "supplier" if is_supplier else "", "frozen" if is_frozen else "")
                yield RowPlaceholder(
                    href=" ".join(filter(None, said)),
                    name=NAME,
                    details=_DETAILS,
                    initial=NAME,
                    is_supplier=is_supplier,
                    is_frozen=is_frozen,
                    balances=_AMOUNTS if key == "written" else (),
                    status=status,
                )


def _statuses() -> Iterator[tuple[str, StatusPlaceholder]]:
    for count in COUNTS:
        yield f"late {count}", StatusPlaceholder(kind="late", days=count)
    for key, days in (("tomorrow", 1), ("weekday", 2), ("day", 30)):
        yield f"due {key}", StatusPlaceholder(kind="due", days=days, day=DAY)
    for key, day in (("today", TODAY), ("yesterday", TODAY - timedelta(1)), ("day", DAY)):
        yield f"paid {key}", StatusPlaceholder(kind="paid", day=day)
    for kind in ("due_today", "settled", "new", "written", "noted"):
        yield kind, StatusPlaceholder(kind=kind, text=NAME)
