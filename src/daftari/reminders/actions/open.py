"""A prepared text was opened in WhatsApp."""

from datetime import datetime

from daftari.accounts.rules import Member
from daftari.db.base import Tx
from daftari.delivery.actions import note_opened


def open_message(tx: Tx, member: Member, at: datetime, message_id: str) -> None:
    """Note it as it happened, once. Raises `Missing` where no such text was prepared."""
    note_opened(tx, at, message_id, member.person.id)
