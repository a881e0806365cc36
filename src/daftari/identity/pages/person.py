"""The page of the signed-in person: name, passkeys, devices, language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from daftari.db.base import ReadTx
from daftari.identity.pages.signin import Reasons
from daftari.identity.rules import Person, Session, Shop
from daftari.identity.rules.people import ANSWERED_FOR
from daftari.identity.rules.phones import shown_phone
from daftari.identity.store import memberships, passkeys, people, recovery, sessions
from daftari.identity.store.memberships import former_shops
from daftari.kernel.clock import civil_date
from daftari.kernel.edits import EditForm
from daftari.kernel.forms import Typed
from daftari.kernel.refusal import Refusal

OWN_NAME: Final = "own"


@dataclass(frozen=True, slots=True)
class PasskeyRow:
    """One passkey in the list. Dates are in the time zone of the person's shop."""

    id: str
    name: str
    form: EditForm
    added_on: date
    used_on: date | None


@dataclass(frozen=True, slots=True)
class DeviceRow:
    """One session in the list of devices. `is_this`: the session of this request."""

    id: str
    name: str
    form: EditForm
    seen_on: date
    is_this: bool


@dataclass(frozen=True, slots=True)
class PersonPage:
    """The page of the signed-in person. `home`: the address of the shop's book, or `/`; `former`:
    the shops that were closed to the person lately.
    """

    person: Person
    phone: str
    passkeys: tuple[PasskeyRow, ...]
    devices: tuple[DeviceRow, ...]
    codes_left: int
    home: str
    name: EditForm
    language: EditForm
    lock_after: int
    reasons: Reasons
    shops: tuple[Shop, ...]
    former: tuple[Shop, ...]


@dataclass(frozen=True, slots=True)
class RefusedEdit:
    """A refused form of the person's page. `of_id`: the passkey or session whose name it is,
    `OWN_NAME` for the person's own; '' for the language.
    """

    typed: Typed
    refusal: Refusal
    of_id: str = ""


def person_page(
    tx: ReadTx,
    session: Session,
    now: datetime,
    reasons: Reasons,
    refused: RefusedEdit | None = None,
) -> PersonPage:
    """The page of the signed-in person; seven SQL statements whatever the length of the lists.
    `refused`: the form that stands as it was typed; `reasons`: of anything else.
    """
    person = session.person
    home = people.home_of(tx, person.id)
    shop = people.find_shop(tx, home) if home else None
    zone = shop.zone if shop else "UTC"
    return PersonPage(
        person=person,
        phone=shown_phone(person.phone) if person.phone else "",
        passkeys=tuple(_passkey_rows(tx, person.id, zone, refused)),
        devices=tuple(_device_rows(tx, session, zone, now, refused)),
        codes_left=recovery.unspent_codes(tx, person.id),
        home=f"{shop.home}/" if shop else "/",
        name=_edit_form({"name": person.name}, OWN_NAME, refused),
        language=_edit_form({"language": person.language}, "", refused),
        lock_after=session.lock_after,
        reasons=reasons,
        shops=tuple(memberships.shops_of(tx, person.id)),
        former=tuple(one for one, _ in former_shops(tx, person.id, now - ANSWERED_FOR)),
    )


def _edit_form(values: Mapping[str, str], of_id: str, refused: RefusedEdit | None) -> EditForm:
    """The form of a state, as it was refused where it is the one that was."""
    if refused is None or refused.of_id != of_id:
        return EditForm.of(values)
    return EditForm.of(values, refused.typed, refused.refusal)


def _passkey_rows(
    tx: ReadTx, person_id: str, zone: str, refused: RefusedEdit | None
) -> Iterable[PasskeyRow]:
    for row in passkeys.passkey_rows(tx, person_id):
        used = row["last_used_at"]
        yield PasskeyRow(
            row["id"],
            row["name"],
            _edit_form({"name": row["name"]}, row["id"], refused),
            civil_date(row["created_at"], zone),
            civil_date(used, zone) if used else None,
        )


def _device_rows(
    tx: ReadTx, session: Session, zone: str, now: datetime, refused: RefusedEdit | None
) -> Iterable[DeviceRow]:
    for row in sessions.living_sessions(tx, session.person.id, now):
        yield DeviceRow(
            row["id"],
            row["device"],
            _edit_form({"name": row["device"]}, row["id"], refused),
            civil_date(row["last_seen_at"], zone),
            row["id"] == session.id,
        )
