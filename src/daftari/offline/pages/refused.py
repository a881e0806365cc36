"""The page of refused items from phones: what each says, and what became of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from daftari.db.base import ReadTx
from daftari.identity.rules import Member
from daftari.kernel.clock import from_text
from daftari.kernel.money import CURRENCIES
from daftari.kernel.refusal import Reason
from daftari.ledger.rules.kinds import Kind
from daftari.offline.forms.items import (
    AnyItem,
    CorrectionItem,
    CustomerItem,
    EntryItem,
    ReversalItem,
)
from daftari.offline.forms.stored_items import stored_item
from daftari.offline.rules.verdicts import PERMISSIONS
from daftari.offline.store.refusals import find_entries, find_refusals

REFUSALS_SHOWN: Final = 100
Reasons = Mapping[str, Reason]


@dataclass(frozen=True, slots=True)
class RefusedMoney:
    """The entry that an item writes, reverses or corrects, with the amount it would have."""

    kind: str
    minor: int
    currency: str


@dataclass(frozen=True, slots=True)
class RefusedView:
    """A refused item. `made_at`: when it was written, `at`: when it was refused; `device`: the last
    characters of the phone's id; `customer`: the name, '' where nobody knows it; `money`: None
    where the item is about no amount. `settled_as`: `entered` or `left`, '' while it is open;
    `may_enter`: the reader may do it now; `reasons`: why that was refused just now.
    """

    id: str
    at: datetime
    made_at: datetime
    who: str
    device: str
    verb: str
    reason: str
    customer: str
    customer_id: str
    is_supplier: bool
    money: RefusedMoney | None
    note: str
    settled_as: str
    settler: str
    may_enter: bool
    reasons: Reasons


@dataclass(frozen=True, slots=True)
class RefusedPage:
    """`open`: how many of the rows nobody has decided about."""

    home: str
    rows: tuple[RefusedView, ...]
    open: int


@dataclass(frozen=True, slots=True)
class Settling:
    """What was refused of settling one item."""

    id: str = ""
    reasons: Reasons = field(default_factory=dict)


def refused_page(
    tx: ReadTx, member: Member, people: Mapping[str, str], refused: Settling
) -> RefusedPage:
    """The newest refused items, at most a hundred, in two SQL statements; open ones first."""
    found = [(row, _item(row)) for row in find_refusals(tx, REFUSALS_SHOWN)]
    entries = find_entries(tx, {e for _, item in found if (e := getattr(item, "entry_id", ""))})
    added = {item.id: item for _, item in found if isinstance(item, CustomerItem)}
    rows = tuple(_view(member, row, item, people, entries, added, refused) for row, item in found)
    return RefusedPage(member.shop.home, rows, sum(not row.settled_as for row in rows))


def _item(row: Any) -> AnyItem | None:
    return stored_item(row.content) if row.content else None


def _view(
    member: Member,
    row: Any,
    item: AnyItem | None,
    people: Mapping[str, str],
    entries: Mapping[str, Any],
    added: Mapping[str, CustomerItem],
    refused: Settling,
) -> RefusedView:
    may = row.verb in PERMISSIONS and member.may(PERMISSIONS[row.verb])
    return RefusedView(
        id=row.id,
        at=row.at,
        made_at=from_text(item.made_at) if item else row.at,
        who=people.get(row.person_id, ""),
        device=row.device[-4:],
        verb=row.verb,
        reason=row.reason,
        customer=row.name or _name_of(added.get(row.customer_id)),
        customer_id=row.customer_id if row.name else "",
        is_supplier=row.role == "supplier",
        money=_money(item, entries),
        note=" · ".join(_notes(item)),
        settled_as=row.settled_as or "",
        settler=people.get(row.settled_by, ""),
        may_enter=may and item is not None and not row.settled_as,
        reasons=refused.reasons if refused.id == row.id else {},
    )


def _name_of(item: CustomerItem | None) -> str:
    return "" if item is None else str(item.details.get("name") or "")


def _money(item: AnyItem | None, entries: Mapping[str, Any]) -> RefusedMoney | None:
    """What a page can show of it: an item says what it likes."""
    if isinstance(item, EntryItem):
        is_known = item.kind in tuple(Kind) and item.currency in CURRENCIES
        return RefusedMoney(item.kind, item.amount_minor, item.currency) if is_known else None
    if not isinstance(item, ReversalItem | CorrectionItem) or item.entry_id not in entries:
        return None
    entry = entries[item.entry_id]
    minor = item.amount_minor if isinstance(item, CorrectionItem) else None
    return RefusedMoney(entry.kind, entry.amount_minor if minor is None else minor, entry.currency)


def _notes(item: AnyItem | None) -> Iterable[str]:
    """The free text of an item."""
    for name in ("note", "taker", "paid_by", "reason"):
        text = getattr(item, name, "")
        if isinstance(text, str) and text:
            yield text
