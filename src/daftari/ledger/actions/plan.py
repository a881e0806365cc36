"""Instalment plans: each instalment is an entry of the book."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from daftari.activity.actions import note_action
from daftari.db.base import WriteTx
from daftari.db.narrowing import narrowed
from daftari.idempotency.actions import claim_key
from daftari.identity.rules import Member
from daftari.kernel.ids import id_within
from daftari.kernel.refusal import Missing
from daftari.ledger.actions.odd_things import alert_night
from daftari.ledger.actions.record import record_new_entry
from daftari.ledger.actions.reverse import reverse_entry
from daftari.ledger.rules.commands import MakePlan, RecordEntry, ReverseEntry, ReversePlan
from daftari.ledger.rules.keys import instalment_key, plan_key
from daftari.ledger.rules.kinds import Kind
from daftari.ledger.rules.plans import Instalment
from daftari.ledger.store import plans as store


@dataclass(frozen=True, slots=True)
class Planned:
    """The result of making a plan. `known`: the same plan was sent before, and nothing was written
    now.
    """

    answer: Literal["written", "known"]
    plan_id: str


def make_plan(tx: WriteTx, member: Member, at: datetime, command: MakePlan) -> Planned:
    """Record every instalment as a debt with its own due date, all in one transaction.

    Raises `Conflict` for a known id with other content, and what `record_new_entry` raises for any
    of the entries.
    """
    if not claim_key(tx, at, plan_key(command)):
        return Planned("known", command.id)
    return make_new_plan(tx, member, at, command)


def make_new_plan(tx: WriteTx, member: Member, at: datetime, command: MakePlan) -> Planned:
    """Record a plan whose key the caller has claimed."""
    for one in command.instalments:
        claim_key(tx, at, instalment_key(command, one.number))
        record_new_entry(tx, member, at, _entry(command, one), is_part=True)
    total = sum(one.amount_minor for one in command.instalments)
    alert_night(tx, member, at, command.customer_id, total, command.currency, at)
    values = {
        "id": command.id,
        "customer_id": command.customer_id,
        "currency": command.currency,
        "price_minor": command.price_minor,
        "paid_down_minor": command.paid_down_minor,
        "first_on": command.first_on,
        "every": command.every,
        "note": command.note,
        "made_at": at,
        "made_by": member.person.id,
    }
    numbers = {one.number: command.entry_id(one.number) for one in command.instalments}
    store.insert_plan(tx, values, numbers)
    details = {
        "plan_id": command.id,
        "instalments": len(numbers),
        "amount_minor": values["price_minor"],
        "currency": values["currency"],
    }
    note_action(tx, member, at, "make_plan", command.customer_id, details)
    return Planned("written", command.id)


def reverse_plan(tx: WriteTx, member: Member, at: datetime, command: ReversePlan) -> None:
    """Reverse every instalment that is not reversed yet, for returned goods or a mistake.

    Payments allocated to them become the customer's advance. Raises `Missing`, and what
    `reverse_entry` raises for any of them.
    """
    with narrowed(tx, member.only_branch):
        plan = store.find_plan(tx, command.plan_id)
    if plan is None:
        raise Missing(command.plan_id)
    standing = [one for one in store.find_parts(tx, command.plan_id) if not one.is_reversed]
    for part in standing:
        reversal_id = id_within(command.id, str(part.number))
        reverse_entry(tx, member, at, ReverseEntry(reversal_id, part.entry_id))
    if standing:
        details = {"plan_id": command.plan_id, "instalments": len(standing)}
        note_action(tx, member, at, "reverse_plan", plan.customer_id, details)


def _entry(command: MakePlan, one: Instalment) -> RecordEntry:
    return RecordEntry(
        id=command.entry_id(one.number),
        customer_id=command.customer_id,
        kind=Kind.DEBT,
        amount_minor=one.amount_minor,
        currency=command.currency,
        due_on=one.due_on,
        note=one.note,
    )
