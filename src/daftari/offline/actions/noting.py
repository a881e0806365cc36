"""What the book refused from a phone: each item is stored, and the shop is alerted."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from daftari.activity.actions import note_alert
from daftari.db.base import ReadTx, WriteTx
from daftari.identity.rules import Member
from daftari.identity.rules.branches import branch_with
from daftari.kernel.ids import id_within
from daftari.offline.forms.items import (
    AnyItem,
    CorrectionItem,
    EntryItem,
    ReversalItem,
    subject_of,
    verb_of,
)
from daftari.offline.forms.stored_items import content_of
from daftari.offline.store.refusals import count_refusals_of, find_account_of, note_refusal

KEPT: Final = timedelta(days=90)
MOST_OF_FORMER: Final = 2000
"""Of how many items of a former member the content is stored: his phone is in no good hands."""


def keep_refused(
    tx: WriteTx, item: AnyItem, made_at: datetime, reason: str, *, by: Member, at: datetime
) -> bool:
    """Store what was refused, with its content, so that another can still enter it.

    `made_at`: when it was made, by our clock. Returns whether it is new.
    """
    if by.ended_at and count_refusals_of(tx, by.person.id, reason) >= MOST_OF_FORMER:
        return False
    customer_id, branch_id = _place_of(tx, by, item)
    row = {
        "id": item.id,
        "at": at,
        "person_id": by.person.id,
        "device": item.device,
        "verb": verb_of(item),
        "reason": reason,
        "customer_id": customer_id,
        "branch_id": branch_id,
        "content": content_of(item, made_at),
    }
    return note_refusal(tx, row, at - KEPT)


def alert_refused(tx: WriteTx, ids: Sequence[str], *, by: Member, at: datetime) -> None:
    """Alert the shop that items of a member were refused because he may not write them any more.

    `ids`: of those that are new: a batch that is sent again makes no second alert.
    """
    if not ids:
        return
    person_id, alert_id = by.person.id, id_within(ids[0], "not accepted")
    details = {"by": person_id, "count": len(ids), "left": by.ended_at is not None}
    note_alert(tx, at, "not_accepted", person_id, details, alert_id=alert_id)


def _place_of(tx: ReadTx, member: Member, item: AnyItem) -> tuple[str | None, str | None]:
    """The customer and the branch that an item is about; None for those nobody knows."""
    if isinstance(item, ReversalItem | CorrectionItem):
        account = find_account_of(tx, item.entry_id)
        return (account.customer_id, account.branch_id) if account else (None, member.branch_key)
    named = isinstance(item, EntryItem) and branch_with(member.shop.branches, item.branch)
    return subject_of(item), named.key if named else member.branch_key
