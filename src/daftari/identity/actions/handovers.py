"""Actions on handing a shop over: an owner offers it, another member accepts, both with passkeys.

The routes ask for a fresh passkey of each. Who acts is looked up anew in the transaction.
"""

from datetime import datetime, timedelta
from typing import Final

from daftari.activity.actions import AuditRecord, note_in_control
from daftari.db.base import ReadTx, WriteTx
from daftari.identity.actions.staff import member_now, note_of_member
from daftari.identity.rules import Member, Permission, Role
from daftari.identity.rules.commands import OfferHandover
from daftari.identity.rules.handovers import (
    HANDOVER_HOLDS,
    HandoverState,
    Stays,
    refuse_acceptance,
    refuse_offer,
)
from daftari.identity.rules.staff import Position
from daftari.identity.store import handovers as store
from daftari.identity.store import memberships
from daftari.identity.store.handovers import Handover
from daftari.kernel.refusal import Conflict, Missing, Refusal

REMEMBERED: Final = timedelta(days=90)


def offer_shop(tx: WriteTx, member: Member, offer: OfferHandover, now: datetime) -> None:
    """Offer the shop to another member for two days; sent twice it is one offer.

    Raises `Missing`, Conflict(form='handover_conflict') for an id that stands for another offer,
    Refusal(form=…): handover_to_oneself, handover_to_owner, handover_open where one is open.
    """
    by = _owner(tx, member)
    position = memberships.find_position(tx, by.shop.id, offer.to_person)
    if position is None:
        raise Missing(offer.to_person)
    refuse_offer(by, offer.to_person, position)
    known = store.find_handover(tx, by.shop.id, offer.id)
    if known is not None:
        if (known.to_person, known.stays) != (offer.to_person, offer.stays):
            raise Conflict(form="handover_conflict")
        return
    store.delete_old(tx, by.shop.id, now - REMEMBERED)
    if store.open_handover(tx, by.shop.id, now) is not None:
        raise Refusal(form="handover_open")
    row = {
        "id": offer.id,
        "shop_id": by.shop.id,
        "made_by": by.person.id,
        "to_person": offer.to_person,
        "stays": offer.stays,
        "created_at": now,
        "expires_at": now + HANDOVER_HOLDS,
    }
    store.insert_handover(tx, row)
    note_of_member(tx, by, "offer_shop", offer.to_person, now, {})


def end_offer(tx: WriteTx, member: Member, handover_id: str, now: datetime) -> None:
    """Take an offer back, as an owner, or decline it, as who it was made to.

    One that has ended stays as it is. Raises Refusal(form='handover_unknown') for anybody else.
    """
    by, handover = _concerning(tx, member, handover_id)
    if not store.end(tx, handover.id, now):
        return
    if by.person.id == handover.to_person:
        note_of_member(tx, by, "decline_shop", handover.to_person, now, {})
    else:
        note_of_member(tx, by, "take_back_offer", handover.to_person, now, {})


def accept_shop(tx: WriteTx, member: Member, handover_id: str, now: datetime) -> None:
    """Make who the shop was offered to its owner; who offered it becomes a manager, or leaves.

    Accepted again, nothing happens. Raises Refusal(form=…): handover_unknown for anybody else, and
    what `refuse_acceptance` raises.
    """
    by, handover = _concerning(tx, member, handover_id)
    if by.person.id != handover.to_person:
        raise Refusal(form="handover_unknown")
    if handover.state(now) is HandoverState.DONE:
        return
    maker = memberships.find_membership(tx, by.shop.id, handover.made_by)
    refuse_acceptance(handover.state(now), maker)
    store.finish(tx, handover.id, now)
    memberships.change_position(tx, by.shop.id, by.person.id, Position(Role.OWNER))
    if handover.stays is Stays.MANAGER:
        position = Position(Role.MANAGER)
        memberships.change_position(tx, by.shop.id, handover.made_by, position)
    else:
        memberships.end_membership(tx, by.shop.id, handover.made_by, now)
    details = {"of": handover.made_by, "stays": handover.stays, "role": by.role}
    origin = by.session_id, by.shop.id
    note_in_control(
        tx, AuditRecord(by.person.id, "accept_shop", by.person.id, now, details, *origin)
    )


def is_offered_to(tx: ReadTx, member: Member, now: datetime) -> bool:
    """Whether the shop is offered to this member now."""
    handover = store.open_handover(tx, member.shop.id, now)
    return handover is not None and handover.to_person == member.person.id


def _owner(tx: ReadTx, member: Member) -> Member:
    by = member_now(tx, member)
    if not by.may(Permission.HAND_OVER):
        raise Missing(member.person.id)
    return by


def _concerning(tx: ReadTx, member: Member, handover_id: str) -> tuple[Member, Handover]:
    """The member as he is now, and the handover, if he is an owner or it was made to him."""
    by, handover = member_now(tx, member), store.find_handover(tx, member.shop.id, handover_id)
    is_concerned = handover is not None and (
        by.person.id == handover.to_person or by.may(Permission.HAND_OVER)
    )
    if handover is None or not is_concerned:
        raise Refusal(form="handover_unknown")
    return by, handover
