"""The inbox page: alerts of the shop, read and unread."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from daftari.db.base import ReadTx
from daftari.delivery.pages.notification_text import words_of
from daftari.delivery.pages.speaker import Speaker
from daftari.delivery.rules.alerts import INBOX_LENGTH, Audience, FoundAlert, details_of, place_of
from daftari.delivery.store.alerts import count_unread, find_inbox
from daftari.identity.rules import Member, Permission

_ICONS: Final = {
    "limit_passed": "warning",
    "large_reversal": "reversal",
    "many_reversals": "reversal",
    "large_at_night": "money",
    "many_accounts": "search",
    "export": "share",
    "new_phone": "device",
    "member_phone": "device",
    "access_review": "people",
    "not_accepted": "warning",
    "approval_answered": "check",
    "task_done": "done",
    "task_failed": "warning",
}


@dataclass(frozen=True, slots=True)
class AlertRow:
    """One alert. `href`: the page to act on; `icon`: a name in the SVG sprite; `asks`: whether the
    person is asked whose new phone it was.
    """

    id: str
    at: datetime
    kind: str
    title: str
    body: str
    icon: str
    href: str
    is_read: bool
    asks: bool


@dataclass(frozen=True, slots=True)
class InboxPage:
    """At most a hundred alerts, newest first. `unread`: the number of all unread ones; `shown`: the
    ids of those on the page; `may_manage`: whether the reader sets the
    thresholds.
    """

    home: str
    rows: tuple[AlertRow, ...]
    unread: int
    shown: tuple[str, ...]
    may_manage: bool


def inbox_page(
    tx: ReadTx, member: Member, names: Mapping[str, str], asking: Collection[str]
) -> InboxPage:
    """The inbox page of a member, from two SQL statements. `names`: display names of the shop's
    people; `asking`: the alerts of new phones that the person has not answered.
    """
    person_id, audience = member.person.id, Audience.of(member.may)
    rows = find_inbox(tx, person_id, audience, INBOX_LENGTH)
    speaker = Speaker(member.person.language, member.shop)
    alerts = tuple(_alert(row, speaker, names, row.id in asking) for row in rows)
    shown = tuple(alert.id for alert in alerts if not alert.is_read)
    unread = count_unread(tx, person_id, audience)
    return InboxPage(member.shop.home, alerts, unread, shown, member.may(Permission.MANAGE_SHOP))


def _alert(row: Any, speaker: Speaker, names: Mapping[str, str], asks: bool) -> AlertRow:
    details = {**details_of(row.details, row.name, names), "kind": row.kind}
    words = words_of(speaker, details, is_full=True)
    found = FoundAlert(row.kind, row.subject_id, row.at, details.get("by", ""))
    return AlertRow(
        id=row.id,
        at=row.at,
        kind=row.kind,
        title=words.title,
        body=words.body,
        icon=_ICONS[row.kind],
        href=place_of(speaker.shop, found),
        is_read=row.read_at is not None,
        asks=asks,
    )
