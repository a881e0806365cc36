"""SQL of the search in the customer list: who is found, and who of them comes first."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, case, or_, select

from daftari.customers.tables import customers
from daftari.db.base import ReadTx

_key = customers.c.search_key


def found_by(words: Sequence[str]) -> list[ColumnElement[bool]]:
    """The conditions of a search: each of the words, wherever it stands."""
    return [_key.contains(word, autoescape=True) for word in words]


def rank(name: str) -> ColumnElement[int]:
    """0 for a customer whose whole name or nickname it is; else 1."""
    is_called_so = ("\t" + _key + "\t").contains(f"\t{name}\t", autoescape=True)
    return case((is_called_so, 0), else_=1)


def behind(
    tx: ReadTx, name: str, after: str, behind_in_order: ColumnElement[bool]
) -> ColumnElement[bool]:
    """The condition «after this customer» in the order of a search."""
    reached = tx.scalar(select(rank(name)).where(customers.c.id == after))
    return or_(rank(name) > reached, and_(rank(name) == reached, behind_in_order))
