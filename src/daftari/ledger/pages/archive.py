"""The page on which an account is archived."""

from collections.abc import Mapping
from dataclasses import dataclass

from daftari.customers.actions import get_customer
from daftari.db.base import ReadTx
from daftari.identity.rules import Member
from daftari.kernel.refusal import Reason, Refusal
from daftari.ledger.actions.archive import refuse_open_account


@dataclass(frozen=True, slots=True)
class ArchivePage:
    """View model of the page. `reasons`: why the account cannot be archived now."""

    name: str
    back: str
    may_archive: bool
    reasons: Mapping[str, Reason]


def archive_page(tx: ReadTx, member: Member, customer_id: str) -> ArchivePage:
    """The page. Raises `Missing` for an unknown customer."""
    customer = get_customer(tx, customer_id)
    reasons: Mapping[str, Reason] = {}
    try:
        refuse_open_account(tx, customer_id)
    except Refusal as refused:
        reasons = refused.reasons
    return ArchivePage(
        name=customer.details.name,
        back=f"{member.shop.home}/customers/{customer_id}",
        may_archive=not reasons,
        reasons=reasons,
    )
