"""Promises to pay: made, and withdrawn when recorded by mistake."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from daftari.activity.actions import note_action
from daftari.db.base import WriteTx
from daftari.idempotency.actions import claim_key
from daftari.identity.rules import Member
from daftari.kernel.arabic import text_key
from daftari.kernel.refusal import Missing
from daftari.ledger.actions.append import account_of
from daftari.ledger.rules.commands import MakePromise
from daftari.ledger.rules.keys import promise_key
from daftari.ledger.rules.kinds import direction
from daftari.ledger.rules.promises import promised_amount
from daftari.ledger.store import open_items
from daftari.ledger.store import promises as store


@dataclass(frozen=True, slots=True)
class Promised:
    """The result of making a promise. `known`: the same promise was sent before, nothing was
    written now.
    """

    answer: Literal["written", "known"]
    promise_id: str


def make_promise(tx: WriteTx, member: Member, at: datetime, command: MakePromise) -> Promised:
    """Record that a customer will pay by a day. The new promise replaces his previous one.

    Raises `Missing` for an unknown customer, `Conflict` for a known id with other content, and what
    `promised_amount` raises.
    """
    if not claim_key(tx, at, promise_key(command)):
        return Promised("known", command.id)
    return make_new_promise(tx, member, at, command)


def make_new_promise(tx: WriteTx, member: Member, at: datetime, command: MakePromise) -> Promised:
    """Record a promise whose key the caller has claimed."""
    account, head = account_of(tx, command.customer_id, command.currency)
    owing = direction(account.role)
    items = open_items.read_items(tx, command.customer_id, command.currency)
    amount = promised_amount(command, account.balance_minor * owing, items, owing)
    values = {
        "id": command.id,
        "customer_id": command.customer_id,
        "currency": command.currency,
        "amount_minor": amount,
        "promised_on": command.promised_on,
        "note": command.note,
        "note_key": text_key(command.note),
        "after_sequence": head.sequence,
        "made_at": at,
        "made_by": member.person.id,
    }
    store.insert_promise(tx, values)
    details = {
        "promise_id": command.id,
        "promised_on": command.promised_on,
        "amount_minor": amount,
        "currency": values["currency"],
    }
    note_action(tx, member, at, "make_promise", command.customer_id, details)
    return Promised("written", command.id)


def withdraw_promise(tx: WriteTx, member: Member, at: datetime, promise_id: str) -> str:
    """Withdraw a promise; the id of its customer. Idempotent. Raises `Missing`."""
    promise = store.find_promise(tx, promise_id)
    if promise is None:
        raise Missing(promise_id)
    if store.withdraw(tx, promise_id, at, member.person.id):
        details = {"promise_id": promise_id}
        note_action(tx, member, at, "withdraw_promise", promise.customer_id, details)
    return promise.customer_id
