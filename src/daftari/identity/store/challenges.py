"""The SQL of WebAuthn challenges, and of those that were spent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select

from daftari.db.base import ReadTx, WriteTx, insert_new
from daftari.identity.tables import challenges, spent_challenges


@dataclass(frozen=True, slots=True)
class Challenge:
    """A stored challenge: its person, and data that is needed with the response (`payload`)."""

    challenge: bytes
    person_id: str | None
    payload: str | None


def insert_challenge(tx: WriteTx, row: Mapping[str, Any]) -> None:
    tx.execute(insert(challenges), row)


def insert_spent(tx: WriteTx, row: Mapping[str, Any]) -> None:
    insert_new(tx, spent_challenges, row)


def delete_stale_challenges(tx: WriteTx, now: datetime) -> None:
    """Delete challenges that have expired, and spent ones that need not be known any more."""
    tx.execute(delete(challenges).where(challenges.c.expires_at <= now))
    tx.execute(delete(spent_challenges).where(spent_challenges.c.known_until <= now))


def delete_challenges_of(tx: WriteTx, person_id: str, purpose: str) -> None:
    c = challenges.c
    tx.execute(delete(challenges).where(c.person_id == person_id, c.purpose == purpose))


def find_challenge(
    tx: ReadTx, challenge: bytes, purpose: str, asked_by: Sequence[bytes], now: datetime
) -> Challenge | None:
    query = select(challenges.c.challenge, challenges.c.person_id, challenges.c.payload)
    row = tx.execute(query.where(*_open(challenge, purpose, asked_by, now))).one_or_none()
    return None if row is None else Challenge(*row)


def find_of_others(
    tx: ReadTx, challenge: bytes, purpose: str, asked_by: Sequence[bytes], now: datetime
) -> Challenge | None:
    """A challenge that can be answered, though not by the browser with these hashes."""
    c = challenges.c
    query = select(c.challenge, c.person_id, c.payload).where(
        c.challenge == challenge,
        c.purpose == purpose,
        c.expires_at > now,
        c.asked_by.not_in(asked_by),
    )
    row = tx.execute(query).one_or_none()
    return None if row is None else Challenge(*row)


def find_spent(tx: ReadTx, challenge: bytes) -> tuple[str, bytes] | None:
    """The person whose answer spent a challenge, and that answer's digest."""
    c = spent_challenges.c
    row = tx.execute(select(c.person_id, c.answer).where(c.challenge == challenge)).one_or_none()
    return None if row is None else (row.person_id, row.answer)


def take_challenge(
    tx: WriteTx, challenge: bytes, purpose: str, asked_by: Sequence[bytes], now: datetime
) -> Challenge | None:
    """Delete a challenge and return it in one statement, so that it is used once."""
    c = challenges.c
    taken = delete(challenges).where(*_open(challenge, purpose, asked_by, now))
    row = tx.execute(taken.returning(c.challenge, c.person_id, c.payload)).one_or_none()
    return None if row is None else Challenge(*row)


def take_newest_of(tx: WriteTx, person_id: str, purpose: str, now: datetime) -> Challenge | None:
    """Delete and return the newest row of a person with this purpose, whichever browser asked."""
    c = challenges.c
    mine = (c.person_id == person_id, c.purpose == purpose, c.expires_at > now)
    newest = select(c.challenge).where(*mine).order_by(c.expires_at.desc()).limit(1)
    key: bytes | None = tx.scalar(newest)
    taken = delete(challenges).where(c.challenge == key)
    row = tx.execute(taken.returning(c.challenge, c.person_id, c.payload)).one_or_none()
    return None if row is None else Challenge(*row)


def _open(
    challenge: bytes, purpose: str, asked_by: Sequence[bytes], now: datetime
) -> tuple[Any, ...]:
    c = challenges.c
    mine = c.challenge == challenge, c.purpose == purpose, c.asked_by.in_(asked_by)
    return *mine, c.expires_at > now
