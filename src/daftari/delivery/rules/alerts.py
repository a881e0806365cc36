"""Whom an alert concerns, and what its words are made of."""

from collections.abc import Mapping
from typing import Any, Final

import msgspec

from daftari.identity.rules import Permission

CONCERNS: Final = Permission.SEE_TOTALS
"""What whoever answers for a shop may do; alerts of its business are for them."""


def details_of(kept: str | None, customer: str | None, names: Mapping[str, str]) -> dict[str, Any]:
    """What was kept of an alert, the customer's name, and who did it. `names`: of the people."""
    details: dict[str, Any] = msgspec.json.decode(kept) if kept else {}
    return {**details, "name": customer or "", "who": names.get(details.get("by", ""), "")}
