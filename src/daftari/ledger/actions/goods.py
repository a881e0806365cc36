"""Goods of the book, for other rooms."""

from daftari.db.base import ReadTx, Rows
from daftari.ledger.rules.goods import Goods
from daftari.ledger.store import goods


def goods_of(tx: ReadTx, sequence: int) -> Goods:
    """The goods of an entry, in their order."""
    return goods.find_goods(tx, sequence)


def newest_goods(tx: ReadTx, most: int) -> Rows:
    """The newest rows of goods in the book: sequence, name, quantity_milli, price_minor, currency;
    those of one entry in their order.
    """
    return goods.find_newest(tx, most)


def entries_with_goods(tx: ReadTx, after: int, up_to: int) -> frozenset[int]:
    """The sequences of entries with goods in a range."""
    return goods.find_with_goods(tx, after, up_to)
