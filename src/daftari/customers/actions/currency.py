"""The main currency of a book, in which account summaries and credit limits are counted.

It stands in the shop's own file, so that an entry is counted in the same currency as the row that
it changes, whatever the control file says at that moment.
"""

from daftari.customers.store import currency as store
from daftari.customers.store import customer
from daftari.db.base import ReadTx, WriteTx
from daftari.kernel.money import CURRENCIES, LARGEST_AMOUNT
from daftari.kernel.refusal import Refusal


def main_currency(tx: ReadTx) -> str | None:
    """The main currency of the book; None while only the control file knows it."""
    return store.find_main_currency(tx)


def keep_main_currency(tx: WriteTx, code: str) -> None:
    """Store the main currency of a book whose file does not know it yet."""
    store.set_main_currency(tx, code)


def change_main_currency(tx: WriteTx, old: str, new: str) -> None:
    """Change the main currency of a book without entries. A credit limit stays the number that was
    typed: 500.00 becomes 500.000; a part that the new currency lacks is rounded up.
    """
    digits = CURRENCIES[new].decimals - CURRENCIES[store.find_main_currency(tx) or old].decimals
    store.set_main_currency(tx, new)
    for customer_id, minor in store.find_limits(tx) if digits else ():
        moved = minor * 10**digits if digits > 0 else -(-minor // 10**-digits)
        limit = min(moved, LARGEST_AMOUNT)
        customer.change(tx, customer_id, {"credit_limit_minor": limit})


def refuse_other_currency(tx: ReadTx, code: str) -> None:
    """Raises Refusal(credit_limit='currency_changed') for a limit in what was the book's currency
    before.
    """
    if store.find_main_currency(tx) not in (None, code):
        raise Refusal(credit_limit="currency_changed")
