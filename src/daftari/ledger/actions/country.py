"""The check that a book may still change its country."""

from daftari.db.base import ReadTx
from daftari.kernel.refusal import Refusal
from daftari.ledger.store.account import has_entries


def refuse_begun(tx: ReadTx) -> None:
    """Raises Refusal(form='book_has_begun') once there is an entry."""
    if has_entries(tx):
        raise Refusal(form="book_has_begun")
