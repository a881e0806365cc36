"""SQL of promises, each with the amount paid since it was made."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, bindparam, case, func, insert, or_, select, update

from daftari.customers.tables import customers
from daftari.db.base import ReadTx, WriteTx, total
from daftari.ledger.rules.promises import Promise
from daftari.ledger.tables import entries, promises

_old = entries.alias("old")
_undone = entries.alias("undone")
_later = promises.alias("later")
_owing = case((customers.c.role == "supplier", -1), else_=1)

# Entries that reduced his debt since: reversed ones do not count, nor do reversals of later debts.
_CAME = (
    select(total(func.abs(entries.c.effect_minor)))
    .outerjoin(_old, _old.c.id == entries.c.reverses_id)
    .where(
        entries.c.customer_id == promises.c.customer_id,
        entries.c.currency == promises.c.currency,
        entries.c.sequence > promises.c.after_sequence,
        entries.c.occurred_on <= promises.c.promised_on,
        entries.c.effect_minor * _owing < 0,
        or_(_old.c.sequence.is_(None), _old.c.sequence <= promises.c.after_sequence),
        ~select(1).where(_undone.c.reverses_id == entries.c.id).correlate(entries).exists(),
    )
    .correlate(promises, customers)
    .scalar_subquery()
)
_PROMISES = select(
    promises.c.id,
    promises.c.customer_id,
    promises.c.currency,
    promises.c.amount_minor,
    promises.c.promised_on,
    promises.c.note,
    promises.c.made_at,
    promises.c.made_by,
    promises.c.withdrawn_at,
    _CAME.label("came_minor"),
).join(customers, customers.c.id == promises.c.customer_id)
_ONE = _PROMISES.where(promises.c.id == bindparam("promise_id"))
_OF_CUSTOMER = _PROMISES.where(promises.c.customer_id == bindparam("customer_id")).order_by(
    promises.c.made_at.desc(), promises.c.id.desc()
)
# The last promise of each customer and currency.
_LAST = _PROMISES.where(
    promises.c.withdrawn_at.is_(None),
    ~select(1)
    .where(
        _later.c.customer_id == promises.c.customer_id,
        _later.c.currency == promises.c.currency,
        _later.c.withdrawn_at.is_(None),
        or_(
            _later.c.made_at > promises.c.made_at,
            and_(_later.c.made_at == promises.c.made_at, _later.c.id > promises.c.id),
        ),
    )
    .correlate(promises)
    .exists(),
)
_LAST_AHEAD = _LAST.where(promises.c.promised_on >= bindparam("today"))
_LAST_OF = _LAST.where(promises.c.customer_id.in_(bindparam("ids", expanding=True)))
_WITHDRAW = (
    update(promises)
    .where(promises.c.id == bindparam("promise_id"), promises.c.withdrawn_at.is_(None))
    .values(
        withdrawn_at=bindparam("at", type_=promises.c.made_at.type), withdrawn_by=bindparam("by")
    )
)
_INSERT = insert(promises)


def insert_promise(tx: WriteTx, values: Mapping[str, Any]) -> None:
    tx.execute(_INSERT, values)


def find_promise(tx: ReadTx, promise_id: str) -> Promise | None:
    row = tx.execute(_ONE, {"promise_id": promise_id}).one_or_none()
    return None if row is None else Promise._make(row)


def find_promises(tx: ReadTx, customer_id: str) -> list[Promise]:
    """All promises of a customer, newest first."""
    return [Promise._make(row) for row in tx.execute(_OF_CUSTOMER, {"customer_id": customer_id})]


def find_open_promises(tx: ReadTx, today: date) -> dict[tuple[str, str], Promise]:
    """The last promise by customer and currency, unless its day has passed or it is kept."""
    return _by_place(Promise._make(row) for row in tx.execute(_LAST_AHEAD, {"today": today}))


def find_last_promises(tx: ReadTx, ids: Sequence[str]) -> dict[tuple[str, str], Promise]:
    """The last promise of these customers by currency, unless it is kept."""
    return _by_place(Promise._make(row) for row in tx.execute(_LAST_OF, {"ids": ids}))


def withdraw(tx: WriteTx, promise_id: str, at: datetime, by: str) -> bool:
    """Withdraw a promise. True when it was not withdrawn before."""
    return tx.execute(_WITHDRAW, {"promise_id": promise_id, "at": at, "by": by}).rowcount == 1


def _by_place(found: Any) -> dict[tuple[str, str], Promise]:
    return {(one.customer_id, one.currency): one for one in found if not one.is_kept}
