"""The line above a list: how many are in it, and what it comes to."""

from datetime import date
from typing import Final, NamedTuple

from daftari.db.base import ReadTx
from daftari.identity.rules import Member, Permission
from daftari.ledger.pages.parts import BalanceView
from daftari.ledger.store.hits import BookCounts, count_hits
from daftari.ledger.store.listing import ListQuery

SUMS: Final = ("receivable", "payable", "late")


class HitsView(NamedTuple):
    """How many are in the list, and what it comes to.

    `counts`: the number of each role that is there; `sums`: receivable, payable and late, each in
    the shop's own currency first, for those with permission.
    """

    counts: tuple[tuple[str, int], ...]
    sums: tuple[tuple[str, tuple[BalanceView, ...]], ...]


def hits_view(
    tx: ReadTx, member: Member, query: ListQuery, today: date, book: BookCounts
) -> HitsView:
    may, own = member.may(Permission.SEE_TOTALS), member.shop.currency
    hits = count_hits(tx, query, today, own, book, with_sums=may)
    sums: dict[str, list[BalanceView]] = {name: [] for name in SUMS}
    for name, currency in sorted(hits.sums, key=lambda one: (one[1] != own, one[1])):
        sums[name].append(BalanceView(hits.sums[name, currency], currency, ""))
    counts = ("customer", hits.customers), ("supplier", hits.suppliers)
    return HitsView(
        counts=tuple(one for one in counts if one[1]),
        sums=tuple((name, tuple(views)) for name, views in sums.items() if views),
    )
