"""Push devices of a member: added, changed, tested, removed."""

from datetime import datetime, timedelta
from typing import Final

from daftari.activity.actions import note_action
from daftari.db.base import WriteTx
from daftari.delivery.actions.outbox import enqueue, to_phone
from daftari.delivery.rules import Notification
from daftari.delivery.rules.commands import AddPhone, ChangePhone
from daftari.delivery.rules.push_devices import MOST_PHONES
from daftari.delivery.store import push_devices as store
from daftari.identity.rules import Member
from daftari.kernel.ids import new_id
from daftari.kernel.refusal import Missing, Refusal

TRIED_FOR: Final = timedelta(minutes=10)


def add_phone(tx: WriteTx, member: Member, at: datetime, command: AddPhone) -> str:
    """Add a device for push notifications, or update it when its subscription is known; the id.

    New devices are discreet: a lock screen on the counter shows no names. Raises
    Refusal(form='too_many_phones').
    """
    asked, person_id = command.subscription, member.person.id
    mine = {phone["id"] for phone in store.find_subscriptions(tx, person_id)}
    if asked.id not in mine and len(mine) >= MOST_PHONES:
        raise Refusal(form="too_many_phones")
    row = {
        "id": asked.id,
        "person_id": person_id,
        "session_id": command.session_id,
        "endpoint": asked.endpoint,
        "p256dh": asked.p256dh,
        "auth": asked.auth,
        "name": command.name,
        "wording": "discreet",
        "created_at": at,
    }
    store.put_subscription(tx, row)
    if asked.id not in mine:
        note_action(tx, member, at, "add_push_device", person_id, {"name": command.name})
    return asked.id


def change_phone(tx: WriteTx, member: Member, at: datetime, command: ChangePhone) -> None:
    """Change the name and the wording of one's own device. Raises `Missing` and `Stale`."""
    mine = command.phone_id, member.person.id
    now = store.find_subscription(tx, *mine)
    if now is None:
        raise Missing(command.phone_id)
    if changes := command.seen.changes(command.values, dict(now)):
        store.change_subscription(tx, *mine, changes)
        details = {name: [now[name], value] for name, value in changes.items()}
        note_action(tx, member, at, "change_push_device", member.person.id, details)


def remove_phone(tx: WriteTx, member: Member, at: datetime, phone_id: str) -> None:
    """Delete one's own device by its id. Raises `Missing`."""
    if not store.delete_subscription(tx, phone_id, member.person.id):
        raise Missing(phone_id)
    note_action(tx, member, at, "remove_push_device", member.person.id)


def remove_endpoint(tx: WriteTx, member: Member, at: datetime, endpoint: str) -> None:
    """Delete one's own device by its endpoint, at the device's request. Idempotent."""
    if store.delete_endpoint(tx, endpoint, member.person.id):
        note_action(tx, member, at, "remove_push_device", member.person.id)


def try_phone(tx: WriteTx, member: Member, at: datetime, phone_id: str) -> None:
    """Enqueue a test notification for one's own device. Raises `Missing`."""
    if store.find_subscription(tx, phone_id, member.person.id) is None:
        raise Missing(phone_id)
    place = "/more/notifications"
    notice = Notification("test", f"test:{new_id()}", place, "test", expires_at=at + TRIED_FOR)
    enqueue(tx, at, to_phone(notice, phone_id, member.person.id))
