"""SQL of what was given and received in a branch."""

from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, bindparam, case, or_, select

from daftari.db.base import ReadTx, total
from daftari.ledger.tables import entries

_is_reversal = entries.c.kind == "reversal"
_GIVES = entries.c.effect_minor > 0


class BranchSum(NamedTuple):
    """What was given and received in a branch in one currency, without what was taken back.
    `branch_key`: its `branch_id`.
    """

    branch_key: str | None
    currency: str
    given_minor: int
    received_minor: int


def _side(*, gives: bool) -> ColumnElement[int]:
    """The sum of one side. A reversal takes away from the side of what it reverses."""
    of_side = _GIVES if gives else ~_GIVES
    sign = 1 if gives else -1
    counted = or_(and_(of_side, ~_is_reversal), and_(~of_side, _is_reversal))
    return total(case((counted, entries.c.effect_minor * sign), else_=0))


_SUMS = (
    select(
        entries.c.branch_id,
        entries.c.currency,
        _side(gives=True).label("given_minor"),
        _side(gives=False).label("received_minor"),
    )
    .group_by(entries.c.branch_id, entries.c.currency)
    .order_by(entries.c.branch_id.nulls_first(), entries.c.currency)
)
_OF_CUSTOMER = _SUMS.where(entries.c.customer_id == bindparam("customer_id"))


def sum_branches(tx: ReadTx) -> list[BranchSum]:
    """The sums of each branch: of a narrowed transaction those of one."""
    return [BranchSum._make(row) for row in tx.execute(_SUMS)]


def sum_branches_of(tx: ReadTx, customer_id: str) -> list[BranchSum]:
    """The sums of each branch on one account."""
    found = tx.execute(_OF_CUSTOMER, {"customer_id": customer_id})
    return [BranchSum._make(row) for row in found]
