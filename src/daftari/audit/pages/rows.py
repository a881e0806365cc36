"""What is found of a shop's activity, entries and records merged, and the rows that show it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from heapq import merge
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from daftari.audit.pages.kinds import KIND_ICONS
from daftari.audit.pages.sentences import entry_sentence, record_sentence
from daftari.audit.pages.values import Change, changes_of, entry_changes
from daftari.audit.pages.words import Words
from daftari.audit.rules.filters import ActivityFilter, Cursor
from daftari.audit.rules.kinds import VERBS, ActivityKind, kind_of_entry
from daftari.audit.store import (
    EntryActivity,
    RecordActivity,
    find_account_records,
    find_customer_names,
    find_entries,
    find_records,
)
from daftari.db.base import ReadTx
from daftari.kernel.refusal import Missing

Activity = EntryActivity | RecordActivity


@dataclass(frozen=True, slots=True)
class FoundActivity:
    """The newest activity of a filter, merged. `next`: where the next page begins, None at the end.

    `names`: of customers, by id: the one of the filter, and those in details.
    """

    activity: tuple[Activity, ...] = ()
    next: Cursor | None = None
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def session_ids(self) -> frozenset[str]:
        return frozenset(one.session_id for one in self.activity if one.session_id)


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """One activity. `at`: in the shop's zone; `href`: the page of what it is about, '' for none;
    `customer`: the name of whom it is about.
    """

    at: datetime
    day: date
    kind: ActivityKind
    sentence: str
    changes: tuple[Change, ...]
    note: str
    who: str
    device: str
    href: str
    customer: str

    @property
    def icon(self) -> str:
        return KIND_ICONS[self.kind]


def account_records(
    tx: ReadTx, shop_id: str, wanted: ActivityFilter, before: Cursor, rows: int
) -> list[RecordActivity]:
    """What the control file knows of a shop's activity, one more than `rows` if there is one."""
    return find_account_records(tx, shop_id, wanted, before, rows + 1)


def merged_activity(
    tx: ReadTx,
    wanted: ActivityFilter,
    before: Cursor,
    rows: int,
    of_account: Sequence[RecordActivity],
) -> FoundActivity:
    """The shop's activity together with that of the control file. Raises `Missing` for an unknown
    customer.
    """
    entries = find_entries(tx, wanted, before, rows + 1)
    records = find_records(tx, wanted, before, rows + 1)
    sources: list[Sequence[Activity]] = [entries, records, of_account]
    merged = list(islice(merge(*sources, key=_time, reverse=True), rows + 1))
    shown = tuple(merged[:rows])
    further = {str(_details(one).get("into")) for one in shown if _is_record(one)} - {"None"}
    names = find_customer_names(tx, further | {wanted.customer_id or ""} - {""})
    if wanted.customer_id is not None and wanted.customer_id not in names:
        raise Missing(wanted.customer_id)
    return FoundActivity(shown, _next(shown, before) if len(merged) > rows else None, names)


def activity_rows(
    words: Words, names: Mapping[str, str], devices: Mapping[str, str], found: FoundActivity
) -> list[ActivityRow]:
    """The rows of the page, or of its export. `names`: of the shop's people; `devices`: by
    session.
    """
    return [
        _entry_row(words, names, devices, one)
        if isinstance(one, EntryActivity)
        else _record_row(words, names, devices, one, found.names)
        for one in found.activity
    ]


def _time(one: Activity) -> datetime:
    return one.at


def _is_record(one: Activity) -> bool:
    return isinstance(one, RecordActivity)


def _next(shown: Sequence[Activity], before: Cursor) -> Cursor:
    sequences = [one.sequence for one in shown if isinstance(one, EntryActivity)]
    records = [(one.at, one.id) for one in shown if isinstance(one, RecordActivity)]
    last = min(records, default=(before.at, before.record_id))
    return Cursor(min(sequences, default=before.sequence), *last)


def _entry_row(
    words: Words, names: Mapping[str, str], devices: Mapping[str, str], one: EntryActivity
) -> ActivityRow:
    changes = entry_changes(words, one)
    return ActivityRow(
        at=one.at.astimezone(ZoneInfo(words.shop.zone)),
        day=words.shop.day_of(one.at),
        kind=kind_of_entry(one.kind, is_correction=one.corrects_id is not None),
        sentence=entry_sentence(words, one),
        changes=changes,
        note="" if changes else one.note or "",
        who=names.get(one.person_id, ""),
        device=devices.get(one.session_id or "", ""),
        href=f"{words.shop.home}/entries/{one.id}",
        customer=one.name,
    )


def _record_row(
    words: Words,
    names: Mapping[str, str],
    devices: Mapping[str, str],
    one: RecordActivity,
    others: Mapping[str, str],
) -> ActivityRow:
    details = _details(one)
    is_own = one.person_id == one.subject_id and one.name is not None
    return ActivityRow(
        at=one.at.astimezone(ZoneInfo(words.shop.zone)),
        day=words.shop.day_of(one.at),
        kind=VERBS.get(one.verb, ActivityKind.SETTING),
        sentence=record_sentence(words, one, details, {**names, **others}),
        changes=changes_of(words, one.verb, details),
        note="",
        who=(one.name or "") if is_own else names.get(one.person_id, ""),
        device=devices.get(one.session_id or "", ""),
        href=f"{words.shop.home}/customers/{one.subject_id}" if one.name is not None else "",
        customer=one.name or "",
    )


def _details(one: Any) -> Mapping[str, Any]:
    return msgspec.json.decode(one.details) if one.details else {}
