"""The SQL of shared tills and of the pins on them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, func, insert, select, update

from daftari.db.base import ReadTx, WriteTx, put
from daftari.identity.tables import memberships, people, sessions, till_pins, tills

_t, _p, _s = tills.c, till_pins.c, sessions.c


@dataclass(frozen=True, slots=True)
class Till:
    """A shared till that has not ended. `pins`: how many people have one on it."""

    id: str
    shop_id: str
    name: str
    created_at: datetime
    pins: int = 0


@dataclass(frozen=True, slots=True)
class Pin:
    """Somebody's pin on a till. `wrong`: wrong answers since the last right one."""

    salt: bytes
    pin_hash: bytes
    wrong: int


@dataclass(frozen=True, slots=True)
class Seller:
    """A member of the till's shop, and whether he has a pin on it."""

    id: str
    name: str
    has_pin: bool


def insert_till(tx: WriteTx, row: Mapping[str, Any]) -> None:
    tx.execute(insert(tills), row)


def find_till(tx: ReadTx, token_hash: bytes) -> Till | None:
    """The till of a cookie."""
    columns = _t.id, _t.shop_id, _t.name, _t.created_at
    found = select(*columns).where(_t.token_hash == token_hash, _t.ended_at.is_(None))
    row: Any = tx.execute(found).one_or_none()
    return None if row is None else Till(*row)


def till_of_member(tx: ReadTx, token_hash: bytes, person_id: str) -> Till | None:
    """The till of a cookie, where the person works in its shop."""
    till, m = find_till(tx, token_hash), memberships.c
    if till is None:
        return None
    works = m.shop_id == till.shop_id, m.person_id == person_id, m.ended_at.is_(None)
    return till if tx.scalar(select(m.person_id).where(*works)) else None


def tills_of(tx: ReadTx, shop_id: str) -> Sequence[Till]:
    """The tills of a shop, the oldest first, in one statement."""
    pins = func.count(_p.person_id)
    found = (
        select(_t.id, _t.shop_id, _t.name, _t.created_at, pins)
        .select_from(tills.outerjoin(till_pins, _p.till_id == _t.id))
        .where(_t.shop_id == shop_id, _t.ended_at.is_(None))
        .group_by(_t.id, _t.shop_id, _t.name, _t.created_at)
        .order_by(_t.created_at, _t.id)
    )
    return [Till(*row) for row in tx.execute(found)]


def end_till(tx: WriteTx, shop_id: str, till_id: str, now: datetime) -> bool:
    """End a till, its pins and the sessions on it. Returns True when the shop had it."""
    its = _t.id == till_id, _t.shop_id == shop_id, _t.ended_at.is_(None)
    if tx.execute(update(tills).where(*its), {"ended_at": now}).rowcount != 1:
        return False
    tx.execute(delete(till_pins).where(_p.till_id == till_id))
    on_it = update(sessions).where(_s.till_id == till_id, _s.ended_at.is_(None))
    tx.execute(on_it, {"ended_at": now})
    return True


def sellers_on(tx: ReadTx, till: Till) -> Sequence[Seller]:
    """The members of the till's shop by the time they joined, in one statement."""
    m = memberships.c
    pin = and_(_p.person_id == m.person_id, _p.till_id == till.id)
    found = (
        select(people.c.id, people.c.name, _p.person_id)
        .select_from(memberships.join(people, people.c.id == m.person_id).outerjoin(till_pins, pin))
        .where(m.shop_id == till.shop_id, m.ended_at.is_(None))
        .order_by(m.created_at, people.c.id)
    )
    return [Seller(row[0], row[1], row[2] is not None) for row in tx.execute(found)]


def find_pin(tx: ReadTx, till_id: str, person_id: str) -> Pin | None:
    mine = _p.till_id == till_id, _p.person_id == person_id
    row: Any = tx.execute(select(_p.salt, _p.pin_hash, _p.wrong).where(*mine)).one_or_none()
    return None if row is None else Pin(*row)


def put_pin(tx: WriteTx, row: Mapping[str, Any]) -> None:
    """Insert a pin, in the place of an earlier one of this person on this till."""
    tx.execute(put(till_pins, "salt", "pin_hash", "wrong", "set_at", "set_in"), row)


def delete_pins_of(
    tx: WriteTx, person_id: str, session_ids: Collection[str], now: datetime
) -> None:
    """Delete the pins that somebody set in these sessions, and end the turns taken by them."""
    its = _p.person_id == person_id, _p.set_in.in_(session_ids)
    on = select(_p.till_id).where(*its)
    turns = _s.person_id == person_id, _s.till_id.in_(on), _s.ended_at.is_(None)
    tx.execute(update(sessions).where(*turns), {"ended_at": now})
    tx.execute(delete(till_pins).where(*its))


def count_wrong(tx: WriteTx, till_id: str, person_id: str, wrong: int) -> None:
    mine = _p.till_id == till_id, _p.person_id == person_id
    tx.execute(update(till_pins).where(*mine), {"wrong": wrong})


def session_on(tx: ReadTx, till_id: str, person_id: str) -> str | None:
    """The session that a person has or had on a till: there is one for all turns."""
    found: str | None = tx.scalar(
        select(_s.id).where(_s.till_id == till_id, _s.person_id == person_id)
    )
    return found
