"""An entry as the proof reads it."""

from datetime import date, datetime
from typing import NamedTuple


class StoredState(NamedTuple):
    """An entry as it is stored. What has another type than declared here is a fault.

    `old_…`: the entry that this one reverses; `salt` and what follows: the entry's texts. None when
    there are none. `goods`: name, quantity in thousandths and price of one.
    """

    sequence: int
    id: str
    customer_id: str
    kind: str
    amount_minor: int
    effect_minor: int
    balance_after_minor: int
    currency: str
    occurred_on: date
    due_on: date | None
    method: str | None
    reverses_id: str | None
    recorded_at: datetime
    recorded_by: str
    request_digest: bytes
    particulars_digest: bytes | None
    chain: bytes
    for_id: str | None
    corrects_id: str | None
    paid_minor: int | None
    paid_currency: str | None
    rate_e8: int | None
    rate_of: str | None
    session_id: str | None
    branch_id: str | None
    old_sequence: int | None
    old_kind: str | None
    old_amount_minor: int | None
    old_effect_minor: int | None
    old_customer_id: str | None
    old_currency: str | None
    salt: bytes | None
    note: str | None
    taker: str | None
    paid_by: str | None
    goods: tuple[tuple[str, int, int], ...] = ()
