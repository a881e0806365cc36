"""The SQL of new phone numbers that are not proved yet."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update

from daftari.db.base import ReadTx, WriteTx, put
from daftari.identity.tables.handovers import phone_proofs

_c = phone_proofs.c


def find_proof(tx: ReadTx, person_id: str) -> Any:
    """The row of a person, be it one that has ended; None without one."""
    return tx.execute(select(phone_proofs).where(_c.person_id == person_id)).one_or_none()


def put_proof(tx: WriteTx, row: Mapping[str, Any]) -> None:
    columns = [column.name for column in phone_proofs.c if column.name != "person_id"]
    tx.execute(put(phone_proofs, *columns), row)


def count_try(tx: WriteTx, person_id: str, most: int) -> None:
    """Count a wrong code; the last one that is allowed ends the proof."""
    counted = update(phone_proofs).where(_c.person_id == person_id)
    tx.execute(counted.values(tries=_c.tries + 1))
    spent = update(phone_proofs).where(_c.person_id == person_id, _c.tries >= most)
    tx.execute(spent, {"code_hash": None})


def end_proof(tx: WriteTx, person_id: str) -> None:
    """End it; how many codes were sent is kept."""
    tx.execute(update(phone_proofs).where(_c.person_id == person_id), {"code_hash": None})


def delete_old(tx: WriteTx, before: datetime) -> None:
    tx.execute(delete(phone_proofs).where(_c.first_at < before, _c.expires_at < before))
