"""The phones of the shop: added by a tap on them, named, tried out, removed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from daftari.db.base import WriteTx
from daftari.delivery.actions.outbox import enqueue, to_phone
from daftari.delivery.rules import Notification
from daftari.delivery.rules.push_devices import MOST_PHONES, Subscription
from daftari.delivery.store import push_devices as store
from daftari.identity.rules import Member
from daftari.kernel.ids import new_id
from daftari.kernel.refusal import Missing, Refusal

TRIED_FOR: Final = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class AddPhone:
    """A browser that wants to be told. `session_id`: the sign-in it hangs on."""

    subscription: Subscription
    session_id: str
    name: str


@dataclass(frozen=True, slots=True)
class ChangePhone:
    phone_id: str
    name: str
    wording: str


def add_phone(tx: WriteTx, member: Member, at: datetime, command: AddPhone) -> str:
    """Tell this phone from now on. Asked again it is the same one. Answers its id.

    A phone starts discreet: who lays it on the counter shows nobody's name. Raises
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
    return asked.id


def change_phone(tx: WriteTx, member: Member, at: datetime, command: ChangePhone) -> None:
    """Name one's own phone, and choose what it shows. Raises `Missing`."""
    changes = {"name": command.name, "wording": command.wording}
    if not store.change_subscription(tx, command.phone_id, member.person.id, changes):
        raise Missing(command.phone_id)


def remove_phone(tx: WriteTx, member: Member, at: datetime, phone_id: str) -> None:
    """Tell this phone nothing any more. Raises `Missing`."""
    if not store.delete_subscription(tx, phone_id, member.person.id):
        raise Missing(phone_id)


def remove_endpoint(tx: WriteTx, member: Member, at: datetime, endpoint: str) -> None:
    """The same, asked for by the phone itself; one that is not there is gone already."""
    store.delete_endpoint(tx, endpoint, member.person.id)


def try_phone(tx: WriteTx, member: Member, at: datetime, phone_id: str) -> None:
    """Send one's own phone a first notice. Raises `Missing`."""
    mine = {phone["id"] for phone in store.find_subscriptions(tx, member.person.id)}
    if phone_id not in mine:
        raise Missing(phone_id)
    place = "/more/notifications"
    notice = Notification("test", f"test:{new_id()}", place, "test", expires_at=at + TRIED_FOR)
    enqueue(tx, at, to_phone(notice, phone_id, member.person.id))
