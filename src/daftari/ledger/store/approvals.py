"""SQL of what is shown beside requests for approval: whose account it is, and how it stands."""

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import select

from daftari.approvals.rules import Approval
from daftari.customers.tables import customers
from daftari.db.base import ReadTx
from daftari.ledger.tables import balances


class Debtor(NamedTuple):
    """A customer, and his balance in one currency."""

    id: str
    name: str
    role: str
    credit_limit_minor: int | None
    currency: str | None
    balance_minor: int | None


def find_debtors(tx: ReadTx, approvals: Collection[Approval]) -> dict[tuple[str, str], Debtor]:
    """By customer and currency of each request."""
    found = (
        select(
            customers.c.id,
            customers.c.name,
            customers.c.role,
            customers.c.credit_limit_minor,
            balances.c.currency,
            balances.c.balance_minor,
        )
        .outerjoin(balances, balances.c.customer_id == customers.c.id)
        .where(customers.c.id.in_(sorted({one.customer_id for one in approvals})))
    )
    rows = [Debtor._make(row) for row in tx.execute(found)]
    by_place = {(row.id, row.currency or ""): row for row in rows}
    anywhere = {row.id: row._replace(currency=None, balance_minor=0) for row in rows}
    return {
        (one.customer_id, one.currency): by_place.get(
            (one.customer_id, one.currency), anywhere[one.customer_id]
        )
        for one in approvals
    }
