"""The change of a book's currency, until its first entry."""

from daftari.customers.actions import change_main_currency
from daftari.db.base import ReadTx, WriteTx
from daftari.kernel.refusal import Refusal
from daftari.ledger.store.account import has_entries
from daftari.ledger.store.rates import delete_rates


def change_book_currency(tx: WriteTx, old: str, new: str) -> None:
    """Change the main currency in the book's file. Raises Refusal as `refuse_begun`.

    The rates are forgotten, for they were rates of the old currency.

    Check and change are one transaction: an entry in flight is written before it, and refuses it,
    or after it, and is counted in the new currency.
    """
    refuse_begun(tx)
    change_main_currency(tx, old, new)
    delete_rates(tx)


def refuse_begun(tx: ReadTx) -> None:
    """Raises Refusal(form='book_has_begun') once there is an entry."""
    if has_entries(tx):
        raise Refusal(form="book_has_begun")
