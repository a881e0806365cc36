"""Noting a deed, and what a shop should hear of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import msgspec

from daftari.activity import store
from daftari.db.base import WriteTx
from daftari.kernel.ids import new_id


@dataclass(frozen=True, slots=True)
class AuditRecord:
    """Who (`person_id`) did what (`verb`, the action's name) to what (`subject_id`), and when.

    `details` holds what a reader needs to understand it, such as the old and the new name.
    """

    person_id: str
    verb: str
    subject_id: str
    at: datetime
    details: Mapping[str, object] | None = None


def note_in_shop(tx: WriteTx, record: AuditRecord) -> None:
    """Write the deed into the shop's diary, in the deed's own transaction."""
    store.insert_shop_activity(tx, _row(record))


def note_in_control(tx: WriteTx, record: AuditRecord) -> None:
    """Write the deed into the diary of people, shops and passkeys."""
    store.insert_account_activity(tx, _row(record))


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
    """Put an alert into the shop's inbox, in the deed's own transaction; its phones hear of it.

    `kind`: `limit_passed`, `large_reversal`, `new_phone` …; `subject_id`: the customer it is about,
    or the person. `person_id`: whom alone it concerns. `alert_id`: an alert that may be noted
    twice names itself, and stands there once. True when it is new.
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


def _row(record: AuditRecord) -> dict[str, object]:
    details = None if record.details is None else msgspec.json.encode(record.details).decode()
    return {
        "id": new_id(),
        "at": record.at,
        "person_id": record.person_id,
        "verb": record.verb,
        "subject_id": record.subject_id,
        "details": details,
    }
