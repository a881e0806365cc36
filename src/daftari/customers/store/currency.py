"""SQL of the main currency: of the account summaries and of the credit limits."""

from collections.abc import Sequence

from sqlalchemy import delete, insert, select

from daftari.customers.tables import customers, main_currency
from daftari.db.base import ReadTx, WriteTx

_MAIN = select(main_currency.c.code)
_LIMITS = select(customers.c.id, customers.c.credit_limit_minor).where(
    customers.c.credit_limit_minor.is_not(None)
)


def find_main_currency(tx: ReadTx) -> str | None:
    """The code that is stored; None before the first entry or change."""
    code: str | None = tx.scalar(_MAIN)
    return code


def set_main_currency(tx: WriteTx, code: str) -> None:
    tx.execute(delete(main_currency))
    tx.execute(insert(main_currency), {"code": code})


def find_limits(tx: ReadTx) -> Sequence[tuple[str, int]]:
    """The customers with a credit limit, and the limit in minor units."""
    return [(row.id, row.credit_limit_minor) for row in tx.execute(_LIMITS)]
