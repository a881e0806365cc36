"""The SQL of the members of a shop."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, func, select, update

from daftari.db.base import ReadTx, WriteTx, put
from daftari.db.prepared import prepared
from daftari.identity.rules import Member, Person, Role, Shop
from daftari.identity.rules.staff import Position
from daftari.identity.store.access import (
    as_adjustments,
    as_shop,
    member_columns,
    role_columns,
    shop_columns,
    shop_with_branches,
)
from daftari.identity.tables import memberships, people, sessions, shops

_m = memberships.c
_position_columns = (*role_columns, _m.branch_id)
_person_columns = (people.c.id, people.c.name, people.c.phone, people.c.language)


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A member of a shop, when he joined, when he was seen last in any shop, and the number of the
    devices on which he is signed in.
    """

    person: Person
    position: Position
    since: datetime
    seen_at: datetime | None
    devices: int


def members_of(tx: ReadTx, shop_id: str, now: datetime) -> Sequence[MemberRow]:
    """The members of a shop by the time they joined, in one statement."""
    alive = and_(
        sessions.c.person_id == _m.person_id,
        sessions.c.ended_at.is_(None),
        sessions.c.expires_at > now,
    )
    seen = func.max(sessions.c.last_seen_at, type_=sessions.c.last_seen_at.type)
    columns = (*_person_columns, *_position_columns, _m.created_at, seen, func.count(sessions.c.id))
    found = (
        select(*columns)
        .select_from(memberships.join(people, people.c.id == _m.person_id))
        .outerjoin(sessions, alive)
        .where(_m.shop_id == shop_id, _m.ended_at.is_(None))
        .group_by(*_person_columns, *_position_columns, _m.created_at)
        .order_by(_m.created_at, people.c.id)
    )
    rows: Any = tx.execute(found).all()
    return [MemberRow(Person(*row[:4]), _position(*row[4:8]), *row[8:]) for row in rows]


def find_position(tx: ReadTx, shop_id: str, person_id: str) -> Position | None:
    """The position of a member; None for who is none, or is none any more."""
    row: Any = tx.execute(select(*_position_columns).where(*_is(shop_id, person_id))).one_or_none()
    return None if row is None else _position(*row)


_membership = prepared(
    select(*_person_columns, *member_columns, _m.ended_at, *shop_columns)
    .select_from(
        memberships.join(people, people.c.id == _m.person_id).join(shops, shops.c.id == _m.shop_id)
    )
    .where(_m.shop_id == bindparam("shop_id"), _m.person_id == bindparam("person_id"))
)


def find_membership(tx: ReadTx, shop_id: str, person_id: str) -> Member | None:
    """The membership of a person as it is now; None for who is no member any more."""
    member = find_last_membership(tx, shop_id, person_id)
    return None if member is None or member.ended_at is not None else member


def find_last_membership(tx: ReadTx, shop_id: str, person_id: str) -> Member | None:
    """The membership of a person as it is now, or as it ended."""
    found = tx.execute(_membership, {"shop_id": shop_id, "person_id": person_id})
    row: Any = found.one_or_none()
    if row is None:
        return None
    role, granted, denied, branch_id, remembered, ended_at, *of_shop = row[4:]
    shop, adjusted = shop_with_branches(tx, *of_shop), as_adjustments(granted, denied)
    position = Role(role), None, adjusted, branch_id, remembered, ended_at
    return Member(Person(*row[:4]), shop, *position)


def count_owners(tx: ReadTx, shop_id: str) -> int:
    owners = (_m.shop_id == shop_id, _m.role == Role.OWNER, _m.ended_at.is_(None))
    return tx.scalar(select(func.count()).select_from(memberships).where(*owners)) or 0


def find_owner_phone(tx: ReadTx, shop_id: str) -> str | None:
    """The phone of who has owned the shop for the longest time."""
    first = (
        select(people.c.phone)
        .join(memberships, _m.person_id == people.c.id)
        .where(_m.shop_id == shop_id, _m.role == Role.OWNER, _m.ended_at.is_(None))
        .order_by(_m.created_at, _m.person_id)
        .limit(1)
    )
    return tx.scalar(first)


def shops_of(tx: ReadTx, person_id: str) -> Sequence[Shop]:
    """The shops of which a person is a member, by the time of joining."""
    mine = (
        select(*shop_columns)
        .join(memberships, _m.shop_id == shops.c.id)
        .where(_m.person_id == person_id, _m.ended_at.is_(None))
        .order_by(_m.created_at, _m.shop_id)
    )
    rows: Any = tx.execute(mine).all()
    return [as_shop(*row) for row in rows]


def former_shops(tx: ReadTx, person_id: str, since: datetime) -> Sequence[tuple[Shop, datetime]]:
    """The shops of which a person was a member until a moment after `since`, and until when."""
    ended = _m.person_id == person_id, _m.ended_at > since
    found = select(*shop_columns, _m.ended_at).join(memberships, _m.shop_id == shops.c.id)
    rows: Any = tx.execute(found.where(*ended).order_by(_m.ended_at.desc())).all()
    return [(as_shop(*row[:-1]), row[-1]) for row in rows]


def change_position(tx: WriteTx, shop_id: str, person_id: str, position: Position) -> None:
    tx.execute(update(memberships).where(*_is(shop_id, person_id)), columns_of(position))


def put_membership(
    tx: WriteTx, shop_id: str, person_id: str, position: Position, now: datetime
) -> None:
    """Insert a membership; who was a member once comes back with this position, from now on."""
    row = {"person_id": person_id, "shop_id": shop_id, "created_at": now, "ended_at": None}
    again = put(memberships, *columns_of(position), "created_at", "ended_at")
    tx.execute(again, {**row, **columns_of(position)})


def end_membership(tx: WriteTx, shop_id: str, person_id: str, now: datetime) -> bool:
    """End a membership. Returns True when there was one."""
    ended = update(memberships).where(*_is(shop_id, person_id))
    return tx.execute(ended, {"ended_at": now}).rowcount == 1


def remember_branch(tx: WriteTx, shop_id: str, person_id: str, branch_id: str) -> None:
    """Store the branch that somebody chose to write in."""
    chosen = {"current_branch_id": branch_id}
    tx.execute(update(memberships).where(*_is(shop_id, person_id)), chosen)


def columns_of(position: Position) -> Mapping[str, str | None]:
    """The columns in which a position is stored."""
    adjusted = position.adjusted
    return {
        "role": position.role,
        "granted": " ".join(sorted(adjusted.granted)),
        "denied": " ".join(sorted(adjusted.denied)),
        "branch_id": position.branch_id,
    }


def _position(role: str, granted: str, denied: str, branch_id: str | None) -> Position:
    return Position(Role(role), as_adjustments(granted, denied), branch_id)


def _is(shop_id: str, person_id: str) -> tuple[Any, ...]:
    return _m.shop_id == shop_id, _m.person_id == person_id, _m.ended_at.is_(None)
