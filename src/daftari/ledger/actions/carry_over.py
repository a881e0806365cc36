"""Carry-over: what is open of one account moves to another of the same person, in one act.

Each open item becomes a pair of opening balances: one closes it on its own account, the other opens
what is left of it on the other one, with the same due day. An opening is no sale and no payment.
"""

from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from typing import Any

from daftari.customers.actions import get_customer, mark_archived
from daftari.db.base import ReadTx, WriteTx
from daftari.idempotency.actions import claim_key
from daftari.identity.rules import Member
from daftari.kernel.digits import shown
from daftari.kernel.ids import id_within
from daftari.ledger.actions.allocate import allocate_entry
from daftari.ledger.actions.append import (
    account_of,
    append_entry,
    digest_of,
    in_words,
    update_summary,
)
from daftari.ledger.rules import chain, refusals
from daftari.ledger.rules.carry_over import refuse_carry
from daftari.ledger.rules.chain import Entry
from daftari.ledger.rules.commands import CarryOver, RecordEntry
from daftari.ledger.rules.keys import carry_key, entry_key
from daftari.ledger.rules.kinds import Kind, Side
from daftari.ledger.rules.open_items import OpenItem
from daftari.ledger.store import balances, carried, open_items
from daftari.ledger.store.account import find_balances
from daftari.ledger.store.plans import find_parts_of
from daftari.ledger.store.promises import find_last_promises


@dataclass(frozen=True, slots=True)
class _Half:
    """One entry of a pair: what it changes, on which account."""

    customer_id: str
    currency: str
    effect_minor: int
    due_on: date | None
    for_id: str | None
    note: str


def carry_over(tx: WriteTx, member: Member, at: datetime, command: CarryOver) -> None:
    """Carry an account over and archive it with a pointer. Idempotent by the id.

    Raises `Missing`, `Conflict`, and what `refuse_carry` raises. Consents stay where they are; the
    limit of the other account is no obstacle, since no debt is new.
    """
    if not claim_key(tx, at, carry_key(command)):
        return
    refuse_carry_over(tx, command, member.shop.day_of(at))
    items = find_carried(tx, command.customer_id)
    entry_ids: list[str] = []
    for currency, item in items:
        for half in _pair(tx, member, command, currency, item):
            entry_ids.append(id_within(command.id, str(len(entry_ids))))
            _write(tx, member, at, entry_ids[-1], half)
    carried.insert_carried(tx, command.id, entry_ids)
    mark_archived(tx, member, at, command.customer_id, command.into_id)


def refuse_carry_over(tx: ReadTx, command: CarryOver, today: date) -> None:
    """Raises `Missing`, and what `refuse_carry` raises."""
    old, into = get_customer(tx, command.customer_id), get_customer(tx, command.into_id)
    promises = find_last_promises(tx, [old.id]).values()
    refuse_carry(
        old,
        into,
        has_plan=any(part.remaining_minor for part in find_parts_of(tx, old.id)),
        has_promise=any(one.promised_on >= today for one in promises),
    )


def find_carried(tx: ReadTx, customer_id: str) -> list[tuple[str, OpenItem]]:
    """The open items of an account with their currencies."""
    return [
        (row.currency, item)
        for row in find_balances(tx, customer_id)
        for item in open_items.read_items(tx, customer_id, row.currency)
    ]


def _pair(
    tx: ReadTx, member: Member, command: CarryOver, currency: str, item: OpenItem
) -> tuple[_Half, _Half]:
    left = item.remaining_minor if item.effect_minor > 0 else -item.remaining_minor
    name = get_customer(tx, command.customer_id).details.name
    day = shown(f"{item.occurred_on:%d/%m/%Y}", member.shop.digits)
    here = command.here % {"name": name, "day": day}
    return (
        _Half(command.customer_id, currency, -left, None, item.id, command.away),
        _Half(command.into_id, currency, left, item.due_on, None, here),
    )


def _write(tx: WriteTx, member: Member, at: datetime, entry_id: str, half: _Half) -> None:
    account, head = account_of(tx, half.customer_id, half.currency)
    balance_after = account.balance_minor + half.effect_minor
    refusals.refuse_reversed_balance(balance_after, account.written_off_minor)
    request = _request(entry_id, half, member.shop.day_of(at))
    claim_key(tx, at, entry_key(request))
    words = in_words(entry_id, half.note)
    entry = Entry(
        **_said(request),
        sequence=head.sequence + 1,
        effect_minor=half.effect_minor,
        balance_after_minor=balance_after,
        reverses_id=None,
        recorded_at=head.time_after(at),
        recorded_by=member.person.id,
        request_digest=chain.entry_digest(request),
        particulars_digest=digest_of(words),
        session_id=member.session_id,
        branch_id=member.branch_key,
    )
    append_entry(tx, head, entry, words)
    balances.put_balance(tx, account, half.currency, balance_after, account.written_off_minor)
    update_summary(
        tx,
        member.shop,
        account,
        entry,
        oldest_due_on=allocate_entry(tx, account, entry).oldest_due_on,
        last_payment_on=account.last_payment_on,
    )


def _request(entry_id: str, half: _Half, today: date) -> RecordEntry:
    return RecordEntry(
        id=entry_id,
        customer_id=half.customer_id,
        kind=Kind.OPENING,
        amount_minor=abs(half.effect_minor),
        currency=half.currency,
        occurred_on=today,
        due_on=half.due_on,
        side=Side.OWES if half.effect_minor > 0 else Side.OWED,
        for_id=half.for_id,
        note=half.note,
    )


def _said(request: RecordEntry) -> dict[str, Any]:
    """The fields of an entry that are those of its request."""
    names = {field.name for field in fields(Entry)}
    return {name: value for name, value in asdict(request).items() if name in names}
