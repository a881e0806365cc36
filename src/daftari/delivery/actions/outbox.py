"""The outbox: messages are added in the transaction of the change that causes them."""

from collections.abc import Iterable
from datetime import datetime

from daftari.db.base import WriteTx
from daftari.delivery.rules import AUTOMATIC, Channel, Message, Notification, State, segments_of
from daftari.delivery.store import messages as store
from daftari.delivery.store.push_devices import find_subscriptions
from daftari.kernel.refusal import Missing


def enqueue(tx: WriteTx, at: datetime, message: Message) -> bool:
    """Add a message to the outbox. A WhatsApp text is `prepared` until the owner opens it.

    False when the outbox already holds a message with the same `dedupe` key.
    """
    state = State.READY if message.channel in AUTOMATIC else State.PREPARED
    segments = segments_of(message.text) if message.channel is Channel.SMS else 0
    return store.insert_message(tx, at, message, state, segments)


def note_opened(tx: WriteTx, at: datetime, message_id: str, person_id: str) -> None:
    """Mark a prepared text as opened by a person. Idempotent.

    Whether the text was sent is unknown: the owner sends it in WhatsApp. Raises `Missing` when
    there is no such prepared text.
    """
    if store.mark_opened(tx, at, message_id, person_id):
        return
    known = store.find_message(tx, message_id)
    if known is None or known.state is not State.OPENED:
        raise Missing(message_id)


def notify(
    tx: WriteTx, at: datetime, notice: Notification, people: Iterable[str] | None = None
) -> int:
    """Enqueue a notification for every push device of the shop, or only for those of `people`.

    The result is the number of new messages. The session and the membership behind a device are
    checked when its message is sent.
    """
    meant = None if people is None else set(people)
    phones = find_subscriptions(tx)
    targets = [phone for phone in phones if meant is None or phone["person_id"] in meant]
    return sum(
        enqueue(tx, at, to_phone(notice, phone["id"], phone["person_id"])) for phone in targets
    )


def to_phone(notice: Notification, phone_id: str, person_id: str) -> Message:
    """The message that brings a notification to one device."""
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
