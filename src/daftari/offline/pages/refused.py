"""The page of refused items from phones, for the owner."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from daftari.db.base import ReadTx
from daftari.identity.rules import Member
from daftari.offline.store.refusals import find_refusals

REFUSALS_SHOWN: Final = 100


@dataclass(frozen=True, slots=True)
class RefusedView:
    """A refused item. `device`: the first characters of the phone's id."""

    at: datetime
    who: str
    device: str
    verb: str
    reason: str


@dataclass(frozen=True, slots=True)
class RefusedPage:
    back: str
    rows: tuple[RefusedView, ...]


def refused_page(tx: ReadTx, member: Member, people: Mapping[str, str]) -> RefusedPage:
    """The newest refused items, at most a hundred."""
    rows = (
        RefusedView(row.at, people.get(row.person_id, ""), row.device[-4:], row.verb, row.reason)
        for row in find_refusals(tx, REFUSALS_SHOWN)
    )
    return RefusedPage(f"/s/{member.shop.id}/more", tuple(rows))
