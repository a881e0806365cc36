"""SQL of how much somebody reversed."""

from datetime import datetime

from sqlalchemy import bindparam, func, select

from daftari.db.base import ReadTx
from daftari.ledger.tables import carried_entries, entries, plan_entries

_next = entries.alias("next")
_corrects = (
    select(1)
    .where(_next.c.sequence == entries.c.sequence + 1, _next.c.corrects_id.is_not(None))
    .correlate(entries)
    .exists()
)
# A plan, or a carry-over, is reversed as a whole, and counts once.
_act = func.coalesce(plan_entries.c.plan_id, carried_entries.c.carry_id, entries.c.id)
_REVERSALS = (
    select(func.count(_act.distinct()))
    .select_from(entries)
    .outerjoin(plan_entries, plan_entries.c.entry_id == entries.c.reverses_id)
    .outerjoin(carried_entries, carried_entries.c.entry_id == entries.c.reverses_id)
    .where(
        entries.c.recorded_at > bindparam("since", type_=entries.c.recorded_at.type),
        entries.c.recorded_by == bindparam("person_id"),
        entries.c.kind == "reversal",
        ~_corrects,
    )
)


def count_reversals(tx: ReadTx, person_id: str, since: datetime) -> int:
    """How often a person reversed something since a moment; a correction is none."""
    return tx.scalar(_REVERSALS, {"person_id": person_id, "since": since}) or 0
