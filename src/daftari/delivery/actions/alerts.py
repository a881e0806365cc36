"""Alerts of the shop: added to its inbox, pushed to the devices of the members concerned, marked
read.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from daftari.activity.actions import note_alert
from daftari.db.base import ReadTx, WriteTx
from daftari.delivery.actions.outbox import notify
from daftari.delivery.rules import Notification
from daftari.delivery.rules.alerts import CONCERNS, INBOX_LENGTH, details_of
from daftari.delivery.rules.commands import ReadAlerts
from daftari.delivery.store import alerts as store
from daftari.delivery.store.alerts import NewPhone
from daftari.identity.rules import Member, Present
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


def bring_alerts(tx: WriteTx, found: Sequence[NewPhone]) -> None:
    """Add each sign-in as an alert to the inbox of its person, once."""
    for one in found:
        note_alert(
            tx,
            one.at,
            "new_phone",
            one.person_id,
            {"device": one.device},
            person_id=one.person_id,
            alert_id=one.id,
        )


def tell_alerts(
    tx: WriteTx, at: datetime, present: Sequence[Present], names: Mapping[str, str]
) -> None:
    """Enqueue a push notification for every alert that has none yet.

    `names`: display names of the shop's people.
    """
    answering = {one.person_id for one in present if one.may(CONCERNS)}
    for row in store.find_unnotified(tx):
        people = answering if row.person_id is None else {row.person_id}
        details = details_of(row.details, row.name, names)
        notice = Notification(
            row.kind,
            f"alert:{row.id}",
            INBOX,
            "alert",
            details,
            customer_id=None if row.name is None else row.subject_id,
            expires_at=row.at + WORTH_TELLING,
        )
        notify(tx, at, notice, people)
    store.mark_notified(tx, at)


def count_unread(tx: ReadTx, member: Member) -> int:
    """The number of alerts that the member has not read."""
    return store.count_unread(tx, member.person.id, member.may(CONCERNS))


def find_alert(tx: ReadTx, member: Member, alert_id: str) -> tuple[str, str]:
    """The kind and the subject of an alert that concerns the member. Raises `Missing`."""
    row = store.find_alert(tx, alert_id, member.person.id, member.may(CONCERNS))
    if row is None:
        raise Missing(alert_id)
    return row.kind, row.subject_id


def read_alert(tx: WriteTx, member: Member, at: datetime, alert_id: str) -> None:
    """Mark one alert as read by the member."""
    unread = store.find_unread(tx, member.person.id, member.may(CONCERNS))
    store.insert_readings(tx, unread & {alert_id}, member.person.id, at)


def read_all_alerts(tx: WriteTx, member: Member, at: datetime, command: ReadAlerts) -> None:
    """Mark all alerts as read by the member, but those that came after the page was drawn."""
    mine = member.person.id, member.may(CONCERNS)
    newest = {row.id for row in store.find_inbox(tx, *mine, INBOX_LENGTH)}
    since = newest - command.shown
    store.insert_readings(tx, store.find_unread(tx, *mine) - since, member.person.id, at)
