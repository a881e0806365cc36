"""Putting messages into the outbox, in the transaction of the deed they tell of."""

from collections.abc import Iterable
from datetime import datetime

from daftari.db.base import WriteTx
from daftari.delivery.rules import AUTOMATIC, Channel, Message, Notification, State, segments_of
from daftari.delivery.store import messages as store
from daftari.delivery.store.push_devices import find_subscriptions
from daftari.kernel.refusal import Missing


def enqueue(tx: WriteTx, at: datetime, message: Message) -> bool:
    """Keep a message to be sent; a WhatsApp text is `prepared` and waits for the owner's tap.

    False when the outbox holds one with the same `dedupe`: whatever asks twice is heard once.
    """
    state = State.READY if message.channel in AUTOMATIC else State.PREPARED
    segments = segments_of(message.text) if message.channel is Channel.SMS else 0
    return store.insert_message(tx, at, message, state, segments)


def note_opened(tx: WriteTx, at: datetime, message_id: str, person_id: str) -> None:
    """The owner's tap opened a prepared text. Twice is once; whether he sent it nobody knows.

    Raises `Missing` where no such text was prepared.
    """
    if store.mark_opened(tx, at, message_id, person_id):
        return
    known = store.find_message(tx, message_id)
    if known is None or known.state is not State.OPENED:
        raise Missing(message_id)


def notify(
    tx: WriteTx, at: datetime, notice: Notification, people: Iterable[str] | None = None
) -> int:
    """Tell every phone of the shop, or those of some of its people: a message for each phone.

    How many phones are told that were not told before. Whether a phone's sign-in still holds, and
    its person still works here, is looked at when it is sent.
    """
    meant = None if people is None else set(people)
    phones = find_subscriptions(tx)
    payload = [phone for phone in phones if meant is None or phone["person_id"] in meant]
    return sum(
        enqueue(tx, at, to_phone(notice, phone["id"], phone["person_id"])) for phone in payload
    )


def to_phone(notice: Notification, phone_id: str, person_id: str) -> Message:
    """The notice as a message to one phone."""
    return Message(
        channel=Channel.PUSH,
        purpose=notice.purpose,
        dedupe=f"{notice.dedupe}:{phone_id}",
        to=phone_id,
        text="",
        customer_id=notice.customer_id,
        person_id=person_id,
        details={**notice.details, "kind": notice.kind, "path": notice.path},
        not_before=notice.not_before,
        expires_at=notice.expires_at,
    )
