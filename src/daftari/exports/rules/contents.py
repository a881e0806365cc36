"""What an export contains: which tables of the file, in which order; which not, and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

FORMAT: Final = "daftari-shop"
VERSION: Final = 1
"""The version of the layout of an export, told in docs/export.md. The schema has one of its own."""

TABLES: Final = (
    "customers",
    "main_currency",
    "rates",
    "entries",
    "particulars",
    "goods",
    "photos",
    "allocations",
    "open_items",
    "balances",
    "totals",
    "promises",
    "plans",
    "plan_entries",
    "carried_entries",
    "consents",
    "approvals",
    "messages",
    "reminder_settings",
    "alerts",
    "alert_readings",
    "activity",
    "sync_refusals",
    "idempotency_keys",
)
"""The tables of a shop's file that an export contains, each after those that it refers to."""

LEFT_OUT: Final[Mapping[str, str]] = {
    "day_totals": "sums of entries, which triggers keep",
    "due_totals": "sums of open_items, which triggers keep",
    "push_subscriptions": "secrets of phones; a phone subscribes anew where its person signs in",
    "stop_links": "secret links of this installation's address; each is made anew when needed",
}
"""The tables that it does not contain, and why."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A column with the bytes of a picture, which become a file of their own. `name`: of that file,
    with the row's key in it.
    """

    column: str
    key: str
    name: str


ATTACHMENTS: Final[Mapping[str, Attachment]] = {
    "photos": Attachment("content", "entry_id", "photos/{}.webp"),
    "approvals": Attachment("photo", "id", "photos/approval-{}.webp"),
}
"""The attachments, by table."""
