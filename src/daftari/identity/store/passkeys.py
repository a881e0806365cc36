"""The SQL of passkeys."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import RowMapping, delete, select, update

from daftari.db.base import ReadTx, WriteTx, insert_new
from daftari.identity.rules.passkeys import KnownPasskey
from daftari.identity.tables import passkeys

_known = select(
    passkeys.c.id,
    passkeys.c.person_id,
    passkeys.c.credential_id,
    passkeys.c.public_key,
    passkeys.c.sign_count,
    passkeys.c.transports,
)


def insert_passkey(tx: WriteTx, row: Mapping[str, Any]) -> bool:
    """Insert a passkey. Returns False when the credential id exists already, for any person."""
    return insert_new(tx, passkeys, row)


def passkey_by_credential(tx: ReadTx, credential_id: bytes) -> KnownPasskey | None:
    found = tx.execute(_known.where(passkeys.c.credential_id == credential_id)).one_or_none()
    return None if found is None else KnownPasskey(*found)


def passkeys_of(tx: ReadTx, person_id: str) -> Sequence[KnownPasskey]:
    mine: Any = tx.execute(_known.where(passkeys.c.person_id == person_id))
    return [KnownPasskey(*row) for row in mine]


def passkey_rows(tx: ReadTx, person_id: str) -> Sequence[RowMapping]:
    """All columns of a person's passkeys, oldest first."""
    mine = select(passkeys).where(passkeys.c.person_id == person_id)
    return tx.execute(mine.order_by(passkeys.c.created_at, passkeys.c.id)).mappings().all()


def passkey_name(tx: ReadTx, passkey_id: str, person_id: str) -> str | None:
    """The name of a person's passkey; None when the person has no such."""
    mine = passkeys.c.id == passkey_id, passkeys.c.person_id == person_id
    name: str | None = tx.scalar(select(passkeys.c.name).where(*mine))
    return name


def passkey_names(tx: ReadTx, person_id: str) -> list[str]:
    return list(tx.scalars(select(passkeys.c.name).where(passkeys.c.person_id == person_id)))


def passkeys_made_by(tx: ReadTx, person_id: str, session_ids: Collection[str]) -> set[str]:
    """The ids of a person's passkeys that these sessions made, also by a phone link."""
    c = passkeys.c
    made = select(c.id).where(c.person_id == person_id, c.session_id.in_(session_ids))
    return set(tx.scalars(made))


def change_passkey(
    tx: WriteTx, passkey_id: str, person_id: str, changes: Mapping[str, Any]
) -> None:
    """Update a passkey of a person."""
    mine = passkeys.c.id == passkey_id, passkeys.c.person_id == person_id
    tx.execute(update(passkeys).where(*mine), changes)


def delete_passkey(tx: WriteTx, passkey_id: str, person_id: str) -> bool:
    """Delete a passkey. Returns True when the person had it."""
    mine = passkeys.c.id == passkey_id, passkeys.c.person_id == person_id
    return tx.execute(delete(passkeys).where(*mine)).rowcount == 1
