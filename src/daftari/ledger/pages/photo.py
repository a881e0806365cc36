"""The stored photo of an entry."""

from daftari.db.base import ReadTx
from daftari.kernel.refusal import Missing
from daftari.ledger.store.photos import find_content


def photo_of(tx: ReadTx, entry_id: str) -> bytes:
    """The bytes of the photo. Raises `Missing` for an unknown entry or one without a photo."""
    content = find_content(tx, entry_id)
    if content is None:
        raise Missing(entry_id)
    return content
