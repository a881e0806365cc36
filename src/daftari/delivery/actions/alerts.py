"""Alerts of the shop: added to its inbox, pushed to the devices of the members concerned, marked
read.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from daftari.activity.actions import note_alert
from daftari.db.base import ReadTx, WriteTx
from daftari.delivery.actions.outbox import notify
from daftari.delivery.rules import Notification
from daftari.delivery.rules.alerts import (
    APPROVAL_ASKED,
    INBOX_LENGTH,
    MEMBER_PHONE,
    Audience,
    FoundAlert,
    answerers,
    details_of,
    is_own,
)
from daftari.delivery.rules.commands import ReadAlerts
from daftari.delivery.store import alerts as store
from daftari.delivery.store.alerts import NewPhone
from daftari.identity.rules import Member, Present, Shop
from daftari.identity.rules.alerts import tells_new_phones
from daftari.kernel.ids import id_within
from daftari.kernel.refusal import Missing

WORTH_TELLING: Final = timedelta(days=3)
NEW_PHONES_FOR: Final = timedelta(days=7)
INBOX: Final = "/more/alerts"


def find_new_phones(tx: ReadTx, shop_id: str, at: datetime) -> list[NewPhone]:
    """Sign-ins on new devices in the last seven days, by all members of the shop."""
    return store.find_new_phones(tx, shop_id, at - NEW_PHONES_FOR)


def find_missing(tx: ReadTx, found: Sequence[NewPhone]) -> list[NewPhone]:
    """Sign-ins that are not in the inbox yet."""
    known = store.find_known(tx, [one.id for one in found])
    return [one for one in found if one.id not in known]


def is_in_inbox(tx: ReadTx, alert_id: str) -> bool:
    return bool(store.find_known(tx, [alert_id]))


def bring_alerts(tx: WriteTx, shop: Shop, found: Sequence[NewPhone]) -> None:
    """Add each sign-in once as an alert for its person, and as one for those who manage people,
    where the shop has others and wants to hear of it.
    """
    for one in found:
        details = {"device": one.device}
        only = {"person_id": one.person_id, "alert_id": one.id}
        note_alert(tx, one.at, "new_phone", one.person_id, details, **only)
        if one.others and tells_new_phones(shop):
            details = {"by": one.person_id, "device": one.device}
            second = id_within(one.id, MEMBER_PHONE)
            note_alert(tx, one.at, MEMBER_PHONE, one.person_id, details, alert_id=second)


def tell_alerts(
    tx: WriteTx, at: datetime, present: Sequence[Present], names: Mapping[str, str]
) -> None:
    """Enqueue a push notification for every alert that has none yet.

    `names`: display names of the shop's people.
    """
    audiences = {one.person_id: Audience.of(one.may) for one in present}
    for row in store.find_unnotified(tx):
        details = details_of(row.details, row.name, names)
        people = {row.person_id} if row.person_id else _concerned(row, audiences)
        if row.kind == APPROVAL_ASKED:
            people = answerers(details, present)
        notice = Notification(
            row.kind,
            f"alert:{row.id}",
            details.get("path", INBOX),
            "alert",
            details,
            customer_id=None if row.name is None else row.subject_id,
            expires_at=row.at + WORTH_TELLING,
        )
        notify(tx, at, notice, people)
    store.mark_notified(tx, at)


def count_unread(tx: ReadTx, member: Member) -> int:
    """The number of alerts that the member has not read."""
    return store.count_unread(tx, member.person.id, Audience.of(member.may))


def find_alert(tx: ReadTx, member: Member, alert_id: str) -> FoundAlert:
    """An alert that concerns the member. Raises `Missing`."""
    row = store.find_alert(tx, alert_id, member.person.id, Audience.of(member.may))
    if row is None:
        raise Missing(alert_id)
    by = details_of(row.details, None, {}).get("by", "")
    return FoundAlert(row.kind, row.subject_id, row.at, by)


def read_alert(tx: WriteTx, member: Member, at: datetime, alert_id: str) -> None:
    """Mark one alert as read by the member."""
    unread = store.find_unread(tx, member.person.id, Audience.of(member.may))
    store.insert_readings(tx, unread & {alert_id}, member.person.id, at)


def read_all_alerts(tx: WriteTx, member: Member, at: datetime, command: ReadAlerts) -> None:
    """Mark all alerts as read by the member, but those that came after the page was drawn."""
    mine = member.person.id, Audience.of(member.may)
    newest = {row.id for row in store.find_inbox(tx, *mine, INBOX_LENGTH)}
    since = newest - command.shown
    store.insert_readings(tx, store.find_unread(tx, *mine) - since, member.person.id, at)


def _concerned(row: Any, audiences: Mapping[str, Audience]) -> set[str]:
    """Who is told of an alert for the whole shop."""
    return {
        person_id
        for person_id, audience in audiences.items()
        if audience.sees(row.kind) and not is_own(row.kind, row.subject_id, person_id)
    }
