"""The rates by which credit limits count other currencies, and their change."""

from datetime import datetime

from daftari.activity.actions import note_action
from daftari.db.base import ReadTx, WriteTx
from daftari.identity.rules import Member
from daftari.ledger.rules.commands import ChangeRates
from daftari.ledger.store import rates as store
from daftari.ledger.store.rates import TypedRate


def typed_rates(tx: ReadTx) -> dict[str, TypedRate]:
    """The rates by currency with their days, for other rooms."""
    return store.find_typed_rates(tx)


def change_rates(tx: WriteTx, member: Member, at: datetime, command: ChangeRates) -> None:
    """Store the rates that differ, with their day; the audit log keeps old and new ones."""
    before = store.find_rates(tx)
    changes = {code: rate for code, rate in command.rates.items() if rate != before.get(code)}
    today = member.shop.day_of(at)
    for code, rate in changes.items():
        if rate is None:
            store.delete_rate(tx, code)
        else:
            store.put_rate(tx, TypedRate(code, rate, today), member.person.id)
    if changes:
        details = {code: [before.get(code), rate] for code, rate in changes.items()}
        note_action(tx, member, at, "change_rates", member.shop.id, details)
