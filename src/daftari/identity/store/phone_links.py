"""The SQL of phone links, of which only hashes are stored."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import and_, delete, insert, or_, select, update

from daftari.db.base import ReadTx, WriteTx
from daftari.identity.tables import passkeys, phone_links, sessions

REMEMBERED: Final = timedelta(days=1)
"""How long a link is told from one that never was."""


@dataclass(frozen=True, slots=True)
class PhoneLink:
    """A link for a second phone. `passkey_id`: the passkey made with it, `device`: its name now;
    None for one that was not used, or whose passkey is gone.
    """

    person_id: str
    expires_at: datetime
    spent_at: datetime | None
    passkey_id: str | None
    device: str | None


def insert_phone_link(tx: WriteTx, row: Mapping[str, Any]) -> None:
    tx.execute(insert(phone_links), row)


def delete_open_links(tx: WriteTx, person_id: str, now: datetime) -> None:
    """Delete the unspent links of a person, and everybody's that ended a day ago."""
    c = phone_links.c
    unspent = and_(c.person_id == person_id, c.spent_at.is_(None))
    tx.execute(delete(phone_links).where(or_(unspent, c.expires_at < now - REMEMBERED)))


def open_link(tx: ReadTx, token_hash: bytes, now: datetime) -> PhoneLink | None:
    """The link, if it can be used now."""
    row = tx.execute(_links().where(*_is_open(token_hash, now))).one_or_none()
    return None if row is None else PhoneLink(*row)


def find_link(tx: ReadTx, token_hash: bytes) -> PhoneLink | None:
    """The link, whether or not it can be used."""
    row = tx.execute(_links().where(phone_links.c.token_hash == token_hash)).one_or_none()
    return None if row is None else PhoneLink(*row)


def maker_of(tx: ReadTx, token_hash: bytes) -> str | None:
    """The session that made a link."""
    c = phone_links.c
    made_by: str | None = tx.scalar(select(c.session_id).where(c.token_hash == token_hash))
    return made_by


def newest_link(tx: ReadTx, session_id: str) -> PhoneLink | None:
    """The newest link that a session made; of equals the one that was not used."""
    c = phone_links.c
    made = _links().where(c.session_id == session_id)
    newest = made.order_by(c.expires_at.desc(), c.spent_at.nulls_first()).limit(1)
    row = tx.execute(newest).one_or_none()
    return None if row is None else PhoneLink(*row)


def spend_link(tx: WriteTx, token_hash: bytes, passkey_id: str, now: datetime) -> bool:
    """Spend a link for a passkey in one statement. Returns False when it cannot be used now."""
    spent = update(phone_links).where(*_is_open(token_hash, now))
    return tx.execute(spent.values(spent_at=now, passkey_id=passkey_id)).rowcount == 1


def _links() -> Any:
    c = phone_links.c
    columns = c.person_id, c.expires_at, c.spent_at, c.passkey_id, passkeys.c.name
    return select(*columns).outerjoin(passkeys, passkeys.c.id == c.passkey_id)


def _is_open(token_hash: bytes, now: datetime) -> tuple[Any, ...]:
    """Unspent, in time, and made by a session that has not ended."""
    c = phone_links.c
    alive = select(sessions.c.id).where(sessions.c.ended_at.is_(None), sessions.c.expires_at > now)
    is_mine = c.token_hash == token_hash
    return is_mine, c.spent_at.is_(None), c.expires_at > now, c.session_id.in_(alive)
