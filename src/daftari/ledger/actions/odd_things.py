"""Alerts of odd things in the book, each in the transaction of what it tells."""

from datetime import datetime

from daftari.activity.actions import note_action, note_alert
from daftari.db.base import WriteTx
from daftari.identity.actions.odd_things import alert_member
from daftari.identity.rules import Member
from daftari.identity.rules.alerts import (
    MANY_ACCOUNTS,
    MANY_REVERSALS,
    WITHIN,
    is_many,
    many_reversals,
)
from daftari.ledger.rules import alerts
from daftari.ledger.rules.chain import Entry
from daftari.ledger.rules.commands import ManyLooks
from daftari.ledger.store.reversals import count_reversals


def alert_large(tx: WriteTx, member: Member, at: datetime, old: Entry, amount_minor: int) -> None:
    """Add the alert for a large amount that was taken back of an entry to the shop's inbox: one,
    also where it was large for the night.
    """
    details = {"by": member.person.id, "amount_minor": amount_minor, "currency": old.currency}
    if alerts.is_large_reversal(member.shop, old.currency, amount_minor):
        note_alert(tx, at, alerts.LARGE_REVERSAL, old.customer_id, details)
    else:
        alert_night(tx, member, at, old.customer_id, amount_minor, old.currency, at)


def alert_night(
    tx: WriteTx,
    member: Member,
    at: datetime,
    customer_id: str,
    amount_minor: int,
    currency: str,
    made_at: datetime,
) -> None:
    """Add the alert for a large entry at night. `made_at`: when a phone without a network wrote it,
    else `at`.
    """
    if alerts.is_large_at_night(member.shop, currency, amount_minor, made_at):
        details = {"by": member.person.id, "amount_minor": amount_minor, "currency": currency}
        note_alert(tx, at, alerts.LARGE_AT_NIGHT, customer_id, details)


def alert_many_reversals(tx: WriteTx, member: Member, at: datetime) -> None:
    """Add the alert for many reversals by one person within an hour."""
    most = many_reversals(member.shop)
    if not most:
        return
    count = count_reversals(tx, member.person.id, at - WITHIN)
    if is_many(count, most):
        alert_member(tx, member, at, MANY_REVERSALS, {"count": count})


def alert_many_accounts(tx: WriteTx, member: Member, at: datetime, looks: ManyLooks) -> None:
    """Add the alert for many accounts that one person opened or searched for, and note it in the
    audit log; not which ones.
    """
    details = {"count": looks.count, "of": looks.of}
    if alert_member(tx, member, at, MANY_ACCOUNTS, details):
        note_action(tx, member, at, "look_at_many", member.shop.id, details)
