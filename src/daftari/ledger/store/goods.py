"""SQL of the goods of entries."""

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Integer, bindparam, insert, select

from daftari.db.base import ReadTx, Rows, WriteTx
from daftari.db.prepared import prepared
from daftari.db.stored import as_stored
from daftari.ledger.rules.goods import Goods, GoodsRow
from daftari.ledger.tables import entries, goods

AT_ONCE = 1000

_ROW = tuple(goods.c[name] for name in GoodsRow.__slots__)
_OF_ENTRY = prepared(
    select(*_ROW).where(goods.c.sequence == bindparam("sequence")).order_by(goods.c.number)
)
_NEWEST = (
    select(goods.c.sequence, *_ROW, entries.c.currency)
    .join(entries, entries.c.sequence == goods.c.sequence)
    .order_by(goods.c.sequence.desc(), goods.c.number)
    .limit(bindparam("most", type_=Integer))
)
_WITH_GOODS = (
    select(goods.c.sequence)
    .where(goods.c.sequence > bindparam("after"), goods.c.sequence <= bindparam("up_to"))
    .distinct()
)
_ALL = (
    select(goods.c.sequence, *map(as_stored, _ROW))
    .order_by(goods.c.sequence, goods.c.number)
    .execution_options(yield_per=AT_ONCE)
)
_STRAY = (
    select(goods.c.sequence)
    .where(~select(1).where(entries.c.sequence == goods.c.sequence).exists())
    .limit(1)
)
_INSERT = prepared(insert(goods))


def find_goods(tx: ReadTx, sequence: int) -> Goods:
    """The goods of an entry, in their order."""
    return tuple(GoodsRow(*row) for row in tx.execute(_OF_ENTRY, {"sequence": sequence}))


def find_newest(tx: ReadTx, most: int) -> Rows:
    """The newest rows of the book, those of one entry in their order, with its currency."""
    return tx.execute(_NEWEST, {"most": most}).all()


def find_with_goods(tx: ReadTx, after: int, up_to: int) -> frozenset[int]:
    """The sequences of entries with goods in a range."""
    return frozenset(tx.scalars(_WITH_GOODS, {"after": after, "up_to": up_to}))


def read_goods(tx: ReadTx) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """The goods of every entry that has some, in the order of the entries, as they are stored."""
    for sequence, rows in groupby(tx.execute(_ALL), key=itemgetter(0)):
        yield sequence, tuple(tuple(row[1:]) for row in rows)


def find_stray_goods(tx: ReadTx) -> int | None:
    """The sequence of goods that belong to no entry."""
    return tx.scalar(_STRAY)


def insert_goods(tx: WriteTx, sequence: int, rows: Goods) -> None:
    if rows:
        tx.execute(_INSERT, [_row(sequence, number, row) for number, row in enumerate(rows, 1)])


def _row(sequence: int, number: int, row: GoodsRow) -> dict[str, object]:
    values = {name: getattr(row, name) for name in GoodsRow.__slots__}
    return values | {"sequence": sequence, "number": number}
