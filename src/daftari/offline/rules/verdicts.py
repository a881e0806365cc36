"""What becomes of an item that a phone sent."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from daftari.identity.rules import Member, Permission
from daftari.kernel.refusal import Reason

NEWEST_FORM: Final = 1
MOST_ITEMS: Final = 50
PERMISSIONS: Final = {
    "add_customer": Permission.ADD_CUSTOMER,
    "change_customer": Permission.CHANGE_CUSTOMER,
    "record_entry": Permission.RECORD_ENTRY,
    "reverse_entry": Permission.REVERSE_OWN_ENTRY,
}


class Answer(StrEnum):
    """`written`: now; `known`: it stood in the book before; `conflict`: the id stands for other
    content, and the first stands; `refused`: never as it is; `deferred`: send it again later.
    """

    WRITTEN = "written"
    KNOWN = "known"
    CONFLICT = "conflict"
    REFUSED = "refused"
    DEFERRED = "deferred"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer to one item, by its id; '' where the item had none.

    `field`: the field of its form that the reason speaks of, `form` for the whole of it.
    """

    id: str
    answer: Answer
    reason: Reason | None = None
    field: str = "form"


def stranger(member: Member, person_id: str, shop_id: str) -> str | None:
    """Whose item this is, where it is not the sender's own in this shop."""
    if person_id != member.person.id:
        return "other_person"
    return "other_shop" if shop_id != member.shop.id else None
