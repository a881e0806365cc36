"""SQL of the customer list: sorted, filtered, searched; fifty at a time."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Integer,
    Select,
    and_,
    bindparam,
    func,
    literal,
    or_,
    select,
)

from daftari.customers.rules import ListedDetails
from daftari.customers.tables import customers
from daftari.db.base import ReadTx, Rows
from daftari.db.prepared import prepared
from daftari.kernel.clock import as_text, from_text
from daftari.ledger.store import search
from daftari.ledger.tables import balances, entries, open_items, totals

FILTERS = ("all", "late", "owes", "owed", "settled", "archived")
SORTS = ("late", "biggest", "newest", "name")


class Listed(NamedTuple):
    """A customer in the list. A plain tuple is read ten times as fast as a row."""

    details: ListedDetails
    id: str
    name: str
    phone: str | None
    role: str
    frozen_at: datetime | None
    balance_minor: int
    oldest_due_on: date | None
    last_entry_at: datetime | None
    last_payment_on: date | None


_DETAILS = len(ListedDetails._fields)
_LISTED = tuple(customers.c[name] for name in (*ListedDetails._fields, *Listed._fields[1:]))
_SORTED_BY = {
    "late": customers.c.oldest_due_on,
    "biggest": customers.c.balance_minor,
    "newest": customers.c.last_entry_at,
    "name": customers.c.name_key,
}
_DESCENDING = ("biggest", "newest")
LONGEST_BALANCE = 17


def _read_balance(text: str) -> int:
    if len(text) > LONGEST_BALANCE:
        raise ValueError("beyond any balance")
    return int(text)


# A name rarely changes, and must not appear in an address.
_READERS: dict[str, Callable[[str], Any]] = {
    "late": date.fromisoformat,
    "biggest": _read_balance,
    "newest": from_text,
}
TODAY: BindParameter[date] = bindparam("today")
_TOTALS = prepared(select(totals).order_by(totals.c.currency))
# A supplier is not late: what he waits for is the shop's to pay.
_IS_SUPPLIER = customers.c.role == "supplier"
# He is settled: only lists of the settled have to leave him out.
_IS_ARCHIVED = customers.c.archived_at.is_not(None)
# They are few: each is looked up, instead of walking all customers in their order.
_archived = customers.alias("archived")
_AMONG_ARCHIVED = customers.c.id.in_(
    select(_archived.c.id).where(_archived.c.archived_at.is_not(None))
)
_BY_TODAY = select(func.count()).where(customers.c.oldest_due_on <= TODAY)
_COUNT_DUE = prepared(_BY_TODAY.where(~_IS_SUPPLIER))
_COUNT_PAYABLE = _BY_TODAY.where(_IS_SUPPLIER)
_HAS_ENTRIES = select(1).where(entries.c.customer_id == customers.c.id).exists()
_THERE: dict[bool, list[Any]] = {False: [], True: [_HAS_ENTRIES]}
_BALANCES_OF = select(balances).where(
    balances.c.customer_id.in_(bindparam("ids", expanding=True)),
    balances.c.currency != bindparam("main"),
    balances.c.balance_minor != 0,
)
_DUE_ITEMS_OF = (
    select(open_items)
    .where(
        open_items.c.customer_id.in_(bindparam("ids", expanding=True)),
        open_items.c.due_on.is_not(None),
    )
    .order_by(open_items.c.due_on)
)


@dataclass(frozen=True, slots=True)
class ListQuery:
    """Filter, order and cursor of the customer list.

    `after`: the id of the last customer already shown; `at`: his sort value then, from `place_of`.
    None or an invalid value: his current sort value. `words` and `name`: of a search, as
    `search_words` and `fold` give them; whoever is called exactly so comes first.
    `is_of_branch`: in a narrowed transaction, only who has an entry there.
    """

    words: tuple[str, ...] = ()
    name: str = ""
    filter: str = "all"
    sort: str = "late"
    after: str | None = None
    at: str | None = None
    limit: int = 50
    is_of_branch: bool = False


def find_customers(tx: ReadTx, query: ListQuery, today: date) -> list[Listed]:
    """Customers of the query; one row more than the limit when there are more."""
    listed = query.filter, query.sort, query.is_of_branch
    statement = _searched(query) if query.words else _in_order(*listed)
    if query.after is not None:
        statement = statement.where(_comes_after(tx, query, query.after))
    found = tx.execute(statement, {"today": today, "rows": query.limit + 1})
    return [Listed(ListedDetails(*row[:_DETAILS]), *row[_DETAILS:]) for row in found.all()]


def _searched(query: ListQuery) -> Select[Any]:
    statement = select(*_LISTED).where(*conditions(query)).limit(bindparam("rows", type_=Integer))
    return statement.order_by(search.rank(query.words, query.name), *_order(query.sort))


def conditions(query: ListQuery) -> tuple[ColumnElement[bool], ...]:
    """Who is in a list: by its filter and the words of its search."""
    return (*_FILTERED[query.filter](), *_THERE[query.is_of_branch], *search.found_by(query.words))


@cache
def _in_order(chosen: str, sort: str, is_of_branch: bool) -> Select[Any]:
    """The ordered statement, cached: building it takes as long as running it."""
    statement = select(*_LISTED).where(*_FILTERED[chosen](), *_THERE[is_of_branch])
    return statement.order_by(*_order(sort, chosen)).limit(bindparam("rows", type_=Integer))


def _order(sort: str, chosen: str = "") -> tuple[ColumnElement[Any], ...]:
    if (chosen, sort) == ("settled", "late"):  # none of them has a due date
        return (customers.c.id,)
    column = _SORTED_BY[sort]
    ordered = column.desc() if sort in _DESCENDING else column.asc()
    return ordered.nulls_last(), customers.c.id


def place_of(row: Listed, sort: str) -> dict[str, str]:
    """The cursor for an address: the last row and its sort value, which may change meanwhile."""
    if sort not in _READERS:
        return {"after": row.id}
    value = getattr(row, _SORTED_BY[sort].name)
    said = as_text(value) if isinstance(value, datetime) else str("" if value is None else value)
    return {"after": row.id, "at": said}


def find_due_items(tx: ReadTx, ids: Sequence[str]) -> Rows:
    """Open items of these customers that have a due date, the earliest first."""
    return tx.execute(_DUE_ITEMS_OF, {"ids": ids}).all()


def find_other_balances(tx: ReadTx, ids: Sequence[str], main: str) -> Rows:
    """Balances of these customers in currencies other than the shop's own."""
    return tx.execute(_BALANCES_OF, {"ids": ids, "main": main}).all()


