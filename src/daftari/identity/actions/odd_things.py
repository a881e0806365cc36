"""Alerts of odd things that a member did within an hour, in the transaction of the last of them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from daftari.activity.actions import note_alert, was_alerted
from daftari.db.base import WriteTx
from daftari.identity.rules import Member
from daftari.identity.rules.alerts import EXPORT, WITHIN, tells_exports


def alert_member(
    tx: WriteTx, member: Member, at: datetime, kind: str, details: Mapping[str, Any]
) -> bool:
    """Add an alert of what a member did within the last hour, unless it was told within that hour.

    So no two alerts tell of the same thing: the later one counts only what came after the earlier.
    Returns True when it was added.
    """
    if was_alerted(tx, kind, member.person.id, at - WITHIN):
        return False
    return note_alert(tx, at, kind, member.person.id, {"by": member.person.id, **details})


def alert_export(tx: WriteTx, member: Member, at: datetime) -> None:
    """Add the alert of an export, if the shop wants to hear of it."""
    if tells_exports(member.shop):
        alert_member(tx, member, at, EXPORT, {})
