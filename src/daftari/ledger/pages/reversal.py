"""The confirmation page of a reversal."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from daftari.approvals.rules import approvable
from daftari.db.base import ReadTx
from daftari.identity.rules import Member
from daftari.kernel.ids import is_id, new_id
from daftari.kernel.refusal import Missing, Reason
from daftari.ledger.pages.stood import stood_text
from daftari.ledger.rules.refusals import may_take_back
from daftari.ledger.store import account


@dataclass(frozen=True, slots=True)
class ReversalPage:
    """View model of the confirmation: the entry to reverse (`stood`: as JSON), and the reason as
    typed. `asks`: the member has to ask for approval.
    """

    home: str
    customer_id: str
    name: str
    entry_id: str
    kind: str
    minor: int
    currency: str
    occurred_on: date
    note: str
    is_supplier: bool
    stood: str
    id: str
    reason: str
    reasons: Mapping[str, Reason]
    asks: bool


def reversal_page(
    tx: ReadTx,
    member: Member,
    today: date,
    entry_id: str,
    typed: Mapping[str, str],
    reasons: Mapping[str, Reason],
) -> ReversalPage:
    """The confirmation page of a reversal. Raises `Missing` for an unknown entry."""
    entry: Any = account.find_entry_row(tx, entry_id)
    if entry is None:
        raise Missing(entry_id)
    customer: Any = account.find_customer(tx, entry.customer_id)
    return ReversalPage(
        home=member.shop.home,
        customer_id=entry.customer_id,
        name=customer.name,
        entry_id=entry_id,
        kind=entry.kind,
        minor=entry.amount_minor,
        currency=entry.currency,
        occurred_on=entry.occurred_on,
        note=entry.note or "",
        is_supplier=customer.role == "supplier",
        stood=stood_text(entry, entry.note or ""),
        id=usable_id(typed.get("id", ""), reasons),
        reason=typed.get("reason", ""),
        reasons=reasons,
        asks=approvable(reasons) is not None
        or not may_take_back(member, entry.recorded_by, entry.recorded_at, today),
    )


def usable_id(typed: str, reasons: Mapping[str, Reason]) -> str:
    """The form's own id, or a new one when it was refused."""
    is_spent = "form" in reasons and reasons["form"].name == "entry_conflict"
    return new_id() if is_spent or not is_id(typed) else typed
