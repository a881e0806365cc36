"""The SQL of people, shops and memberships."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, insert, select, update

from daftari.db.base import ReadTx, WriteTx
from daftari.db.keys import shop_keys
from daftari.db.prepared import prepared
from daftari.identity.rules import Person, Present, Role, Shop
from daftari.identity.store.access import as_adjustments, as_shop, role_columns, shop_columns
from daftari.identity.tables import memberships, people, sessions, shops

_person = select(people.c.id, people.c.name, people.c.phone, people.c.language)
_names_in = prepared(
    select(people.c.id, people.c.name)
    .join(memberships, memberships.c.person_id == people.c.id)
    .where(memberships.c.shop_id == bindparam("shop_id"))
)


def insert_person(tx: WriteTx, person: Person, now: datetime) -> None:
    row = {"name": person.name, "phone": person.phone, "language": person.language}
    tx.execute(insert(people), {"id": person.id, "created_at": now, **row})


def insert_shop(tx: WriteTx, row: Mapping[str, Any], wrapped_key: bytes) -> None:
    """Insert a shop, and the wrapped key of its file."""
    tx.execute(insert(shops), row)
    key = {"shop_id": row["id"], "wrapped_key": wrapped_key, "created_at": row["created_at"]}
    tx.execute(insert(shop_keys), key)


def insert_membership(tx: WriteTx, person_id: str, shop_id: str, role: str, now: datetime) -> None:
    row = {"person_id": person_id, "shop_id": shop_id, "role": role, "created_at": now}
    tx.execute(insert(memberships), row)


def people_by_phones(tx: ReadTx, phones: Sequence[str]) -> Sequence[Person]:
    """All people with one of these numbers, oldest first; several may share a number."""
    known = _person.where(people.c.phone.in_(phones)).order_by(people.c.created_at)
    rows: Any = tx.execute(known).all()
    return [Person(*row) for row in rows]


def find_person(tx: ReadTx, person_id: str) -> Person | None:
    row: Any = tx.execute(_person.where(people.c.id == person_id)).one_or_none()
    return None if row is None else Person(*row)


def names_in(tx: ReadTx, shop_id: str) -> dict[str, str]:
    """The names of all present and former members of a shop, by person id."""
    return {row[0]: row[1] for row in tx.execute(_names_in, {"shop_id": shop_id})}


_present = (
    select(sessions.c.id, people.c.id, people.c.name, people.c.language, *role_columns)
    .join(people, people.c.id == sessions.c.person_id)
    .join(memberships, memberships.c.person_id == people.c.id)
    .where(
        memberships.c.shop_id == bindparam("shop_id"),
        memberships.c.ended_at.is_(None),
        sessions.c.ended_at.is_(None),
        sessions.c.expires_at > bindparam("now", type_=sessions.c.expires_at.type),
    )
)


def signed_in_at(tx: ReadTx, shop_id: str, now: datetime) -> list[Present]:
    """The valid sessions of all members of a shop."""
    rows: Any = tx.execute(_present, {"shop_id": shop_id, "now": now}).all()
    return [
        Present(row[0], Role(row[4]), row[1], row[2], row[3], as_adjustments(row[5], row[6]))
        for row in rows
    ]


def change_person(tx: WriteTx, person_id: str, changes: Mapping[str, Any]) -> None:
    tx.execute(update(people).where(people.c.id == person_id), changes)


def find_shop(tx: ReadTx, shop_id: str) -> Shop | None:
    row: Any = tx.execute(select(*shop_columns).where(shops.c.id == shop_id)).one_or_none()
    return None if row is None else as_shop(*row)


def change_shop(tx: WriteTx, shop_id: str, changes: Mapping[str, Any]) -> None:
    tx.execute(update(shops).where(shops.c.id == shop_id), changes)


_currencies = select(shops.c.id, shops.c.currency).where(
    shops.c.id.in_(bindparam("shop_ids", expanding=True))
)


def find_currencies(tx: ReadTx, shop_ids: Iterable[str]) -> dict[str, str]:
    """The main currency of each of these shops that there is."""
    return {row[0]: row[1] for row in tx.execute(_currencies, {"shop_ids": list(shop_ids)})}


def replace_currency(tx: WriteTx, shop_id: str, old: str, new: str) -> None:
    """Change a shop's main currency where it is still `old`."""
    still = (shops.c.id == shop_id, shops.c.currency == old)
    amounts = {"large_reversal_minor": None, "large_at_night_minor": None}
    tx.execute(update(shops).where(*still), {"currency": new, **amounts})


def home_of(tx: ReadTx, person_id: str) -> str | None:
    """The shop a person visited last, else the first one joined; None without a shop."""
    last_visit = (
        select(func.max(sessions.c.last_seen_at))
        .where(
            sessions.c.person_id == memberships.c.person_id,
            sessions.c.shop_id == memberships.c.shop_id,
        )
        .scalar_subquery()
    )
    mine = select(memberships.c.shop_id).where(
        memberships.c.person_id == person_id, memberships.c.ended_at.is_(None)
    )
    by_visit = mine.order_by(last_visit.desc().nulls_last(), memberships.c.created_at)
    shop_id: str | None = tx.scalar(by_visit.limit(1))
    return shop_id
