"""The account page of a customer: his balances, and his entries, newest first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from daftari.customers.rules import Details
from daftari.db.base import ReadTx
from daftari.identity.rules import Permission
from daftari.identity.rules.phones import shown_phone
from daftari.kernel.calendar import days_late
from daftari.kernel.ids import new_id
from daftari.kernel.refusal import Missing
from daftari.ledger.pages.approvals import ApprovalView, approvals_of_account
from daftari.ledger.pages.branches import BranchSumView, account_sums
from daftari.ledger.pages.entries import EntryView, Reader, entry_views, may_reverse, placed_rows
from daftari.ledger.pages.limit import LimitView, limit_view
from daftari.ledger.pages.parts import BalanceView
from daftari.ledger.rules.commands import UNDO_WITHIN
from daftari.ledger.rules.kinds import Kind
from daftari.ledger.store import account
from daftari.ledger.store.account import EntryRow

ROWS = 50
MOST_ROWS = 200
MOST_ON_PAPER = 2_000


@dataclass(frozen=True, slots=True)
class CustomerView:
    """The customer of the page. `phone` is E.164 or empty, `phone_shown` the same in groups."""

    id: str
    name: str
    details: Details
    phone: str
    phone_shown: str
    is_supplier: bool
    is_frozen: bool
    is_archived: bool
    merged_into: str | None


@dataclass(frozen=True, slots=True)
class Undo:
    """The undo offer for an entry just recorded: its reversal, and the link to its receipt."""

    kind: str
    minor: int
    currency: str
    href: str
    reversal_id: str
    receipt_href: str


@dataclass(frozen=True, slots=True)
class AccountHead:
    """View model of what stands above the entries.

    `days_late` is 0 when nothing is late; `limit`: None where there is none; `took_back`,
    `corrected`: an entry was reversed, or corrected, a moment ago; `approvals`: what waits.
    `branch_sums`: what was given and received in each branch that the reader sees.
    """

    home: str
    customer: CustomerView
    balances: tuple[BalanceView, ...]
    oldest_due_on: date | None
    days_late: int
    limit: LimitView | None
    today: date
    may_record: bool
    may_change: bool
    undo: Undo | None
    took_back: bool
    corrected: bool
    branch_sums: tuple[BranchSumView, ...]
    approvals: tuple[ApprovalView, ...]


@dataclass(frozen=True, slots=True)
class AccountPage(AccountHead):
    """View model of the account page."""

    entries: tuple[EntryView, ...]
    older_href: str | None
    is_first_page: bool


@dataclass(frozen=True, slots=True)
class AccountQuery:
    """Query of the account page.

    `before`: entries older than this sequence. `rows`: MOST_ON_PAPER for `rows=all`, to be printed.
    `recorded`: the id of an entry just recorded;
    `since`: the ids of all of them, where there were several.
    """

    before: int | None = None
    rows: int = ROWS
    recorded: str | None = None
    since: tuple[str, ...] = ()

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "AccountQuery":
        before, rows = query.get("before", ""), query.get("rows", "")
        return cls(
            before=int(before)
            if before.isascii() and before.isdigit() and len(before) < 16
            else None,
            rows={str(MOST_ROWS): MOST_ROWS, "all": MOST_ON_PAPER}.get(rows, ROWS),
            recorded=query.get("recorded"),
            since=tuple(query.get("since", "").split(",", 100)),
        )


def account_page(tx: ReadTx, reader: Reader, customer_id: str, asked: AccountQuery) -> AccountPage:
    """The account page. Raises `Missing` for an unknown customer."""
    customer = find_customer(tx, customer_id)
    found = account.find_entries(tx, customer_id, asked.before, asked.rows)
    firsts = found[: asked.rows]
    rows = placed_rows(tx, customer_id, firsts)
    home = reader.member.shop.home
    return AccountPage(
        **account_head(tx, reader, customer, just_written(rows, reader, asked.recorded)),
        entries=entry_views(tx, rows, reader, customer.role),
        older_href=_older(home, customer_id, firsts) if len(found) > asked.rows else None,
        is_first_page=asked.before is None,
    )


def find_customer(tx: ReadTx, customer_id: str) -> Any:
    """The row of a customer. Raises `Missing`."""
    customer = account.find_customer(tx, customer_id)
    if customer is None:
        raise Missing(customer_id)
    return customer


def account_head(
    tx: ReadTx, reader: Reader, customer: Any, written: EntryRow | None
) -> dict[str, Any]:
    """The fields of `AccountHead`."""
    member, due_on = reader.member, customer.oldest_due_on
    balances = balances_of(tx, customer.id, member.shop.currency)
    return {
        "home": member.shop.home,
        "customer": _customer(customer),
        "balances": balances,
        "oldest_due_on": due_on,
        "days_late": days_late(due_on, reader.today) if due_on else 0,
        "limit": limit_view(tx, customer, balances, member.shop.currency),
        "today": reader.today,
        "may_record": member.may(Permission.RECORD_ENTRY),
        "may_change": member.may(Permission.CHANGE_CUSTOMER),
        "undo": _undo(written, reader),
        "took_back": written is not None and written.kind == Kind.REVERSAL,
        "corrected": written is not None and written.corrects_id is not None,
        "branch_sums": account_sums(tx, member, customer.id),
        "approvals": approvals_of_account(tx, reader, customer.id),
    }


def _customer(row: Any) -> CustomerView:
    return CustomerView(
        id=row.id,
        name=row.name,
        details=Details.of(row._mapping),
        phone=row.phone or "",
        phone_shown=shown_phone(row.phone) if row.phone else "",
        is_supplier=row.role == "supplier",
        is_frozen=row.frozen_at is not None,
        is_archived=row.archived_at is not None,
        merged_into=row.merged_into,
    )


def balances_of(tx: ReadTx, customer_id: str, main: str) -> tuple[BalanceView, ...]:
    """Balances by currency: the shop's own first, others when they are not zero."""
    views = [
        BalanceView.of(row.balance_minor, row.currency)
        for row in account.find_balances(tx, customer_id)
    ]
    own = [view for view in views if view.currency == main]
    others = [view for view in views if view.currency != main and view.minor]
    return (*(own or [BalanceView.of(0, main)]), *others)


def _older(home: str, customer_id: str, rows: Sequence[Any]) -> str:
    return f"{home}/customers/{customer_id}?before={rows[-1].sequence}&rows={MOST_ROWS}"


def just_written(rows: Sequence[EntryRow], reader: Reader, recorded: str | None) -> EntryRow | None:
    """The row of the entry just recorded; None when its address is opened again much later."""
    row = next((row for row in rows if row.id == recorded), None)
    return row if row and reader.at - row.recorded_at <= UNDO_WITHIN else None


def _undo(row: EntryRow | None, reader: Reader) -> Undo | None:
    if row is None or row.corrects_id or not may_reverse(row, reader):
        return None
    at = f"{reader.member.shop.home}/entries/{row.id}"
    return Undo(
        kind=row.kind,
        minor=row.amount_minor,
        currency=row.currency,
        href=f"{at}/reversal",
        reversal_id=new_id(),
        receipt_href=f"{at}/receipt",
    )
