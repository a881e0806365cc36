"""The page of push notification settings and push devices."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from daftari.db.base import ReadTx
from daftari.delivery.forms import HOURS, NEVER
from daftari.delivery.store.push_devices import find_subscriptions
from daftari.identity.actions.shops import alerts_of
from daftari.identity.rules import Member, Permission, Shop
from daftari.kernel.clock import civil_date
from daftari.kernel.digits import shown
from daftari.kernel.edits import EditForm, Shown, Stale
from daftari.kernel.forms import Typed
from daftari.kernel.refusal import Missing, Reason, Refusal


@dataclass(frozen=True, slots=True)
class PushDeviceRow:
    """One device of the person. `is_this`: the device of the current session.

    `reached_on`: the day on which the push service last accepted a message for it.
    """

    id: str
    name: str
    form: EditForm
    added_on: date
    reached_on: date | None
    is_this: bool


@dataclass(frozen=True, slots=True)
class NotificationsPage:
    """View model of the notifications page.

    `public_key`: the VAPID key a browser subscribes with. `hours`: value and label of each choice.
    `is_told`: whether this device is subscribed. `said`: the key of the confirmation to show, ''
    for none.
    """

    home: str
    public_key: str
    may_manage: bool
    hours: tuple[tuple[str, str], ...]
    typed: Mapping[str, str]
    shown: Shown
    phones: tuple[PushDeviceRow, ...]
    is_told: bool
    said: str
    reasons: Mapping[str, Reason]


def notifications_page(
    tx: ReadTx,
    member: Member,
    session_id: str,
    living: frozenset[str],
    public_key: str,
    said: str = "",
    typed: Typed | None = None,
    refusal: Refusal | None = None,
    phone_id: str | None = None,
) -> NotificationsPage:
    """The notifications page of a member. `living`: the person's active sessions; devices of ended
    sessions receive nothing and are not shown. `typed`, `refusal`: of the form of the device
    `phone_id`, or of the shop's settings. Raises `Missing` for a device that is not shown.
    """
    shop = member.shop
    of_phone = {} if phone_id is None else {phone_id: (typed, refusal)}
    of_shop = (typed, refusal) if phone_id is None else (None, None)
    texts, shown_now, reasons = _settings(shop, *of_shop)
    rows = find_subscriptions(tx, member.person.id)
    phones = [
        _row(row, shop, session_id, *of_phone.get(row["id"], ()))
        for row in rows
        if row["session_id"] in living
    ]
    if phone_id not in (None, *(phone.id for phone in phones)):
        raise Missing(phone_id)
    return NotificationsPage(
        home=shop.home,
        public_key=public_key,
        may_manage=member.may(Permission.MANAGE_SHOP),
        hours=tuple((hour, shown(f"{int(hour):02}:00", shop.digits)) for hour in HOURS),
        typed=texts,
        shown=shown_now,
        phones=tuple(phones),
        is_told=any(phone.is_this for phone in phones),
        said=said,
        reasons=reasons,
    )


def _settings(
    shop: Shop, typed: Typed | None, refusal: Refusal | None
) -> tuple[Mapping[str, str], Shown, Mapping[str, Reason]]:
    """The shop's settings as their form shows them. Where others changed them meanwhile they are
    as they would be now, but for what was changed here.
    """
    values = {"digest_hour": alerts_of(shop)["digest_hour"]}
    texts, reasons = _texts(values), refusal.reasons if refusal else {}
    if typed is None:
        return texts, Shown.of(values), reasons
    if not isinstance(refusal, Stale):
        return typed, Shown.sent(typed), reasons
    texts |= {name: typed[name] for name in refusal.touched}
    reasons = refusal.asking(lambda name, value: _texts({name: value})[name])
    return texts, Shown.of(values, refusal.conflicts), reasons


def _texts(values: Mapping[str, int | None]) -> dict[str, str]:
    """The settings as their form shows them, by field."""
    return {name: NEVER if value is None else str(value) for name, value in values.items()}


def _row(
    row: Any,
    shop: Shop,
    session_id: str,
    typed: Typed | None = None,
    refusal: Refusal | None = None,
) -> PushDeviceRow:
    stored = {name: row[name] for name in ("name", "wording")}
    reached = row["last_sent_at"]
    return PushDeviceRow(
        id=row["id"],
        name=row["name"],
        form=EditForm.of(stored, typed, refusal),
        added_on=civil_date(row["created_at"], shop.zone),
        reached_on=civil_date(reached, shop.zone) if reached else None,
        is_this=row["session_id"] == session_id,
    )
