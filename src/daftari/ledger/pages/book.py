"""The book page: totals, and the list of customers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, NamedTuple
from urllib.parse import urlencode

from daftari.customers.rules import ListedDetails, search_words
from daftari.db.base import ReadTx
from daftari.identity.rules import Member, Permission
from daftari.kernel.arabic import fold, initial
from daftari.kernel.calendar import days_late
from daftari.kernel.ids import is_id
from daftari.ledger.pages.branches import BranchBar, bar_fields, read_branch
from daftari.ledger.pages.found import found_texts
from daftari.ledger.pages.hits import HitsView, hits_view
from daftari.ledger.pages.parts import BalanceView, Choice, RowStatus
from daftari.ledger.store import listing
from daftari.ledger.store.hits import count_book
from daftari.ledger.store.listing import FILTERS, SORTS, ListQuery, place_of

MOST_ON_PAPER: Final = 10_000


@dataclass(frozen=True, slots=True)
class TotalsView:
    """Totals in one currency, in minor units; `net_minor` is signed."""

    currency: str
    receivable_minor: int
    payable_minor: int
    net_minor: int


class CustomerRow(NamedTuple):
    """One row of the list. `balances`: the shop's own currency first.

    A tuple, as its parts are: `ledger/_rows.html` unpacks it, which takes a fifth off the time of a
    page with fifty rows.
    """

    href: str
    name: str
    details: ListedDetails
    initial: str
    is_supplier: bool
    is_frozen: bool
    balances: tuple[BalanceView, ...]
    status: RowStatus


@dataclass(frozen=True, slots=True)
class BookPage:
    """View model of the book page.

    `totals` is empty for those without permission; `hits` is None on further pages and
    where a customer is chosen; `more_href` is None on the last page. `reminds_of_codes`: the member
    has not kept the recovery codes. `bar`: None in a shop without branches; `branch`: the id of the
    one that was chosen.
    """

    today: date
    totals: tuple[TotalsView, ...]
    hits: HitsView | None
    query: str
    chosen_filter: str
    chosen_sort: str
    filters: tuple[Choice, ...]
    sorts: tuple[Choice, ...]
    rows: tuple[CustomerRow, ...]
    more_href: str | None
    is_first_page: bool
    is_empty_book: bool
    reminds_of_codes: bool = False
    bar: BranchBar | None = None
    branch: str = ""


@dataclass(frozen=True, slots=True)
class BookQuery:
    """Query parameters of the book page; unknown values are replaced by defaults.

    `is_whole`: all rows on one page, to be printed by who may export the book.
    """

    q: str = ""
    filter: str = "all"
    sort: str = "late"
    after: str | None = None
    at: str | None = None
    is_whole: bool = False
    branch: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "BookQuery":
        chosen, sort = query.get("filter", ""), query.get("sort", "")
        after = query.get("after", "")
        return cls(
            q=query.get("q", "")[:80],
            filter=chosen if chosen in FILTERS else cls().filter,
            sort=sort if sort in SORTS else cls().sort,
            after=after if is_id(after) else None,
            at=query.get("at"),
            is_whole=query.get("rows") == "all",
            branch=query.get("branch", ""),
        )

    def href(self, list_href: str, **changed: str) -> str:
        """The address of the list with changed parameters, from its first page unless `after` is
        given.
        """
        asked = {"q": self.q, "filter": self.filter, "sort": self.sort, "branch": self.branch}
        asked |= changed
        usual = {"q": "", "filter": "all", "sort": "late", "branch": ""}
        said = {name: value for name, value in asked.items() if value != usual.get(name)}
        return f"{list_href}?{urlencode(said)}" if said else list_href


def book_page(
    tx: ReadTx, member: Member, today: date, asked: BookQuery, *, with_hits: bool = True
) -> BookPage:
    """The book page from four statements, whatever the number of customers; a filter or a search
    has some more, and a search that looks into notes another four.
    """
    list_href, branch = f"{member.shop.home}/", read_branch(member, asked.branch)
    query = _list_query(member, asked)
    found = listing.find_customers(tx, query, today)
    rows, is_last = found[: query.limit], len(found) <= query.limit
    totals, counts = listing.find_totals(tx), count_book(tx, today)
    is_summed = with_hits and asked.after is None
    is_counted = is_summed and bool(rows) and branch is None
    others = _other_balances(tx, member, rows, totals)
    noted = found_texts(tx, [row.id for row in rows], query.words)
    return BookPage(
        today=today,
        totals=_totals(totals, member) if branch is None else (),
        hits=hits_view(tx, member, query, today, counts) if is_counted else None,
        query=asked.q,
        chosen_filter=asked.filter,
        chosen_sort=asked.sort,
        filters=_filters(asked, list_href, counts.late),
        sorts=tuple(Choice(s, asked.href(list_href, sort=s), s == asked.sort) for s in SORTS),
        rows=tuple(
            _row(row, member, today, others.get(row.id, ()), noted.get(row.id)) for row in rows
        ),
        more_href=None if is_last else asked.href(list_href, **place_of(rows[-1], asked.sort)),
        is_first_page=asked.after is None,
        is_empty_book=not rows
        and asked == BookQuery(sort=asked.sort, is_whole=asked.is_whole)
        and not listing.has_archived(tx),
        **bar_fields(tx, member, asked.branch, list_href, asked.href, with_sums=is_summed),
    )


def _list_query(member: Member, asked: BookQuery) -> ListQuery:
    is_whole = asked.is_whole and member.may(Permission.EXPORT_BOOK)
    return ListQuery(
        words=tuple(search_words(asked.q)),
        name=fold(asked.q),
        filter=asked.filter,
        sort=asked.sort,
        after=asked.after,
        at=asked.at,
        limit=MOST_ON_PAPER if is_whole else ListQuery().limit,
        is_of_branch=bool(asked.branch) and member.only_branch is None,
    )


def _totals(rows: Sequence[Any], member: Member) -> tuple[TotalsView, ...]:
    if not member.may(Permission.SEE_TOTALS):
        return ()
    in_order = sorted(rows, key=lambda row: row.currency != member.shop.currency)
    views = tuple(
        TotalsView(
            row.currency,
            row.receivable_minor,
            row.payable_minor,
            row.receivable_minor - row.payable_minor,
        )
        for row in in_order
    )
    return views or (TotalsView(member.shop.currency, 0, 0, 0),)


def _filters(asked: BookQuery, list_href: str, late_count: int) -> tuple[Choice, ...]:
    return tuple(
        Choice(
            name=name,
            href=asked.href(list_href, filter=name),
            is_chosen=name == asked.filter,
            count=late_count if name == "late" else None,
        )
        for name in FILTERS
    )


def _other_balances(
    tx: ReadTx, member: Member, rows: Sequence[Any], totals: Sequence[Any]
) -> dict[str, tuple[BalanceView, ...]]:
    """Balances in other currencies, queried only when the book has other currencies."""
    main = member.shop.currency
    if all(total.currency == main for total in totals):
        return {}
    views: dict[str, tuple[BalanceView, ...]] = {}
    for row in listing.find_other_balances(tx, [row.id for row in rows], main):
        view = BalanceView.of(row.balance_minor, row.currency)
        views[row.customer_id] = (*views.get(row.customer_id, ()), view)
    return views


def _row(
    row: Any, member: Member, today: date, others: tuple[BalanceView, ...], noted: RowStatus | None
) -> CustomerRow:
    shop = member.shop
    main = BalanceView.of(row.balance_minor, shop.currency)
    return CustomerRow(
        href=f"{shop.home}/customers/{row.id}",
        name=row.name,
        details=row.details,
        initial=initial(row.name),
        is_supplier=row.role == "supplier",
        is_frozen=row.frozen_at is not None,
        balances=(main, *others) if main.minor or not others else others,
        status=noted or _status(row, today, bool(main.minor or others)),
    )


def _status(row: Any, today: date, is_open: bool) -> RowStatus:
    due_on: date | None = row.oldest_due_on
    if due_on is not None and due_on <= today:
        late = days_late(due_on, today)
        return RowStatus("late", days=late) if late else RowStatus("due_today")
    if row.last_entry_at is None:
        return RowStatus("new")
    if not is_open:
        return RowStatus("settled")
    if due_on is not None and due_on <= today + timedelta(days=7):
        return RowStatus("due", day=due_on, days=(due_on - today).days)
    if row.last_payment_on is not None:
        return RowStatus("paid", day=row.last_payment_on, days=(today - row.last_payment_on).days)
    return (
        RowStatus("due", day=due_on, days=(due_on - today).days) if due_on else RowStatus("written")
    )
