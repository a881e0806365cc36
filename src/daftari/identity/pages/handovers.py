"""The pages of handing a shop over: the owner's form, and the offer as both of them see it."""

from dataclasses import dataclass
from datetime import datetime

from daftari.db.base import ReadTx
from daftari.identity.pages.signin import Reasons
from daftari.identity.rules import Member, Permission
from daftari.identity.rules.handovers import Stays
from daftari.identity.store.handovers import open_handover
from daftari.identity.store.memberships import find_membership
from daftari.kernel.ids import new_id
from daftari.kernel.refusal import Missing


@dataclass(frozen=True, slots=True)
class OfferPage:
    """The form by which an owner offers the shop to a member. `stays`: the marked choice."""

    home: str
    id: str
    person_id: str
    name: str
    stays: str
    reasons: Reasons


@dataclass(frozen=True, slots=True)
class HandoverPage:
    """The offer that is open, as an owner or who it was made to sees it; `id` is '' where there is
    none. `is_mine`: it was made to the reader; `stays`: the maker stays as a manager.
    """

    home: str
    reasons: Reasons
    id: str = ""
    maker: str = ""
    taker: str = ""
    stays: bool = False
    is_mine: bool = False
    expires_at: datetime | None = None


def offer_page(
    tx: ReadTx, member: Member, person_id: str, stays: str, reasons: Reasons
) -> OfferPage:
    """The form of the offer to one member of the reader's shop. Raises `Missing`."""
    other = find_membership(tx, member.shop.id, person_id)
    if other is None:
        raise Missing(person_id)
    chosen = stays if stays in tuple(Stays) else Stays.MANAGER
    return OfferPage(member.shop.home, new_id(), person_id, other.person.name, chosen, reasons)


def handover_page(tx: ReadTx, member: Member, now: datetime, reasons: Reasons) -> HandoverPage:
    """The open offer of the reader's shop, where it concerns him."""
    handover = open_handover(tx, member.shop.id, now)
    is_mine = handover is not None and handover.to_person == member.person.id
    if handover is None or not (is_mine or member.may(Permission.HAND_OVER)):
        return HandoverPage(member.shop.home, reasons)
    return HandoverPage(
        home=member.shop.home,
        reasons=reasons,
        id=handover.id,
        maker=handover.maker,
        taker=handover.taker,
        stays=handover.stays is Stays.MANAGER,
        is_mine=is_mine,
        expires_at=handover.expires_at,
    )
