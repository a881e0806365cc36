"""SQL of open items."""

from collections.abc import Iterable, Iterator
from datetime import date

from sqlalchemy import bindparam, delete, func, select

from daftari.db.base import ReadTx, WriteTx, put
from daftari.db.prepared import prepared
from daftari.ledger.rules.kinds import direction
from daftari.ledger.rules.open_items import OpenItem, position
from daftari.ledger.rules.refusals import Account
from daftari.ledger.tables import balances, entries, open_items

_OF_ACCOUNT = prepared(
    select(
        open_items.c.sequence,
        func.coalesce(entries.c.corrects_id, entries.c.id),
        open_items.c.occurred_on,
        open_items.c.due_on,
        open_items.c.effect_minor,
        open_items.c.remaining_minor,
        entries.c.for_id,
    )
    .join(entries, entries.c.sequence == open_items.c.sequence)
    .where(
        open_items.c.customer_id == bindparam("customer_id"),
        open_items.c.currency == bindparam("currency"),
    )
    .order_by(open_items.c.position)
)
_PUT = prepared(put(open_items, "remaining_minor"))
_CLOSE = prepared(
    delete(open_items).where(
        open_items.c.customer_id == bindparam("customer_id"),
        open_items.c.currency == bindparam("currency"),
        open_items.c.sequence == bindparam("sequence"),
    )
)
_first = open_items.alias("first")
_EARLIEST = (
    select(_first.c.due_on)
    .where(_first.c.customer_id == balances.c.customer_id, _first.c.currency == balances.c.currency)
    .order_by(_first.c.position)
    .limit(1)
    .correlate(balances)
    .scalar_subquery()
)
_OLDEST_DUE = prepared(
    select(func.min(_EARLIEST)).where(
        balances.c.customer_id == bindparam("customer_id"),
        balances.c.balance_minor * bindparam("direction") > 0,
    )
)


def read_items(tx: ReadTx, customer_id: str, currency: str) -> Iterator[OpenItem]:
    """Open items of one customer in one currency by position, each read when it is asked for."""
    with tx.execute(_OF_ACCOUNT, {"customer_id": customer_id, "currency": currency}) as rows:
        yield from map(OpenItem._make, rows)


def put_items(tx: WriteTx, customer_id: str, currency: str, items: Iterable[OpenItem]) -> None:
    """Store the open amount of each item; an item without any is deleted."""
    place = {"customer_id": customer_id, "currency": currency}
    closed, left = [], []
    for item in items:
        if item.remaining_minor:
            left.append(place | _row(item))
        else:
            closed.append(place | {"sequence": item.sequence})
    if closed:
        tx.execute(_CLOSE, closed)
    if left:
        tx.execute(_PUT, left)


def find_oldest_due(tx: ReadTx, account: Account) -> date | None:
    """The earliest due date of open debts, in any currency. The balances have to be stored.

    Only where he owes are open items debts, and the first by position falls due first.
    """
    place = {"customer_id": account.customer_id, "direction": direction(account.role)}
    oldest: date | None = tx.scalar(_OLDEST_DUE, place)
    return oldest


def _row(item: OpenItem) -> dict[str, object]:
    return {
        "sequence": item.sequence,
        "occurred_on": item.occurred_on,
        "due_on": item.due_on,
        "effect_minor": item.effect_minor,
        "remaining_minor": item.remaining_minor,
        "position": position(item),
    }
