"""SQL of the shop's alerts, whose tables belong to `activity`."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Executable,
    Select,
    and_,
    bindparam,
    false,
    func,
    insert,
    or_,
    select,
    update,
)

from daftari.activity.tables import alert_readings, alerts
from daftari.customers.tables import customers
from daftari.db.base import Moment, ReadTx, Rows, WriteTx
from daftari.db.prepared import prepared
from daftari.delivery.rules.alerts import (
    ABOUT_PEOPLE,
    APPROVAL_ASKED,
    MEMBER_PHONE,
    Audience,
)
from daftari.identity.tables import memberships, signins

Person = str | BindParameter[str]
"""The id of a person, or the place for it in a cached statement."""


@dataclass(frozen=True, slots=True)
class NewPhone:
    """A sign-in on a device the person had not used before. `device`: «هاتف Android»; `others`: how
    many others the shop has.
    """

    id: str
    at: datetime
    person_id: str
    device: str
    others: int


_other = memberships.alias("other")
_others = (
    select(func.count())
    .select_from(_other)
    .where(
        _other.c.shop_id == bindparam("shop_id"),
        _other.c.person_id != signins.c.person_id,
        _other.c.ended_at.is_(None),
    )
    .scalar_subquery()
)
_NEW_PHONES = (
    select(signins.c.id, signins.c.at, signins.c.person_id, signins.c.device, _others)
    .join(
        memberships,
        and_(
            memberships.c.person_id == signins.c.person_id,
            memberships.c.shop_id == bindparam("shop_id"),
            memberships.c.ended_at.is_(None),
            memberships.c.created_at <= signins.c.at,
        ),
    )
    .where(signins.c.is_new_phone, signins.c.at > bindparam("since", type_=Moment()))
)
_named = select(alerts, customers.c.name).outerjoin(
    customers, customers.c.id == alerts.c.subject_id
)


def find_new_phones(tx: ReadTx, shop_id: str, since: datetime) -> list[NewPhone]:
    rows = tx.execute(_NEW_PHONES, {"shop_id": shop_id, "since": since}).all()
    return [NewPhone(*row) for row in rows]


def find_known(tx: ReadTx, ids: Sequence[str]) -> set[str]:
    return set(tx.scalars(select(alerts.c.id).where(alerts.c.id.in_(ids))))


def find_unnotified(tx: ReadTx) -> Rows:
    """Alerts without a push notification so far, with the customer's `name` if there is one."""
    return tx.execute(_named.where(alerts.c.told_at.is_(None)).order_by(alerts.c.id)).all()


def mark_notified(tx: WriteTx, at: datetime) -> None:
    tx.execute(update(alerts).where(alerts.c.told_at.is_(None)), {"told_at": at})


def find_inbox(tx: ReadTx, person_id: str, audience: Audience, limit: int) -> Rows:
    """The newest alerts that concern a person, with `read_at`."""
    shown = select(alerts, customers.c.name, alert_readings.c.at.label("read_at"))
    read = and_(alert_readings.c.alert_id == alerts.c.id, alert_readings.c.person_id == person_id)
    found = (
        shown.outerjoin(customers, customers.c.id == alerts.c.subject_id)
        .outerjoin(alert_readings, read)
        .where(_concerns(person_id, audience))
    )
    return tx.execute(found.order_by(alerts.c.at.desc(), alerts.c.id.desc()).limit(limit)).all()


def find_alert(tx: ReadTx, alert_id: str, person_id: str, audience: Audience) -> Any:
    """Kind, subject, time and details of an alert; None when it is missing or does not concern the
    person.
    """
    c = alerts.c
    found = select(c.kind, c.subject_id, c.at, c.details).where(
        c.id == alert_id, _concerns(person_id, audience)
    )
    return tx.execute(found).one_or_none()


def find_unread(tx: ReadTx, person_id: str, audience: Audience) -> set[str]:
    """The ids of the alerts that concern a person and are not read."""
    return set(tx.scalars(_unread(select(alerts.c.id), person_id, audience)))


def count_unread(tx: ReadTx, person_id: str, audience: Audience) -> int:
    return tx.scalar(_count_unread(audience), {"person_id": person_id}) or 0


@cache
def _count_unread(audience: Audience) -> Executable:
    """The statement, cached: every page of a shop runs it."""
    counted = select(func.count()).select_from(alerts)
    return prepared(_unread(counted, bindparam("person_id"), audience))


def insert_readings(tx: WriteTx, ids: Collection[str], person_id: str, at: datetime) -> None:
    if ids:
        rows = [{"alert_id": one, "person_id": person_id, "at": at} for one in ids]
        tx.execute(insert(alert_readings), rows)


def _unread(found: Select[Any], person_id: Person, audience: Audience) -> Select[Any]:
    read = (
        select(alert_readings.c.alert_id)
        .where(alert_readings.c.alert_id == alerts.c.id, alert_readings.c.person_id == person_id)
        .exists()
    )
    return found.where(_concerns(person_id, audience), ~read)


def _concerns(person_id: Person, audience: Audience) -> ColumnElement[bool]:
    """Whether a person sees an alert: `Audience.sees`, `is_own`, and what is for nobody else. A
    request for approval stands in no inbox.
    """
    c = alerts.c
    mine, own = c.person_id == person_id, and_(c.kind == MEMBER_PHONE, c.subject_id == person_id)
    about_people = or_(*(c.kind == kind for kind in ABOUT_PEOPLE))
    seen = {
        (True, True): ~own,
        (True, False): ~about_people,
        (False, True): and_(about_people, ~own),
        (False, False): false(),
    }
    shared = and_(c.kind != APPROVAL_ASKED, seen[audience.sees_business, audience.manages_people])
    return or_(mine, and_(c.person_id.is_(None), shared))
