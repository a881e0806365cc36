"""The page on which a phone is told to tell."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from daftari.db.base import ReadTx
from daftari.delivery.forms import HOURS, NEVER
from daftari.delivery.store.push_devices import find_subscriptions
from daftari.identity.rules import Member, Permission, Shop
from daftari.identity.rules.alerts import usual_large_minor
from daftari.kernel.clock import civil_date
from daftari.kernel.digits import shown
from daftari.kernel.money import format_amount
from daftari.kernel.refusal import Reason


@dataclass(frozen=True, slots=True)
class PushDeviceRow:
    """One phone of the person. `is_this`: the sign-in that is looking.

    `reached_on`: when the push service last took a message for it.
    """

    id: str
    name: str
    wording: str
    added_on: date
    reached_on: date | None
    is_this: bool


@dataclass(frozen=True, slots=True)
class NotificationsPage:
    """`public_key`: what a browser subscribes with. `hours`: value and words to choose from.

    `usual`: from which amount on a reversal is told of when nothing is chosen. `is_told`: whether
    this phone is among them. `said`: what was just done, '' when nothing.
    """

    home: str
    public_key: str
    may_manage: bool
    hours: tuple[tuple[str, str], ...]
    typed: Mapping[str, str]
    usual: str
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
    typed: Mapping[str, str] | None = None,
    reasons: Mapping[str, Reason] | None = None,
) -> NotificationsPage:
    """`living`: the person's sign-ins that still hold; phones of others are told nothing."""
    shop = member.shop
    rows = find_subscriptions(tx, member.person.id)
    phones = [_line(row, shop, session_id) for row in rows if row["session_id"] in living]
    return NotificationsPage(
        home=shop.home,
        public_key=public_key,
        may_manage=member.may(Permission.MANAGE_SHOP),
        hours=tuple((hour, shown(f"{int(hour):02}:00", shop.digits)) for hour in HOURS),
        typed=typed if typed is not None else _typed(shop),
        usual=_amount(usual_large_minor(shop.currency), shop),
        phones=tuple(phones),
        is_told=any(phone.is_this for phone in phones),
        said=said,
        reasons=reasons or {},
    )


def _typed(shop: Shop) -> Mapping[str, str]:
    hour, large = shop.digest_hour, shop.large_reversal_minor
    return {
        "digest_hour": NEVER if hour is None else str(hour),
        "large_reversal": "" if large is None else _amount(large, shop),
    }


def _amount(minor: int, shop: Shop) -> str:
    return format_amount(minor, shop.money.decimals, shop.digits, shop.notation)


def _line(row: Any, shop: Shop, session_id: str) -> PushDeviceRow:
    reached = row["last_sent_at"]
    return PushDeviceRow(
        id=row["id"],
        name=row["name"],
        wording=row["wording"],
        added_on=civil_date(row["created_at"], shop.zone),
        reached_on=civil_date(reached, shop.zone) if reached else None,
        is_this=row["session_id"] == session_id,
    )
