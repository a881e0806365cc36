"""SQL of allocations."""

from collections.abc import Collection, Mapping

from sqlalchemy import (
    Column,
    Date,
    Executable,
    bindparam,
    delete,
    func,
    or_,
    select,
    tuple_,
    union_all,
)

from daftari.db.base import ReadTx, WriteTx, in_parts, put
from daftari.db.prepared import prepared
from daftari.ledger.rules.allocation import Pair
from daftari.ledger.rules.open_items import NO_DUE_DAY, OpenItem
from daftari.ledger.store.standing import Place
from daftari.ledger.tables import allocations, entries

_OF = prepared(
    select(
        allocations.c.credit_sequence, allocations.c.debit_sequence, allocations.c.amount_minor
    ).where(
        or_(
            allocations.c.credit_sequence.in_(bindparam("sequences", expanding=True)),
            allocations.c.debit_sequence.in_(bindparam("sequences", expanding=True)),
        )
    )
)
_PUT = prepared(put(allocations, "amount_minor"))
_DELETE = prepared(
    delete(allocations).where(
        allocations.c.credit_sequence == bindparam("credit"),
        allocations.c.debit_sequence == bindparam("debit"),
    )
)


def _could_take(payment_sequence: Column[int], debt_sequence: Column[int]) -> Executable:
    """Any allocation that a debt more could have changed, of that day and in that position.

    A payment since then that took a debt of a later position, or an advance that a debt since then
    took up.
    """
    debt, payment = entries.alias("debt"), entries.alias("payment")
    position = tuple_(
        func.coalesce(debt.c.due_on, NO_DUE_DAY, type_=Date),
        debt.c.occurred_on,
        func.abs(debt.c.effect_minor),
        func.coalesce(debt.c.corrects_id, debt.c.id),
    )
    new = tuple_(
        bindparam("due_on", type_=Date),
        bindparam("day", type_=Date),
        bindparam("amount_minor"),
        bindparam("id"),
    )
    found = (
        select(allocations.c.amount_minor)
        .join(payment, payment.c.sequence == payment_sequence)
        .join(debt, debt.c.sequence == debt_sequence)
    )
    by_payments, with_debts = (
        found.where(
            one.c.customer_id == bindparam("customer_id"),
            one.c.currency == bindparam("currency"),
            one.c.occurred_on >= bindparam("day"),
        )
        for one in (payment, debt)
    )
    is_advance = payment.c.occurred_on < debt.c.occurred_on
    return union_all(by_payments.where(position > new), with_debts.where(is_advance)).limit(1)


_COULD_TAKE = {
    1: prepared(_could_take(allocations.c.credit_sequence, allocations.c.debit_sequence)),
    -1: prepared(_could_take(allocations.c.debit_sequence, allocations.c.credit_sequence)),
}


def find_allocations(tx: ReadTx, sequences: Collection[int]) -> dict[Pair, int]:
    """The allocations of these entries, on either side."""
    return {
        Pair(credit, debit): amount
        for part in in_parts(sequences)
        for credit, debit, amount in tx.execute(_OF, {"sequences": part})
    }


def change_allocations(tx: WriteTx, old: Mapping[Pair, int], new: Mapping[Pair, int]) -> None:
    """Replace allocations; rows that are the same are not written."""
    gone = [{"credit": pair[0], "debit": pair[1]} for pair in old.keys() - new.keys()]
    changed = [
        {**pair._asdict(), "amount_minor": amount}
        for pair, amount in new.items()
        if old.get(pair) != amount
    ]
    if gone:
        tx.execute(_DELETE, gone)
    if changed:
        tx.execute(_PUT, changed)


def could_take(tx: ReadTx, place: Place, debt: OpenItem) -> bool:
    """Whether a new debt could take a part in the allocations of its account, as they are.

    True is said too often rather than too seldom. What is open without an allocation is not seen.
    """
    new = {
        "day": debt.occurred_on,
        "due_on": debt.due_on or NO_DUE_DAY,
        "amount_minor": abs(debt.effect_minor),
        "id": debt.id,
    }
    account = {"customer_id": place.customer_id, "currency": place.currency}
    return tx.execute(_COULD_TAKE[place.owing], account | new).first() is not None
