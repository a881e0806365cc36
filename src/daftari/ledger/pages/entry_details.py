"""The page of one entry: everything the book knows of it, and what can be done with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from daftari.approvals.actions import find_approval
from daftari.db.base import ReadTx
from daftari.identity.rules import Permission, Shop
from daftari.identity.rules.branches import branch_of_key
from daftari.kernel.refusal import Missing, Reason, Refusal
from daftari.ledger.pages.entries import (
    EntryView,
    Reader,
    entry_views,
    may_ask_to_reverse,
    may_reverse,
)
from daftari.ledger.pages.goods import GoodsView, goods_views
from daftari.ledger.rules.goods import GOODS_KINDS
from daftari.ledger.rules.kinds import Kind
from daftari.ledger.rules.refusals import refuse_photo
from daftari.ledger.store import account
from daftari.ledger.store import entry_details as store
from daftari.ledger.store.account import EntryRow
from daftari.ledger.store.carried import is_carried
from daftari.ledger.store.goods import find_goods

MOST_ALLOCATED = 60


@dataclass(frozen=True, slots=True)
class AllocatedView:
    """An entry that this one covers or is covered by, and how much of it."""

    href: str
    kind: str
    day: date
    minor: int


@dataclass(frozen=True, slots=True)
class RelatedView:
    """An entry of the history: what reverses this one or is reversed by it, or another version.

    `at`: when it was recorded, in the shop's zone. `reason`: its note.
    """

    href: str
    kind: str
    minor: int
    currency: str
    day: date
    at: datetime
    who: str
    reason: str


@dataclass(frozen=True, slots=True)
class EntryDetailsPage:
    """View model of the entry's page.

    `who` recorded it, in the session `session_id`, from the phone `device`. `branch`: the
    name of the one it was written in, '' in a shop without. `before`, `after`: its
    earlier and later versions. `allocated`: for a debt what covers it, for a payment what it
    covers; `more_allocated`: how many are not shown; `open_minor`: what is left. `has_target`: a
    payment that says what it is for. `correct_href`, `reverse_href`, `receipt_href`, `plan_href`
    and `photo_action` are None where there is no such thing, or the reader may not do it; `asks`:
    he may ask for it. `approved_by`: who approved it, '' for nobody.
    """

    home: str
    customer_id: str
    name: str
    is_supplier: bool
    entry: EntryView
    goods: tuple[GoodsView, ...]
    who: str
    session_id: str | None
    allocated: tuple[AllocatedView, ...]
    more_allocated: int
    open_minor: int
    has_target: bool
    reversed_by: RelatedView | None
    reverses: RelatedView | None
    before: tuple[RelatedView, ...]
    after: tuple[RelatedView, ...]
    plan_href: str | None
    correct_href: str | None
    reverse_href: str | None
    receipt_href: str | None
    photo_action: str | None
    asks: bool
    approved_by: str
    reasons: Mapping[str, Reason]
    today: date
    device: str = ""
    branch: str = ""


def entry_details_page(
    tx: ReadTx, reader: Reader, entry_id: str, reasons: Mapping[str, Reason]
) -> EntryDetailsPage:
    """The page of one entry. Raises `Missing` for an unknown one."""
    found: Any = account.find_entry_row(tx, entry_id)
    if found is None:
        raise Missing(entry_id)
    row = EntryRow._make(found[: len(EntryRow._fields)])
    customer: Any = account.find_customer(tx, found.customer_id)
    (entry,) = entry_views(tx, [row], reader, customer.role)
    versions = store.find_versions(tx, found.corrects_id or entry_id)
    related = _related(tx, reader, [found.reversed_by_id, found.reverses_id, *versions])
    place = versions.index(entry_id)
    home = reader.member.shop.home
    at = f"{home}/entries/{entry_id}"
    fixed = (plan_id := store.find_plan_id(tx, entry_id)) or is_carried(tx, entry_id)
    return EntryDetailsPage(
        home=home,
        customer_id=found.customer_id,
        name=customer.name,
        is_supplier=customer.role == "supplier",
        entry=entry,
        goods=_goods(tx, row, reader.member.shop),
        **_writer(found, reader),
        **_allocated(tx, home, row.sequence),
        open_minor=store.find_open_minor(tx, found.customer_id, row.currency, row.sequence),
        has_target=found.for_id is not None,
        reversed_by=related.get(found.reversed_by_id) if place == len(versions) - 1 else None,
        reverses=related.get(found.reverses_id),
        before=tuple(related[one] for one in versions[:place]),
        after=tuple(related[one] for one in versions[place + 1 :]),
        plan_href=f"{home}/plans/{plan_id}" if plan_id else None,
        **_changes(row, reader, at, fixed=bool(fixed)),
        receipt_href=f"{at}/receipt" if _has_receipt(row, reader) else None,
        photo_action=f"{at}/photo" if _may_add_photo(row, reader) else None,
        approved_by=_approved_by(tx, reader, entry_id),
        reasons=reasons,
        today=reader.today,
    )


def _writer(found: Any, reader: Reader) -> dict[str, Any]:
    """The fields `who`, `session_id` and `branch` of the page."""
    branch = branch_of_key(reader.member.shop.branches, found.branch_id)
    return {
        "who": reader.names.get(found.recorded_by, ""),
        "session_id": found.session_id,
        "branch": branch.name if branch else "",
    }


def _changes(row: EntryRow, reader: Reader, at: str, *, fixed: bool) -> dict[str, Any]:
    """The fields `correct_href`, `reverse_href` and `asks` of the page."""
    asks = may_ask_to_reverse(row, reader)
    is_open = asks or may_reverse(row, reader)
    return {
        "correct_href": f"{at}/correction" if is_open and not fixed else None,
        "reverse_href": f"{at}/reversal" if is_open else None,
        "asks": asks,
    }


def _approved_by(tx: ReadTx, reader: Reader, entry_id: str) -> str:
    approval = find_approval(tx, entry_id)
    return reader.names.get(approval.answered_by or "", "") if approval else ""


def _goods(tx: ReadTx, row: EntryRow, shop: Shop) -> tuple[GoodsView, ...]:
    return goods_views(find_goods(tx, row.sequence), shop) if row.kind in GOODS_KINDS else ()


def _allocated(tx: ReadTx, home: str, sequence: int) -> dict[str, Any]:
    """The fields `allocated` and `more_allocated` of the page."""
    found = store.find_allocated(tx, sequence)
    views = (
        AllocatedView(f"{home}/entries/{one.id}", one.kind, one.occurred_on, one.amount_minor)
        for one in found[:MOST_ALLOCATED]
    )
    return {
        "allocated": tuple(views),
        "more_allocated": max(0, len(found) - MOST_ALLOCATED),
    }


def _related(
    tx: ReadTx, reader: Reader, entry_ids: list[str | None]
) -> Mapping[str | None, RelatedView]:
    home, zone = reader.member.shop.home, ZoneInfo(reader.member.shop.zone)
    found = store.find_related(tx, [one for one in entry_ids if one])
    return {
        one.id: RelatedView(
            href=f"{home}/entries/{one.id}",
            kind=one.kind,
            minor=one.amount_minor,
            currency=one.currency,
            day=one.occurred_on,
            at=one.recorded_at.astimezone(zone),
            who=reader.names.get(one.recorded_by, ""),
            reason=one.note or "",
        )
        for one in found.values()
    }


def _has_receipt(row: EntryRow, reader: Reader) -> bool:
    is_standing = row.kind != Kind.REVERSAL and row.reversed_by_id is None
    return is_standing and reader.member.may(Permission.SEND_MESSAGE)


def _may_add_photo(row: EntryRow, reader: Reader) -> bool:
    if row.photo_of or row.kind == Kind.REVERSAL:
        return False
    if not reader.member.may(Permission.RECORD_ENTRY):
        return False
    try:
        refuse_photo(reader.member, row.recorded_by)
    except Refusal:
        return False
    return True
