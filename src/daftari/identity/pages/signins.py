"""The sign-in list of a person: how sessions began, and what was odd, newest first."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from daftari.db.base import ReadTx
from daftari.identity.pages.signin import Reasons
from daftari.identity.rules import Session
from daftari.identity.rules.signins import SignInKind
from daftari.identity.store import people, sessions, signins
from daftari.kernel.clock import as_text, from_text

ROWS: Final = 30


@dataclass(frozen=True, slots=True)
class SignInRow:
    """A row of the list. `at`: in the time zone of the person's shop; `times`: of an odd answer,
    how often in a day; `is_in`: its session has not ended; `asks`: whether to ask whose phone it
    was; `answer`: `mine` or `not_mine`, '' where nothing was said.
    """

    id: str
    kind: str
    device: str
    at: datetime
    times: int
    is_odd: bool
    is_this: bool
    is_in: bool
    is_new_phone: bool
    asks: bool
    answer: str


@dataclass(frozen=True, slots=True)
class SignInsPage:
    """A page of the list. `older`: what to ask for the next one with, '' on the last."""

    rows: tuple[SignInRow, ...]
    older: str
    is_first: bool
    reasons: Reasons


def signins_page(
    tx: ReadTx, session: Session, before: str, now: datetime, reasons: Reasons
) -> SignInsPage:
    """The page after the row that `before` names, else the first; four SQL statements."""
    person_id, place = session.person.id, _place(before)
    found = signins.signin_rows(tx, person_id, ROWS + 1, place)
    home = people.home_of(tx, person_id)
    shop = people.find_shop(tx, home) if home else None
    zone = ZoneInfo(shop.zone if shop else "UTC")
    living = {row["id"] for row in sessions.living_sessions(tx, person_id, now)}
    rows = tuple(_row(row, session, living, zone) for row in found[:ROWS])
    older = _mark(found[ROWS - 1]) if len(found) > ROWS else ""
    return SignInsPage(rows, older, place is None, reasons)


def _row(row: Any, session: Session, living: set[str], zone: ZoneInfo) -> SignInRow:
    is_this = row.session_id == session.id
    return SignInRow(
        id=row.id,
        kind=row.kind,
        device=row.device,
        at=row.at.astimezone(zone),
        times=row.times,
        is_odd=SignInKind(row.kind).is_odd,
        is_this=is_this,
        is_in=row.session_id in living,
        is_new_phone=row.is_new_phone,
        asks=row.is_new_phone and row.answered_at is None and not is_this,
        answer=row.answer or "",
    )


def _mark(row: Any) -> str:
    return f"{as_text(row.at)}.{row.id}"


def _place(before: str) -> tuple[datetime, str] | None:
    at, dot, row_id = before.rpartition(".")
    if not dot:
        return None
    try:
        return from_text(at), row_id
    except ValueError:
        return None
