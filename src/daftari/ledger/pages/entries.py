"""Entries of an account, as its page shows them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from daftari.db.base import ReadTx
from daftari.identity.rules import Member, Permission
from daftari.kernel.refusal import Refusal
from daftari.ledger.pages.exchange import ExchangeView, exchange_view
from daftari.ledger.pages.parts import BalanceView
from daftari.ledger.rules.kinds import Kind, direction
from daftari.ledger.rules.refusals import refuse_reversal
from daftari.ledger.store import account
from daftari.ledger.store.account import EntryRow
from daftari.ledger.store.corrections import Correction, find_corrections


class AllocationView(NamedTuple):
    """An amount that is allocated to the entry of that day."""

    day: date
    minor: int


class EntryView(NamedTuple):
    """One entry of the book: a tuple, which `ledger/_entry_rows.html` unpacks.

    `tone`: debt when the amount owed grows, payment when it shrinks, '' for a reversal or an entry
    without effect. `href`: its page, from the page of the account. `who` is empty when the reader
    recorded it himself. `recorded_at` is in the shop's zone; `with_clock`: a row shows its hour.
    `reversed_kind` and `reversed_on` describe the entry that a reversal undid. `photo_href` is None
    without a photo. `exchange`: what was handed over in another currency.
    """

    id: str
    href: str
    kind: str
    tone: str
    minor: int
    currency: str
    after: BalanceView
    occurred_on: date
    recorded_at: datetime
    with_clock: bool
    due_on: date | None
    method: str | None
    note: str
    taker: str
    paid_by: str
    who: str
    is_reversed: bool
    is_corrected: bool
    reversed_kind: str | None
    reversed_on: date | None
    covers: tuple[AllocationView, ...]
    photo_href: str | None
    exchange: ExchangeView | None


@dataclass(frozen=True, slots=True)
class Reader:
    """The member who reads the page, and the time. `names`: display names of the shop's people by
    id.
    """

    member: Member
    at: datetime
    names: Mapping[str, str]

    @property
    def today(self) -> date:
        return self.member.shop.day_of(self.at)


def entry_views(
    tx: ReadTx, rows: Sequence[EntryRow], reader: Reader, role: str
) -> tuple[EntryView, ...]:
    """The views of entries, with their texts and allocations. `role`: of the customer."""
    allocations, zone = _allocations(tx, rows), ZoneInfo(reader.member.shop.zone)
    today = reader.today
    return tuple(
        _entry(row, reader, role, zone, today, allocations.get(row.sequence, ())) for row in rows
    )


def placed_rows(tx: ReadTx, customer_id: str, firsts: Sequence[EntryRow]) -> Sequence[EntryRow]:
    """Entries as they stand, each in the place where it was first written, newest first.

    The balance after each is that of what stands up to there. `firsts`: as they were first written.
    """
    corrections = find_corrections(tx, customer_id, firsts[-1].sequence) if firsts else []
    if not corrections:
        return firsts
    last = account.find_by_sequence(tx, [row.corrected_by for row in firsts if row.corrected_by])
    return [
        last.get(row.corrected_by or 0, row)._replace(
            balance_after_minor=row.balance_after_minor + _changed_later(row, corrections)
        )
        for row in firsts
    ]


def _changed_later(row: EntryRow, corrections: Sequence[Correction]) -> int:
    """How much later corrections, in this place and before it, changed the balance."""
    return sum(
        one.change_minor
        for one in corrections
        if one.place <= row.sequence < one.sequence and one.currency == row.currency
    )


def _allocations(tx: ReadTx, rows: Sequence[EntryRow]) -> Mapping[int, tuple[AllocationView, ...]]:
    """Allocations of each payment among the entries, what falls due first is first."""
    payments = {row.sequence for row in rows if row.kind == Kind.PAYMENT}
    allocations: dict[int, tuple[AllocationView, ...]] = defaultdict(tuple)
    for row in account.find_allocations(tx, list(payments)):
        if row.credit_sequence in payments:
            allocations[row.credit_sequence] += (AllocationView(row.debit_on, row.amount_minor),)
        else:
            allocations[row.debit_sequence] += (AllocationView(row.credit_on, row.amount_minor),)
    return allocations


def _entry(
    row: EntryRow,
    reader: Reader,
    role: str,
    zone: ZoneInfo,
    today: date,
    covers: tuple[AllocationView, ...],
) -> EntryView:
    mine = row.recorded_by == reader.member.person.id
    recorded_at = row.recorded_at.astimezone(zone)
    return EntryView(
        id=row.id,
        href=f"../entries/{row.id}",
        kind=row.kind,
        tone=_tone(row, role),
        minor=row.amount_minor,
        currency=row.currency,
        after=BalanceView.of(row.balance_after_minor, row.currency),
        occurred_on=row.occurred_on,
        recorded_at=recorded_at,
        with_clock=_is_fresh(row, reader, today),
        due_on=row.due_on,
        method=row.method,
        note=row.note or "",
        taker=row.taker or "",
        paid_by=row.paid_by or "",
        who="" if mine else reader.names.get(row.recorded_by, ""),
        is_reversed=row.reversed_by_id is not None,
        is_corrected=row.corrects_id is not None,
        reversed_kind=row.reversed_kind,
        reversed_on=row.reversed_on,
        covers=covers,
        photo_href=f"{reader.member.shop.home}/entries/{row.id}/photo" if row.photo_of else None,
        exchange=exchange_view(row, reader.member.shop),
    )


def _is_fresh(row: EntryRow, reader: Reader, today: date) -> bool:
    """Whether the hour is told: of an entry of today or yesterday that was written on its day."""
    is_recent = (today - row.occurred_on).days < 2
    return is_recent and reader.member.shop.day_of(row.recorded_at) == row.occurred_on


def _tone(row: EntryRow, role: str) -> str:
    grows = row.effect_minor * direction(role)
    if row.kind == Kind.REVERSAL or grows == 0:
        return ""
    return "debt" if grows > 0 else "payment"


def may_ask_to_reverse(row: EntryRow, reader: Reader) -> bool:
    """Whether the reader, who may not reverse this entry, may ask for it."""
    is_standing = row.reversed_by_id is None and row.kind != Kind.REVERSAL
    asks = is_standing and reader.member.may(Permission.REVERSE_OWN_ENTRY)
    return asks and not may_reverse(row, reader)


def may_reverse(row: EntryRow, reader: Reader) -> bool:
    """Whether the reader may reverse this entry now."""
    if row.reversed_by_id is not None or not reader.member.may(Permission.REVERSE_OWN_ENTRY):
        return False
    try:
        refuse_reversal(reader.member, Kind(row.kind), row.recorded_by, row.recorded_at, reader.at)
    except Refusal:
        return False
    return True
