"""Push notifications to the shop's own devices."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Notification:
    """A push notification to the devices of a shop.

    `kind`: `digest`, `test`, or that of an alert (`limit_passed`, `many_reversals` …); its text,
    full or discreet, is made in the reader's language when it is sent. `path`: the page a tap
    opens, below the shop's home. `details`: values in the text, such as `{"due": 3, "late": 2}`.
    `purpose`: `digest`, `alert` or `test`, for the log. `customer_id`: the customer whose name is
    in it.
    """

    kind: str
    dedupe: str
    path: str
    purpose: str
    details: Mapping[str, Any] = field(default_factory=dict)
    customer_id: str | None = None
    not_before: datetime | None = None
    expires_at: datetime | None = None
