"""The SQL of passkeys and challenges."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, delete, insert, select, update

from daftari.db.base import ReadTx, WriteTx, insert_new
from daftari.identity.rules.passkeys import KnownPasskey
from daftari.identity.tables import challenges, passkeys

_known = select(
    passkeys.c.id,
    passkeys.c.person_id,
    passkeys.c.credential_id,
    passkeys.c.public_key,
    passkeys.c.sign_count,
    passkeys.c.transports,
)


@dataclass(frozen=True, slots=True)
class Challenge:
    """A stored challenge: its person, and data that is needed with the response (`payload`)."""

    challenge: bytes
    person_id: str | None
    payload: str | None


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


def insert_challenge(tx: WriteTx, row: Mapping[str, Any]) -> None:
    tx.execute(insert(challenges), row)


def delete_stale_challenges(tx: WriteTx, now: datetime) -> None:
    tx.execute(delete(challenges).where(challenges.c.expires_at <= now))


def delete_challenges_of(tx: WriteTx, person_id: str, purpose: str) -> None:
    c = challenges.c
    tx.execute(delete(challenges).where(c.person_id == person_id, c.purpose == purpose))


def find_challenge(tx: ReadTx, challenge: bytes, purpose: str, now: datetime) -> Challenge | None:
    query = select(challenges.c.challenge, challenges.c.person_id, challenges.c.payload)
    row = tx.execute(query.where(*_open(challenge, purpose, now))).one_or_none()
    return None if row is None else Challenge(*row)


def take_challenge(tx: WriteTx, challenge: bytes, purpose: str, now: datetime) -> Challenge | None:
    """Delete a challenge and return it in one statement, so that it is used once."""
    c = challenges.c
    taken = delete(challenges).where(*_open(challenge, purpose, now))
    row = tx.execute(taken.returning(c.challenge, c.person_id, c.payload)).one_or_none()
    return None if row is None else Challenge(*row)


def take_newest_of(tx: WriteTx, person_id: str, purpose: str, now: datetime) -> Challenge | None:
    """Delete and return the newest challenge of a person with this purpose."""
    c = challenges.c
    mine = (c.person_id == person_id, c.purpose == purpose, c.expires_at > now)
    newest = select(c.challenge).where(*mine).order_by(c.expires_at.desc()).limit(1)
    key: bytes | None = tx.scalar(newest)
    return None if key is None else take_challenge(tx, key, purpose, now)


def _open(challenge: bytes, purpose: str, now: datetime) -> tuple[Any, ...]:
    c = challenges.c
    return c.challenge == challenge, c.purpose == purpose, c.expires_at > now
