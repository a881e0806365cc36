"""Verdicts on the items that a phone sends."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from daftari.identity.rules import Member, Permission
from daftari.kernel.refusal import Reason

NEWEST_FORM: Final = 1
MOST_ITEMS: Final = 50
PERMISSIONS: Final = {
    "add_customer": Permission.ADD_CUSTOMER,
    "correct_entry": Permission.REVERSE_OWN_ENTRY,
    "record_entry": Permission.RECORD_ENTRY,
    "reverse_entry": Permission.REVERSE_OWN_ENTRY,
}
ALERTED: Final = frozenset({"not_allowed", "removed_from_shop"})
"""Reasons of which the shop is alerted: the member may not write any more what he wrote."""


class Answer(StrEnum):
    """The kind of a verdict.

    `written`: now; `asked`: it waits for approval; `known`: it was in the book before;
    `conflict`: the id has other content in the book, which stays; `refused`: for good; `deferred`:
    send it again later.
    """

    WRITTEN = "written"
    KNOWN = "known"
    ASKED = "asked"
    CONFLICT = "conflict"
    REFUSED = "refused"
    DEFERRED = "deferred"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result of one item, by its id; '' where the item had none.

    `field`: the field of its form that the reason speaks of, `form` for the whole of it.
    """

    id: str
    answer: Answer
    reason: Reason | None = None
    field: str = "form"


def stranger(member: Member, person_id: str, shop_id: str) -> str | None:
    """The reason why an item is not the sender's own in this shop: another person's, or another
    shop's.
    """
    if person_id != member.person.id:
        return "other_person"
    return "other_shop" if shop_id != member.shop.id else None


def of_former(verdict: Verdict) -> Verdict:
    """The verdict for somebody who is no member any more: nothing is put off, nothing is asked."""
    if verdict.answer is not Answer.DEFERRED:
        return verdict
    return replace(verdict, answer=Answer.REFUSED, reason=Reason("removed_from_shop"))
