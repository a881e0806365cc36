"""The due list of customers, and of suppliers: due debts, the earliest due date first."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from daftari.db.base import ReadTx
from daftari.identity.rules import Member, Permission
from daftari.kernel.arabic import initial
from daftari.kernel.calendar import days_late
from daftari.kernel.ids import is_id
from daftari.ledger.pages.branches import BranchBar, bar_fields
from daftari.ledger.pages.parts import BalanceView, PromiseView
from daftari.ledger.rules.kinds import direction
from daftari.ledger.rules.promises import outcomes
from daftari.ledger.store import listing, promises
from daftari.ledger.store.due import sum_due
from daftari.ledger.store.listing import ListQuery, place_of

GROUPS = ("late", "today", "week", "later")


@dataclass(frozen=True, slots=True)
class DueRow:
    """One customer in one group of the due list.

    `debts`: the number of debts. `promise`: his last promise, until it is kept.
    """

    customer_id: str
    href: str
    pay_href: str
    promise_href: str
    promise: PromiseView | None
    name: str
    nickname: str
    initial: str
    phone: str
    is_supplier: bool
    amounts: tuple[BalanceView, ...]
    debts: int
    due_on: date
    days_late: int


@dataclass(frozen=True, slots=True)
class DueGroup:
    """One group of the due list. `name`: late, today, week or later."""

    name: str
    rows: tuple[DueRow, ...]


@dataclass(frozen=True, slots=True)
class DuePage:
    """View model of a due list.

    `is_payable`: what the shop must pay its suppliers. `payable_count`: suppliers to be paid by
    today. `sums`: all that is due by today, the shop's own currency first; on the first page only,
    and for those who may see totals. `bar`, `branch`: as in `BookPage`.
    """

    today: date
    is_payable: bool
    due_href: str
    payable_href: str
    payable_count: int
    sums: tuple[BalanceView, ...]
    groups: tuple[DueGroup, ...]
    more_href: str | None
    is_first_page: bool
    may_record: bool
    bar: BranchBar | None = None
    branch: str = ""


def due_page(
    tx: ReadTx,
    member: Member,
    today: date,
    after: str,
    at: str | None = None,
    *,
    is_payable: bool = False,
    branch: str = "",
) -> DuePage:
    """The due list from six statements, whatever the number of customers. `after`, `at`: as in
    `ListQuery`.
    """
    chosen = "payable" if is_payable else "due"
    query = ListQuery(filter=chosen, after=after if is_id(after) else None, at=at)
    found = listing.find_customers(tx, query, today)
    customers: list[Any] = found[: query.limit]
    is_last = len(found) <= query.limit
    due_href = f"{member.shop.home}/due"
    payable_href = f"{due_href}/suppliers"
    href = payable_href if is_payable else due_href
    return DuePage(
        today=today,
        is_payable=is_payable,
        due_href=_of_branch(due_href, branch),
        payable_href=_of_branch(payable_href, branch),
        payable_count=listing.count_payable(tx, today),
        sums=() if after else _sums(tx, member, today, "supplier" if is_payable else "customer"),
        groups=_groups(tx, member, today, customers),
        more_href=None if is_last else _of_branch(href, branch, **place_of(customers[-1], "late")),
        is_first_page=not is_id(after),
        may_record=member.may(Permission.RECORD_ENTRY),
        **bar_fields(tx, member, branch, href, _of_branch, with_sums=False),
    )


def _of_branch(href: str, branch: str, **more: str) -> str:
    asked = ({"branch": branch} if branch else {}) | more
    return f"{href}?{urlencode(asked)}" if asked else href


def _sums(tx: ReadTx, member: Member, today: date, role: str) -> tuple[BalanceView, ...]:
    if not member.may(Permission.SEE_TOTALS):
        return ()
    sums = sum_due(tx, today, role)
    in_order = sorted(sums, key=lambda currency: (currency != member.shop.currency, currency))
    return tuple(BalanceView.of(sums[one] * direction(role), one) for one in in_order)


def _groups(
    tx: ReadTx, member: Member, today: date, customers: Sequence[Any]
) -> tuple[DueGroup, ...]:
    ids = [row.id for row in customers]
    items: dict[str, list[Any]] = defaultdict(list)
    for item in listing.find_due_items(tx, ids):
        items[item.customer_id].append(item)
    words = _last_words(tx, ids, today)
    groups: dict[str, list[DueRow]] = {name: [] for name in GROUPS}
    for row in customers:
        group = group_of(row.oldest_due_on, today)
        due = _within(items[row.id], row, group, today)
        groups[group].append(_row(row, member, today, due, words.get(row.id)))
    return tuple(DueGroup(name, tuple(rows)) for name, rows in groups.items() if rows)


def group_of(due_on: date, today: date) -> str:
    """The group of the due list to which a due date belongs."""
    if due_on < today:
        return "late"
    if due_on == today:
        return "today"
    return "week" if due_on <= today + timedelta(days=7) else "later"


def _within(items: Sequence[Any], customer: Any, group: str, today: date) -> list[Any]:
    """The items of a row: all that are due by today, or all of the coming group."""
    owing = [item for item in items if item.effect_minor * direction(customer.role) > 0]
    if group in ("late", "today"):
        return [item for item in owing if item.due_on <= today]
    return [item for item in owing if group_of(item.due_on, today) == group]


def _last_words(tx: ReadTx, ids: Sequence[str], today: date) -> dict[str, PromiseView]:
    """The next promise of each customer, or else the one that passed last."""
    found = promises.find_last_promises(tx, ids).values()
    views: dict[str, PromiseView] = {}
    for one in sorted(found, key=lambda one: (one.promised_on < today, one.promised_on)):
        [outcome] = outcomes([one], [today], today)
        views.setdefault(one.customer_id, PromiseView.of(one, outcome))
    return views


def _row(
    row: Any, member: Member, today: date, items: Sequence[Any], promise: PromiseView | None
) -> DueRow:
    href, is_supplier = f"{member.shop.home}/customers/{row.id}", row.role == "supplier"
    sums: dict[str, int] = defaultdict(int)
    for item in items:
        sums[item.currency] += item.remaining_minor
    return DueRow(
        customer_id=row.id,
        href=href,
        pay_href=f"{href}/entries/new?kind=payment",
        promise_href=f"{href}/promises/new?back={'suppliers' if is_supplier else 'due'}",
        promise=promise,
        name=row.name,
        nickname=row.details.nickname,
        initial=initial(row.name),
        phone=row.phone or "",
        is_supplier=is_supplier,
        amounts=tuple(
            BalanceView.of(minor * direction(row.role), currency)
            for currency, minor in sums.items()
        ),
        debts=len(items),
        due_on=row.oldest_due_on,
        days_late=days_late(row.oldest_due_on, today),
    )
