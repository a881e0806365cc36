"""Actions that write audit records and alerts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import msgspec

from daftari.activity import store
from daftari.db.base import ReadTx, WriteTx
from daftari.kernel.ids import new_id


@dataclass(frozen=True, slots=True)
class AuditRecord:
    """An audit record: `person_id` did `verb` (the action's name) to `subject_id` at `at`.

    `details`: values that a reader needs, such as the old and the new name. `session_id`: the
    session of the request, which says from which device; None for the worker and the command line.
    `shop_id`: the shop that an action in the control file concerns, whose people may read of it.
    `branch_id`: the branch of an action in the shop's file, None for the first.
    """

    person_id: str
    verb: str
    subject_id: str
    at: datetime
    details: Mapping[str, object] | None = None
    session_id: str | None = None
    shop_id: str | None = None
    branch_id: str | None = None


class ActingPerson(Protocol):
    @property
    def id(self) -> str: ...


class ActingMember(Protocol):
    """The member whose action is recorded, as the room of identity knows them."""

    @property
    def person(self) -> ActingPerson: ...
    @property
    def session_id(self) -> str | None: ...
    @property
    def branch_key(self) -> str | None: ...


def note_action(
    tx: WriteTx,
    member: ActingMember,
    at: datetime,
    verb: str,
    subject_id: str,
    details: Mapping[str, object] | None = None,
) -> None:
    """Write a record of a member's action into the shop's audit log, in its transaction."""
    origin = member.session_id, None, member.branch_key
    note_in_shop(tx, AuditRecord(member.person.id, verb, subject_id, at, details, *origin))


def note_in_shop(tx: WriteTx, record: AuditRecord) -> None:
    """Write a record into the shop's audit log, in the transaction of the action."""
    store.insert_shop_activity(tx, _row(record) | {"branch_id": record.branch_id})


def note_in_control(tx: WriteTx, record: AuditRecord) -> None:
    """Write a record into the control file's audit log of people, shops and passkeys."""
    store.insert_account_activity(tx, _row(record) | {"shop_id": record.shop_id})


def note_alert(
    tx: WriteTx,
    at: datetime,
    kind: str,
    subject_id: str,
    details: Mapping[str, object],
    *,
    person_id: str | None = None,
    alert_id: str | None = None,
) -> bool:
    """Insert an alert for the shop, in the transaction of the action; push devices get it later.

    `kind`: `limit_passed`, `large_reversal`, `many_reversals` …; `subject_id`: the customer or
    person it is about. `person_id`: the only person who sees it; None for all whom its kind
    concerns. `alert_id`: idempotency key of an alert that may be inserted twice. Returns True when
    the alert is new.
    """
    row = {
        "id": alert_id or new_id(),
        "at": at,
        "kind": kind,
        "subject_id": subject_id,
        "person_id": person_id,
        "details": msgspec.json.encode(details).decode(),
        "told_at": None,
    }
    return store.insert_alert(tx, row)


def was_alerted(tx: ReadTx, kind: str, subject_id: str, since: datetime) -> bool:
    """Whether there is an alert of this kind about this subject since a moment, it included."""
    return store.has_alert(tx, kind, subject_id, since)


def _row(record: AuditRecord) -> dict[str, object]:
    details = None if record.details is None else msgspec.json.encode(record.details).decode()
    return {
        "id": new_id(),
        "at": record.at,
        "person_id": record.person_id,
        "verb": record.verb,
        "subject_id": record.subject_id,
        "details": details,
        "session_id": record.session_id,
    }
