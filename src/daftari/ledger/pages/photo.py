"""The photo of an entry, as it is kept."""

from daftari.db.base import ReadTx
from daftari.kernel.refusal import Missing
from daftari.ledger.store.photos import find_content


def photo_of(tx: ReadTx, entry_id: str) -> bytes:
    """Raises `Missing` where there is no such entry, or no photo of it."""
    content = find_content(tx, entry_id)
    if content is None:
        raise Missing(entry_id)
    return content
