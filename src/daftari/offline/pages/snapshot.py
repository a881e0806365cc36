"""The snapshot: the part of the book that a phone stores.

It is limited, since all entries of all accounts would be the whole book: the newest entries of the
book, of each customer no more than fill a screen, and what of them is open. This is one scan over
few database pages; those of every customer are scattered over the file and cost ten times as much.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from operator import itemgetter
from typing import Any, Final

import msgspec

from daftari.customers.rules import BLANK, DETAILS
from daftari.db.base import ReadTx, Rows
from daftari.identity.rules import Member, Permission
from daftari.kernel.clock import as_text
from daftari.offline.pages.goods import (
    ENTRIES,
    GoodsOfBook,
    GoodsOnPhone,
    find_goods,
)
from daftari.offline.pages.shop_on_phone import ShopOnPhone, shop_on_phone
from daftari.offline.pages.targets import TargetOnPhone, brief, find_due, find_targets
from daftari.offline.store import snapshot as store

ENTRIES_OF_ONE: Final = 10
FEW: Final = 200

Minor = int
_CARRIED: Final = [detail.column for detail in DETAILS if detail.is_offline]


class EntryOnPhone(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """An entry of the snapshot. `recorded_by`: a person's id; `reverses`, `reversed_by`: entry
    ids; `corrects`: that of the entry, as it was first written, whose place it takes. `fixed`:
    part of a plan or of a carry-over, not corrected by itself. `paid_minor` to `rate_of`: of a
    payment in another currency. `for`: the debt or plan that a payment names. `goods`: name,
    quantity in thousandths and price of one; None where the entry has goods that are not sent.
    `branch`: its key in the `branches` of the shop, None for the first.
    """

    id: str
    kind: str
    amount_minor: Minor
    effect_minor: Minor
    balance_after_minor: Minor
    currency: str
    occurred_on: date
    recorded_at: datetime
    recorded_by: str
    due_on: date | None = None
    method: str | None = None
    note: str | None = ""
    taker: str | None = ""
    paid_by: str | None = ""
    reverses: str | None = None
    reversed_by: str | None = None
    corrects: str | None = None
    fixed: bool = False
    paid_minor: Minor | None = None
    paid_currency: str | None = None
    rate_e8: int | None = None
    rate_of: str | None = None
    for_id: str | None = msgspec.field(default=None, name="for")
    branch: str | None = None
    goods: Sequence[GoodsOnPhone] | None = ()


CustomerOnPhone = msgspec.defstruct(
    "CustomerOnPhone",
    [
        ("id", str),
        ("search_key", str),
        *((name, Any, BLANK[name]) for name in _CARRIED),
        ("frozen", bool, False),
        ("archived", bool, False),
        ("oldest_due_on", date | None, None),
        ("last_entry_at", datetime | None, None),
        ("last_payment_on", date | None, None),
        ("balances", dict[str, Minor], {}),
        ("lines", list[EntryOnPhone], []),
        ("targets", list[TargetOnPhone], []),
        ("due", dict[str, list[tuple[date, Minor]]], {}),
    ],
    frozen=True,
    omit_defaults=True,
    gc=False,
)
"""A customer of the snapshot, with the details that are declared as offline.

`balances`: by currency, without zero; `lines`: entries, newest first; `targets`: plans, then
debts by due day, where there is something to choose; `due`: what is open by currency and due day,
as the book has allocated it, all that is before today under its first day.
"""


class PersonOnPhone(msgspec.Struct, frozen=True):
    id: str
    name: str
    language: str


class TotalsOnPhone(msgspec.Struct, frozen=True):
    currency: str
    receivable_minor: Minor
    payable_minor: Minor


class Snapshot(msgspec.Struct, frozen=True):
    """The response of GET /snapshot.

    `is_whole`: all customers, to replace what the phone has; else only those changed since. `at`:
    the server's clock. `totals`: None for those without permission. `people`: names of the shop's
    people by id.
    """

    version: int
    is_whole: bool
    at: str
    person: PersonOnPhone
    shop: ShopOnPhone
    people: Mapping[str, str]
    totals: list[TotalsOnPhone] | None
    customers: list[msgspec.Struct]


def snapshot(
    tx: ReadTx,
    member: Member,
    at: datetime,
    people: Mapping[str, str],
    after: int | None,
    scope: str = "",
) -> Snapshot:
    """The whole book, or the changes since version `after`. `scope`: that of the phone's book.

    An unknown version, or another scope, gets the whole book. The number of statements does not
    grow with the book.
    """
    version = store.find_version(tx)
    only = member.only_branch
    is_known = after is not None and after <= version and scope == (only.id if only else "")
    since = after if is_known else None
    goods = find_goods(tx)
    return Snapshot(
        version=version,
        is_whole=since is None,
        at=as_text(at),
        person=PersonOnPhone(member.person.id, member.person.name, member.person.language),
        shop=shop_on_phone(tx, member, goods.frequent),
        people=people,
        totals=_totals(tx) if member.may(Permission.SEE_TOTALS) and not only else None,
        customers=_customers(tx, since or 0, member.shop.day_of(at), goods),
    )


def _totals(tx: ReadTx) -> list[TotalsOnPhone]:
    rows = store.find_totals(tx)
    pick = _picker(TotalsOnPhone, rows)
    return [TotalsOnPhone(*pick(row)) for row in rows]


def _customers(tx: ReadTx, after: int, today: date, goods: GoodsOfBook) -> list[msgspec.Struct]:
    balances: dict[str, dict[str, int]] = defaultdict(dict)
    for customer_id, currency, minor in store.find_balances(tx, after):
        balances[customer_id][currency] = minor
    beyond = store.find_head(tx) - ENTRIES
    entries, targets = _entries(tx, after, beyond, goods), find_targets(tx, after, beyond)
    due = find_due(tx, after, today)
    rows = store.find_customers(tx, after)
    pick = _picker(CustomerOnPhone, rows)
    found: list[msgspec.Struct] = []
    for row in rows:
        lines = entries.get(row.id, [])
        offered = brief(targets.get(row.id, []), {line.id for line in lines})
        more = balances.get(row.id, {}), lines, offered, due.get(row.id, {})
        found.append(CustomerOnPhone(*pick(row), *more))
    return found


def _entries(
    tx: ReadTx, after: int, beyond: int, goods: GoodsOfBook
) -> Mapping[str, list[EntryOnPhone]]:
    """The last ten entries of each customer, among those after a sequence."""
    if after and store.count_changed(tx, after) <= FEW:
        rows = store.find_entries_of_changed(tx, after, beyond, ENTRIES_OF_ONE)
    else:
        rows = store.find_entries(tx, beyond)
    pick = _picker(EntryOnPhone, rows)
    found: dict[str, list[EntryOnPhone]] = defaultdict(list)
    for row in rows:
        entries = found[row.customer_id]
        if len(entries) < ENTRIES_OF_ONE:
            entries.append(EntryOnPhone(*(*pick(row), goods.of(row.sequence))))
    return found


def _picker(struct: type[msgspec.Struct], rows: Rows) -> Callable[[Any], tuple[Any, ...]]:
    """A function that takes the members of `struct` out of a row, by the names of its columns.

    The places are looked up once for all rows. Members that no column has are the last ones.
    """
    if not rows:
        return tuple
    names, members = rows[0]._fields, struct.__struct_fields__
    picked = [name for name in members if name in names]
    assert picked == list(members[: len(picked)]), f"{struct.__name__} lacks a column"
    return itemgetter(*map(names.index, picked))
