"""Rules of alerts: the permission that makes them visible, and the values in their texts."""

from collections.abc import Mapping
from typing import Any, Final

import msgspec

from daftari.identity.rules import Permission

CONCERNS: Final = Permission.SEE_TOTALS
"""The permission to see alerts about the shop's business."""
INBOX_LENGTH: Final = 100


def details_of(kept: str | None, customer: str | None, names: Mapping[str, str]) -> dict[str, Any]:
    """Values for the text of an alert: stored details, the customer's name, the member's name.

    `names`: display names of the shop's people.
    """
    details: dict[str, Any] = msgspec.json.decode(kept) if kept else {}
    return {**details, "name": customer or "", "who": names.get(details.get("by", ""), "")}