def has_archived(tx: ReadTx) -> bool:
    """Whether somebody is archived."""
    return tx.scalar(select(1).where(_IS_ARCHIVED).limit(1)) is not None


def find_totals(tx: ReadTx) -> Rows:
    return tx.execute(_TOTALS).all()


def count_due(tx: ReadTx, today: date) -> int:
    """The number of customers with something due by today."""
    return tx.scalar(_COUNT_DUE, {"today": today}) or 0


def count_payable(tx: ReadTx, today: date) -> int:
    """The number of suppliers whom the shop must pay something by today."""
    return tx.execute(_COUNT_PAYABLE, {"today": today}).scalar_one()


def _any_balance(sign: int) -> ColumnElement[bool]:
    elsewhere = _is_elsewhere(balances.c.balance_minor * sign > 0)
    return or_(customers.c.balance_minor * sign > 0, elsewhere)


def _is_elsewhere(balance: ColumnElement[bool]) -> ColumnElement[bool]:
    return select(1).where(balances.c.customer_id == customers.c.id, balance).exists()


_FILTERED: dict[str, Any] = {
    "all": lambda: [~_IS_ARCHIVED],
    "late": lambda: [customers.c.oldest_due_on < TODAY, ~_IS_SUPPLIER],
    "due": lambda: [customers.c.oldest_due_on.is_not(None), ~_IS_SUPPLIER],
    "payable": lambda: [customers.c.oldest_due_on.is_not(None), _IS_SUPPLIER],
    "owes": lambda: [_any_balance(1)],
    "owed": lambda: [_any_balance(-1)],
    "archived": lambda: [_AMONG_ARCHIVED],
    "settled": lambda: [
        ~_IS_ARCHIVED,
        customers.c.last_entry_at.is_not(None),
        # a literal: its index is chosen for it
        customers.c.balance_minor == literal(0, literal_execute=True),
        ~_is_elsewhere(balances.c.balance_minor != 0),
    ],
}


def _value(tx: ReadTx, sort: str, after: str, at: str | None) -> Any:
    """The sort value of the customer `after` when he was shown, or his current one without `at`."""
    with suppress(KeyError, ValueError, OverflowError):
        if at is not None:
            read = _READERS[sort]
            return read(at) if at else None
    return tx.scalar(select(_SORTED_BY[sort]).where(customers.c.id == after))


def _comes_after(tx: ReadTx, query: ListQuery, after: str) -> ColumnElement[bool]:
    """The condition «after this cursor»: by rank in a search, by value, then by id."""
    value = _value(tx, query.sort, after, query.at)
    behind = _behind(_SORTED_BY[query.sort], query.sort in _DESCENDING, value, after)
    return search.behind(tx, query.words, query.name, after, behind) if query.words else behind


def _behind(
    column: ColumnElement[Any], descending: bool, value: Any, after: str
) -> ColumnElement[bool]:
    """The condition «after this value and id»; empty values are last."""
    tie = and_(column == value, customers.c.id > after)
    if value is None:
        return and_(column.is_(None), customers.c.id > after)
    beyond = column < value if descending else column > value
    return or_(beyond, tie, column.is_(None))
