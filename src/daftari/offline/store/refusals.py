"""SQL of refused items."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from daftari.db.base import ReadTx, Rows, WriteTx, insert_new
from daftari.offline.tables import refusals

_REFUSALS = select(refusals).order_by(refusals.c.at.desc(), refusals.c.id.desc())


def note_refusal(tx: WriteTx, row: dict[str, Any], forgotten_before: datetime) -> None:
    """Store a refused item, once for its id; a new one also deletes the oldest."""
    if insert_new(tx, refusals, row):
        tx.execute(delete(refusals).where(refusals.c.at < forgotten_before))


def find_refusals(tx: ReadTx, limit: int) -> Rows:
    """Refused items, newest first."""
    return tx.execute(_REFUSALS.limit(limit)).all()
