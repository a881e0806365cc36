"""SQL of idempotency keys. The statements that every entry runs are built once."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import bindparam, insert, select

from daftari.db.base import ReadTx, WriteTx
from daftari.db.on_conflict import skip_known
from daftari.db.prepared import prepared
from daftari.idempotency.rules import StoredKey
from daftari.idempotency.tables import idempotency_keys

_INSERT = prepared(skip_known(insert(idempotency_keys)))
_FIND = prepared(
    select(*(idempotency_keys.c[name] for name in StoredKey.__slots__)).where(
        idempotency_keys.c.id == bindparam("id")
    )
)


def insert_key(tx: WriteTx, row: Mapping[str, Any]) -> bool:
    """Insert a key unless its id is known. Returns True when it is new."""
    return tx.execute(_INSERT, row).rowcount == 1


def find_key(tx: ReadTx, key_id: str) -> StoredKey | None:
    row = tx.execute(_FIND, {"id": key_id}).one_or_none()
    return None if row is None else StoredKey(*row)
