"""The SQL of handovers: one open one in a shop at a time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, or_, select, update

from daftari.db.base import ReadTx, WriteTx
from daftari.identity.rules.handovers import HandoverState, Stays, state_of
from daftari.identity.tables import people
from daftari.identity.tables.handovers import handovers

_c = handovers.c
_taker = people.alias("taker")
_columns = (
    _c.id,
    _c.shop_id,
    _c.made_by,
    people.c.name,
    _c.to_person,
    _taker.c.name,
    _c.stays,
    _c.expires_at,
    _c.done_at,
    _c.ended_at,
)
_found = (
    select(*_columns)
    .join(people, people.c.id == _c.made_by)
    .join(_taker, _taker.c.id == _c.to_person)
)


@dataclass(frozen=True, slots=True)
class Handover:
    """A shop offered by an owner to another member. `maker`, `taker`: their names; `stays`: what
    becomes of the maker.
    """

    id: str
    shop_id: str
    made_by: str
    maker: str
    to_person: str
    taker: str
    stays: Stays
    expires_at: datetime
    done_at: datetime | None
    ended_at: datetime | None

    def state(self, now: datetime) -> HandoverState:
        return state_of(self.expires_at, self.done_at, self.ended_at, now)


def insert_handover(tx: WriteTx, row: Mapping[str, Any]) -> None:
    tx.execute(insert(handovers), row)


def delete_old(tx: WriteTx, shop_id: str, before: datetime) -> None:
    """Delete the handovers of a shop that ended long ago."""
    tx.execute(delete(handovers).where(_c.shop_id == shop_id, _c.expires_at < before))


def find_handover(tx: ReadTx, shop_id: str, handover_id: str) -> Handover | None:
    """A handover of this shop."""
    return _one(tx, _c.shop_id == shop_id, _c.id == handover_id)


def open_handover(tx: ReadTx, shop_id: str, now: datetime) -> Handover | None:
    """The one that can be accepted now."""
    return _one(tx, _c.shop_id == shop_id, *_is_open(now))


def finish(tx: WriteTx, handover_id: str, now: datetime) -> None:
    """Mark as accepted."""
    tx.execute(update(handovers).where(_c.id == handover_id), {"done_at": now})


def end(tx: WriteTx, handover_id: str, now: datetime) -> bool:
    """End without a change of owner. Returns False when it cannot be accepted any more."""
    ended = update(handovers).where(_c.id == handover_id, *_is_open(now))
    return tx.execute(ended, {"ended_at": now}).rowcount == 1


def end_offers_of(tx: WriteTx, shop_id: str, person_id: str, now: datetime) -> None:
    """End the open offer that somebody made in a shop, or that was made to him."""
    concerns = or_(_c.made_by == person_id, _c.to_person == person_id)
    ended = update(handovers).where(_c.shop_id == shop_id, concerns, *_is_open(now))
    tx.execute(ended, {"ended_at": now})


def _is_open(now: datetime) -> tuple[Any, ...]:
    return _c.done_at.is_(None), _c.ended_at.is_(None), _c.expires_at > now


def _one(tx: ReadTx, *conditions: Any) -> Handover | None:
    row: Any = tx.execute(_found.where(*conditions)).one_or_none()
    if row is None:
        return None
    values = list(row)
    values[6] = Stays(values[6])
    return Handover(*values)
