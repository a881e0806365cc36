"""Rules of alerts: whom each concerns, where it leads, and the values in its text."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Self
from urllib.parse import urlencode

import msgspec

from daftari.identity.rules import Permission, Present, Shop
from daftari.identity.rules.alerts import WITHIN

INBOX_LENGTH: Final = 100
MEMBER_PHONE: Final = "member_phone"
ACCESS_REVIEW: Final = "access_review"
TASK_ENDS: Final = ("task_done", "task_failed")
APPROVAL_ASKED: Final = "approval_asked"
"""What is pushed to those who may answer, and has a place of its own on the pages: no inbox."""
ABOUT_PEOPLE: Final = (
    "many_reversals",
    "large_at_night",
    "many_accounts",
    "export",
    MEMBER_PHONE,
    ACCESS_REVIEW,
)
"""The kinds of alerts about people, for those who manage them; the others are about business."""


@dataclass(frozen=True, slots=True)
class Audience:
    """Which of the alerts for the whole shop somebody sees."""

    sees_business: bool
    manages_people: bool

    @classmethod
    def of(cls, may: Callable[[str], bool]) -> Self:
        return cls(may(Permission.SEE_TOTALS), may(Permission.MANAGE_PEOPLE))

    def sees(self, kind: str) -> bool:
        return self.manages_people if kind in ABOUT_PEOPLE else self.sees_business


@dataclass(frozen=True, slots=True)
class FoundAlert:
    """An alert that somebody opens. `by`: who did what it tells."""

    kind: str
    subject_id: str
    at: datetime
    by: str = ""


def is_own(kind: str, subject_id: str, person_id: str) -> bool:
    """Whether an alert for the shop tells somebody what he is told in an alert of his own."""
    return kind == MEMBER_PHONE and subject_id == person_id


def answerers(details: Mapping[str, Any], present: Iterable[Present]) -> set[str]:
    """The people who may answer a request for approval: with all that it needs, but the asker."""
    needs = details.get("needs", ())
    return {one.person_id for one in present if all(map(one.may, needs))} - {details.get("by")}


def place_of(shop: Shop, alert: FoundAlert) -> str:
    """The address of the page on which to act on an alert; of an odd thing the activity, filtered
    to what it is about.
    """
    if alert.kind == "new_phone":
        return "/account#devices"
    if alert.kind == "limit_passed":
        return f"{shop.home}/customers/{alert.subject_id}"
    if alert.kind == "not_accepted":
        return f"{shop.home}/more/refused"
    if alert.kind == "approval_answered":
        return f"{shop.home}/more/approvals"
    if alert.kind in TASK_ENDS:
        return f"{shop.home}/more/tasks"
    if alert.kind == ACCESS_REVIEW:
        return f"{shop.home}/more/people/review"
    return f"{shop.home}/more/activity?{urlencode(_filter_of(shop, alert))}"


def details_of(kept: str | None, customer: str | None, names: Mapping[str, str]) -> dict[str, Any]:
    """Values for the text of an alert: stored details, the customer's name, the member's name.

    `names`: display names of the shop's people.
    """
    details: dict[str, Any] = msgspec.json.decode(kept) if kept else {}
    return {**details, "name": customer or "", "who": names.get(details.get("by", ""), "")}


def _filter_of(shop: Shop, alert: FoundAlert) -> dict[str, str]:
    """The filter of the activity: who, whose account or what, and the business days of it."""
    is_counted = alert.kind in _COUNTED
    first = shop.day_of(alert.at - WITHIN) if is_counted else shop.day_of(alert.at)
    asked = {
        "person": alert.by,
        "customer": alert.subject_id if alert.kind in _OF_AN_ACCOUNT else "",
        "kind": _COUNTED.get(alert.kind, ""),
        "from": f"{first}",
        "to": "" if alert.kind == MEMBER_PHONE else f"{shop.day_of(alert.at)}",
    }
    return {name: value for name, value in asked.items() if value}


_OF_AN_ACCOUNT: Final = ("large_reversal", "large_at_night")
_COUNTED: Final = {"many_reversals": "reversal", "many_accounts": "export", "export": "export"}
"""What is counted over an hour, and the kind of activity that it is."""
