"""The SQL of invitations, of whose tokens only hashes are stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from daftari.db.base import ReadTx, WriteTx
from daftari.identity.rules import Role
from daftari.identity.rules.invitations import INVITATION_REMEMBERED, InvitationState
from daftari.identity.tables import invitations, people

_c = invitations.c


@dataclass(frozen=True, slots=True)
class Invitation:
    """An invitation. `maker`: the name of who made it; `person_id`: who came in by it."""

    id: str
    shop_id: str
    made_by: str
    maker: str
    name: str
    role: Role
    created_at: datetime
    expires_at: datetime
    spent_at: datetime | None
    person_id: str | None
    revoked_at: datetime | None
    branch_id: str | None = None

    def state(self, now: datetime) -> InvitationState:
        if self.spent_at is not None:
            return InvitationState.USED
        if self.revoked_at is not None:
            return InvitationState.REVOKED
        return InvitationState.OPEN if now < self.expires_at else InvitationState.LATE


def insert_invitation(tx: WriteTx, row: Mapping[str, Any]) -> None:
    tx.execute(insert(invitations), row)


def delete_old(tx: WriteTx, shop_id: str, now: datetime) -> None:
    """Delete the invitations of a shop that ended long ago."""
    old = _c.shop_id == shop_id, _c.expires_at < now - INVITATION_REMEMBERED
    tx.execute(delete(invitations).where(*old))


def find_invitation(tx: ReadTx, shop_id: str, invitation_id: str) -> Invitation | None:
    """An invitation of this shop."""
    return _one(tx, _c.id == invitation_id, _c.shop_id == shop_id)


def by_token(tx: ReadTx, token_hash: bytes) -> Invitation | None:
    return _one(tx, _c.token_hash == token_hash)


def open_invitations(tx: ReadTx, shop_id: str, now: datetime) -> Sequence[Invitation]:
    """Those that can be used now, the newest first."""
    found = _found().where(_c.shop_id == shop_id, *_is_open(now))
    rows: Any = tx.execute(found.order_by(_c.created_at.desc(), _c.id)).all()
    return [_invitation(row) for row in rows]


def count_open(tx: ReadTx, shop_id: str, now: datetime) -> int:
    found = select(func.count()).select_from(invitations)
    return tx.scalar(found.where(_c.shop_id == shop_id, *_is_open(now))) or 0


def spend_invitation(tx: WriteTx, invitation_id: str, person_id: str, now: datetime) -> bool:
    """Spend an invitation in one statement. Returns False when it cannot be used now."""
    spent = update(invitations).where(_c.id == invitation_id, *_is_open(now))
    return tx.execute(spent, {"spent_at": now, "person_id": person_id}).rowcount == 1


def revoke_invitation(tx: WriteTx, invitation_id: str, now: datetime) -> bool:
    """Revoke an invitation. Returns False when it cannot be used any more."""
    revoked = update(invitations).where(_c.id == invitation_id, *_is_open(now))
    return tx.execute(revoked, {"revoked_at": now}).rowcount == 1


def _is_open(now: datetime) -> tuple[Any, ...]:
    return _c.spent_at.is_(None), _c.revoked_at.is_(None), _c.expires_at > now


def _found() -> Any:
    columns = (
        _c.id,
        _c.shop_id,
        _c.made_by,
        people.c.name,
        _c.name,
        _c.role,
        _c.created_at,
        _c.expires_at,
        _c.spent_at,
        _c.person_id,
        _c.revoked_at,
        _c.branch_id,
    )
    return select(*columns).join(people, people.c.id == _c.made_by)


def _one(tx: ReadTx, *conditions: Any) -> Invitation | None:
    row: Any = tx.execute(_found().where(*conditions)).one_or_none()
    return None if row is None else _invitation(row)


def _invitation(row: Any) -> Invitation:
    values = list(row)
    values[5] = Role(values[5])
    return Invitation(*values)
