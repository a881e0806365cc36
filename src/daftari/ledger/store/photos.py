"""SQL of the photos of entries."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Text, bindparam, insert, select

from daftari.db.base import ReadTx, WriteTx
from daftari.ledger.rules.commands import Photo
from daftari.ledger.tables import entries, photos

_PLACE = (
    select(
        entries.c.customer_id,
        entries.c.recorded_by,
        photos.c.sent_digest,
        entries.c.branch_id,
    )
    .outerjoin(photos, photos.c.entry_id == entries.c.id)
    .where(entries.c.id == bindparam("entry_id"))
)
_CONTENT = select(photos.c.content).where(photos.c.entry_id == bindparam("entry_id"))
_INSERT = insert(photos)
_COPY = insert(photos).from_select(
    photos.c.keys(),
    select(
        bindparam("new_id", type_=Text),
        *(column for column in photos.c if column.name != "entry_id"),
    ).where(photos.c.entry_id == bindparam("entry_id")),
)


@dataclass(frozen=True, slots=True)
class Place:
    """The entry of a photo; `sent_digest` is None when it has none yet."""

    customer_id: str
    recorded_by: str
    sent_digest: bytes | None
    branch_id: str | None


def find_place(tx: ReadTx, entry_id: str) -> Place | None:
    row = tx.execute(_PLACE, {"entry_id": entry_id}).one_or_none()
    return None if row is None else Place(*row)


def find_content(tx: ReadTx, entry_id: str) -> bytes | None:
    content: bytes | None = tx.scalar(_CONTENT, {"entry_id": entry_id})
    return content


def copy_photo(tx: WriteTx, entry_id: str, new_id: str) -> None:
    """Give the photo of an entry, if it has one, to another entry too."""
    tx.execute(_COPY, {"entry_id": entry_id, "new_id": new_id})


def insert_photo(
    tx: WriteTx, entry_id: str, photo: Photo, digest: bytes, person_id: str, at: datetime
) -> None:
    row = {
        "entry_id": entry_id,
        "digest": digest,
        "sent_digest": photo.sent_digest,
        "added_at": at,
        "added_by": person_id,
        "content": photo.content,
    }
    tx.execute(_INSERT, row)
