"""SQL of the entries of an account that stand, as the allocation replays them."""

from collections import defaultdict
from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import and_, bindparam, func, or_, select, union_all

from daftari.db.base import ReadTx, in_parts
from daftari.db.prepared import prepared
from daftari.ledger.rules.open_items import OpenItem, replay_order
from daftari.ledger.tables import entries, open_items, plan_entries

_reversal = entries.alias("reversal")
_FIRST_ID = func.coalesce(entries.c.corrects_id, entries.c.id)
_owed = entries.c.effect_minor * bindparam("owing")

_ITEMS = (
    select(
        entries.c.sequence,
        _FIRST_ID,
        entries.c.occurred_on,
        entries.c.due_on,
        entries.c.effect_minor,
        func.coalesce(open_items.c.remaining_minor, 0),
        entries.c.for_id,
    )
    .outerjoin(
        open_items,
        and_(
            open_items.c.customer_id == entries.c.customer_id,
            open_items.c.currency == entries.c.currency,
            open_items.c.sequence == entries.c.sequence,
        ),
    )
    .where(
        entries.c.kind != "reversal",
        entries.c.effect_minor != 0,
        ~select(1).where(_reversal.c.reverses_id == entries.c.id).correlate(entries).exists(),
    )
)
_FROM_DAY = _ITEMS.where(
    entries.c.customer_id == bindparam("customer_id"),
    entries.c.currency == bindparam("currency"),
    entries.c.occurred_on >= bindparam("day"),
)
_SINCE_DEBT = prepared(
    _FROM_DAY.where(
        or_(entries.c.occurred_on > bindparam("day"), _owed < 0, _owed >= bindparam("owed"))
    )
)
_SINCE_PAYMENT = prepared(
    _FROM_DAY.where(or_(entries.c.occurred_on > bindparam("day"), _owed <= bindparam("owed")))
)
_BY_SEQUENCE = prepared(
    _ITEMS.where(entries.c.sequence.in_(bindparam("sequences", expanding=True)))
)
_FIRSTS = prepared(
    union_all(
        select(entries.c.id, _FIRST_ID).where(entries.c.id.in_(bindparam("ids", expanding=True))),
        select(plan_entries.c.plan_id, _FIRST_ID)
        .join(entries, entries.c.id == plan_entries.c.entry_id)
        .where(plan_entries.c.plan_id.in_(bindparam("ids", expanding=True))),
    )
)
_OF_FIRSTS = prepared(
    _ITEMS.where(
        entries.c.customer_id == bindparam("customer_id"),
        entries.c.currency == bindparam("currency"),
        _owed > 0,
        or_(
            entries.c.id.in_(bindparam("firsts", expanding=True)),
            entries.c.corrects_id.in_(bindparam("firsts", expanding=True)),
        ),
    )
)


class Place(NamedTuple):
    """One account. `owing`: the sign of a debt, 1 for customers, -1 for suppliers."""

    customer_id: str
    currency: str
    owing: int


def find_later(tx: ReadTx, place: Place, item: OpenItem) -> list[OpenItem]:
    """The entries of an account that are replayed after an item. As many are read as are found."""
    owed = item.effect_minor * place.owing
    statement = _SINCE_DEBT if owed > 0 else _SINCE_PAYMENT
    since = {**place._asdict(), "day": item.occurred_on, "owed": owed}
    found = (OpenItem._make(row) for row in tx.execute(statement, since))
    mark = replay_order(item, place.owing)
    return [one for one in found if replay_order(one, place.owing) > mark]


def find_items(tx: ReadTx, sequences: Collection[int]) -> list[OpenItem]:
    """Entries that stand, by their sequences, with what is open of them."""
    return [
        OpenItem._make(row)
        for part in in_parts(sequences)
        for row in tx.execute(_BY_SEQUENCE, {"sequences": part})
    ]


def find_named(tx: ReadTx, place: Place, ids: Collection[str]) -> dict[str, list[OpenItem]]:
    """The debts of an account that stand, by the id of a debt or plan that payments name.

    A corrected debt stands for the one that it takes the place of.
    """
    if not ids:
        return {}
    firsts: dict[str, set[str]] = defaultdict(set)
    for for_id, first_id in tx.execute(_FIRSTS, {"ids": list(ids)}):
        firsts[for_id].add(first_id)
    every = list(set().union(*firsts.values()))
    rows = tx.execute(_OF_FIRSTS, {**place._asdict(), "firsts": every})
    debts = [OpenItem._make(row) for row in rows]
    return {for_id: [one for one in debts if one.id in mine] for for_id, mine in firsts.items()}
