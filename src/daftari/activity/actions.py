"""Noting a deed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import msgspec

from daftari.activity import store
from daftari.db.base import Tx
from daftari.kernel.ids import new_id


@dataclass(frozen=True, slots=True)
class Done:
    """Who (`person_id`) did what (`verb`, the action's name) to what (`subject_id`), and when.

    `details` holds what a reader needs to understand it, such as the old and the new name.
    """

    person_id: str
    verb: str
    subject_id: str
    at: datetime
    details: Mapping[str, object] | None = None


def note_in_shop(tx: Tx, deed: Done) -> None:
    """Write the deed into the shop's diary, in the deed's own transaction."""
    store.insert_shop_activity(tx, _row(deed))


def note_in_accounts(tx: Tx, deed: Done) -> None:
    """Write the deed into the diary of people, shops and passkeys."""
    store.insert_account_activity(tx, _row(deed))


def _row(deed: Done) -> dict[str, object]:
    details = None if deed.details is None else msgspec.json.encode(deed.details).decode()
    return {
        "id": new_id(),
        "at": deed.at,
        "person_id": deed.person_id,
        "verb": deed.verb,
        "subject_id": deed.subject_id,
        "details": details,
    }
