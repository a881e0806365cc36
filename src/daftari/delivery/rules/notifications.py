"""What is told to the shop's own phones."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Notification:
    """Something the phones of a shop are told.

    `kind`: `digest`, `limit_passed`, `large_reversal`, `new_phone`, `test`; it has its words in
    each language, full and discreet, made when it is sent. `path`: where a tap leads, below the
    shop's home. `details`: what the words need, such as `{"due": 3, "late": 2}`.
    `purpose`: `digest`, `alert` or `test`, for the log. `customer_id`: whose name is in it.
    """

    kind: str
    dedupe: str
    path: str
    purpose: str
    details: Mapping[str, Any] = field(default_factory=dict)
    customer_id: str | None = None
    not_before: datetime | None = None
    expires_at: datetime | None = None
