"""Promises to pay of some overdue demo customers: one is broken, the others are still open."""

from datetime import datetime, timedelta
from typing import Final

from daftari.db.base import WriteTx
from daftari.identity.rules import Member
from daftari.kernel.ids import new_id
from daftari.ledger.actions import make_promise
from daftari.ledger.actions.due import find_due
from daftari.ledger.rules.commands import MakePromise

_GIVEN_AND_DUE: Final = ((5, -2), (1, 1), (2, 3), (0, 5))
"""For each promise: days since it was given, and days from today until it is due."""


def give_promises(tx: WriteTx, member: Member, now: datetime) -> None:
    """Record one promise for each of the customers who are overdue the longest."""
    today = member.shop.day_of(now)
    late = dict.fromkeys((debt.customer_id, debt.currency) for debt in find_due(tx, today, today))
    for (customer_id, currency), (ago, ahead) in zip(late, _GIVEN_AND_DUE, strict=False):
        day = today + timedelta(days=ahead)
        promise = MakePromise(new_id(), customer_id, currency, day)
        make_promise(tx, member, now - timedelta(days=ago), promise)
