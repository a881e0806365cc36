"""The SQL of recovery codes and sign-in links; both are stored as hashes only."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import delete, func, insert, select, update

from daftari.db.base import ReadTx, WriteTx
from daftari.identity.tables import people, recovery_codes, signin_links


def insert_codes(
    tx: WriteTx, person_id: str, hashes: Sequence[bytes], session_id: str | None, now: datetime
) -> None:
    row = {"person_id": person_id, "session_id": session_id, "created_at": now}
    tx.execute(insert(recovery_codes), [{**row, "code_hash": one} for one in hashes])


def delete_unspent_codes(tx: WriteTx, person_id: str) -> None:
    mine = recovery_codes.c.person_id == person_id, recovery_codes.c.spent_at.is_(None)
    tx.execute(delete(recovery_codes).where(*mine))


def delete_codes_of(tx: WriteTx, person_id: str, session_ids: Collection[str]) -> bool:
    """Delete a person's codes that these sessions made. Returns whether there were any."""
    c = recovery_codes.c
    made = delete(recovery_codes).where(c.person_id == person_id, c.session_id.in_(session_ids))
    return tx.execute(made).rowcount > 0


def unspent_codes(tx: ReadTx, person_id: str) -> int:
    mine = recovery_codes.c.person_id == person_id, recovery_codes.c.spent_at.is_(None)
    count: int = tx.scalar(select(func.count()).select_from(recovery_codes).where(*mine)) or 0
    return count


def spend_code(tx: WriteTx, phones: Sequence[str], code_hash: bytes, now: datetime) -> str | None:
    """Spend a code; returns its person, if the code is unspent and one of `phones` matches.

    An unknown phone and a wrong code take the same path in the query: no row matches.
    """
    of_phone = select(people.c.id).where(people.c.phone.in_(phones))
    spent = update(recovery_codes).where(
        recovery_codes.c.code_hash == code_hash,
        recovery_codes.c.spent_at.is_(None),
        recovery_codes.c.person_id.in_(of_phone),
    )
    person_id: str | None = tx.scalar(
        spent.values(spent_at=now).returning(recovery_codes.c.person_id)
    )
    return person_id


def insert_link(tx: WriteTx, token_hash: bytes, person_id: str, expires_at: datetime) -> None:
    row = {"token_hash": token_hash, "person_id": person_id, "expires_at": expires_at}
    tx.execute(insert(signin_links), row)


def delete_stale_links(tx: WriteTx, now: datetime) -> None:
    tx.execute(delete(signin_links).where(signin_links.c.expires_at <= now))


def spend_link(tx: WriteTx, token_hash: bytes, now: datetime) -> str | None:
    """Spend a sign-in link; returns its person, or None when it is spent or expired."""
    spent = update(signin_links).where(
        signin_links.c.token_hash == token_hash,
        signin_links.c.spent_at.is_(None),
        signin_links.c.expires_at > now,
    )
    person_id: str | None = tx.scalar(
        spent.values(spent_at=now).returning(signin_links.c.person_id)
    )
    return person_id
