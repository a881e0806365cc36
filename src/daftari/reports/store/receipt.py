"""SQL of the receipt of one entry."""

from typing import NamedTuple

from sqlalchemy import bindparam, select

from daftari.customers.tables import customers
from daftari.db.base import ReadTx
from daftari.ledger.rules.goods import Goods, GoodsRow
from daftari.ledger.tables import balances, entries, goods
from daftari.reports.rules.statement import StatementEntry
from daftari.reports.store.statement import ENTRY_ROWS, as_entry

_ONE = ENTRY_ROWS.add_columns(
    customers.c.name, customers.c.role, entries.c.chain, balances.c.balance_minor
).where(
    entries.c.id == bindparam("entry_id"),
    customers.c.id == entries.c.customer_id,
    balances.c.customer_id == entries.c.customer_id,
    balances.c.currency == entries.c.currency,
)
_GOODS = (
    select(goods.c.name, goods.c.quantity_milli, goods.c.price_minor)
    .where(goods.c.sequence == bindparam("sequence"))
    .order_by(goods.c.number)
)


class FoundEntry(NamedTuple):
    """An entry, whose account it is on, its digest in the chain, and the balance of now."""

    entry: StatementEntry
    name: str
    role: str
    chain: bytes
    balance_minor: int


def find_entry(tx: ReadTx, entry_id: str) -> FoundEntry | None:
    row = tx.execute(_ONE, {"entry_id": entry_id}).one_or_none()
    if row is None:
        return None
    *plain, name, role, chain, balance_minor = row
    return FoundEntry(as_entry(plain, ()), name, role, bytes(chain), balance_minor)


def find_goods(tx: ReadTx, sequence: int) -> Goods:
    """The goods of a debt, in their order."""
    return tuple(GoodsRow(*row) for row in tx.execute(_GOODS, {"sequence": sequence}))
