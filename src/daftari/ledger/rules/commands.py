"""What the four doors (page, sync, command line, worker) ask of the book."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from daftari.ledger.rules.kinds import Kind, Method, Side

UNDO_WITHIN: Final = timedelta(seconds=60)
"""So long a line just written can be taken back by one tap; nobody is told of it before."""


@dataclass(frozen=True, slots=True)
class RecordEntry:
    """One line for the book.

    `id`: made where the entry was born. `amount_minor`: above zero, minor units of `currency`.
    `occurred_on`, `due_on`: civil dates; None for today and for the due date that is usual.
    `side`: for an opening balance only; None for the usual one.
    """

    id: str
    customer_id: str
    kind: Kind
    amount_minor: int
    currency: str
    occurred_on: date | None = None
    due_on: date | None = None
    side: Side | None = None
    method: Method | None = None
    note: str = ""
    taker: str = ""
    paid_by: str = ""


@dataclass(frozen=True, slots=True)
class ReverseEntry:
    """Answer a mistake: a new line that undoes `entry_id`."""

    id: str
    entry_id: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo as it is kept. `sent_digest`: SHA-256 of the bytes that were sent, to know them."""

    content: bytes
    sent_digest: bytes


@dataclass(frozen=True, slots=True)
class AddPhoto:
    """The one photo of an entry: the bill, the cheque."""

    entry_id: str
    photo: Photo


@dataclass(frozen=True, slots=True)
class RecordWithPhoto:
    """Both or nothing."""

    entry: RecordEntry
    photo: Photo
