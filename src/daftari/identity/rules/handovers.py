"""Rules of handing a shop over to another owner."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from daftari.identity.rules.people import Member
from daftari.identity.rules.roles import Permission, Role
from daftari.identity.rules.staff import Position
from daftari.kernel.refusal import Refusal

HANDOVER_HOLDS: Final = timedelta(hours=48)


class Stays(StrEnum):
    """What becomes of who hands a shop over."""

    MANAGER = "manager"
    NO = "no"


class HandoverState(StrEnum):
    """What has become of a handover; `ended`: taken back or declined."""

    OPEN = "open"
    DONE = "done"
    LATE = "late"
    ENDED = "ended"


def state_of(
    expires_at: datetime, done_at: datetime | None, ended_at: datetime | None, now: datetime
) -> HandoverState:
    if done_at is not None:
        return HandoverState.DONE
    if ended_at is not None:
        return HandoverState.ENDED
    return HandoverState.OPEN if now < expires_at else HandoverState.LATE


def refuse_offer(by: Member, to_person: str, position: Position) -> None:
    """Refuse an offer to oneself, or to who owns the shop already.

    Raises Refusal(form=…): handover_to_oneself, handover_to_owner.
    """
    if to_person == by.person.id:
        raise Refusal(form="handover_to_oneself")
    if position.role is Role.OWNER:
        raise Refusal(form="handover_to_owner")


def refuse_acceptance(state: HandoverState, maker: Member | None) -> None:
    """Refuse what cannot be accepted any more. `maker`: who offered, as he is now.

    Raises Refusal(form=…): handover_late, handover_ended.
    """
    if state is HandoverState.LATE:
        raise Refusal(form="handover_late")
    if state is HandoverState.ENDED or maker is None or not maker.may(Permission.HAND_OVER):
        raise Refusal(form="handover_ended")
