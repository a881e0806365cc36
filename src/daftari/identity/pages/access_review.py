"""The page of an access review: who may do what, seen when, and with which phones."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from daftari.db.base import ReadTx
from daftari.identity.actions.access_reviews import reviewed_state
from daftari.identity.pages.people import DESCRIBED, PersonRow, ReviewDue, person_row, review_due
from daftari.identity.pages.signin import Reasons
from daftari.identity.rules import Member, Role
from daftari.identity.store.access_reviews import PhoneOfMember, find_phones
from daftari.identity.store.memberships import MemberRow, members_of
from daftari.kernel.ids import new_id


@dataclass(frozen=True, slots=True)
class ReviewedPhone:
    """A device on which a member is signed in. `is_this`: the one that shows the page."""

    id: str
    name: str
    seen_at: datetime
    is_this: bool


@dataclass(frozen=True, slots=True)
class ReviewedPerson:
    """A member. `permissions`: names of what he may do, none for an owner, who may do everything;
    `may_touch`: the reader may remove him, or sign him out.
    """

    row: PersonRow
    permissions: tuple[str, ...]
    phones: tuple[ReviewedPhone, ...]
    may_touch: bool


@dataclass(frozen=True, slots=True)
class AccessReviewPage:
    """View model of the page. `due`: None in a shop of one person; `id`: of the review that its
    form makes; `state`: of what it shows.
    """

    home: str
    people: tuple[ReviewedPerson, ...]
    due: ReviewDue | None
    id: str
    state: str
    is_done: bool
    reasons: Reasons


def access_review_page(
    tx: ReadTx, member: Member, now: datetime, reasons: Reasons, *, is_done: bool = False
) -> AccessReviewPage:
    """The page. `is_done`: the review was noted just now."""
    shop_id = member.shop.id
    phones = find_phones(tx, shop_id, now)
    rows = members_of(tx, shop_id, now)
    return AccessReviewPage(
        home=member.shop.home,
        people=tuple(_person(row, member, phones) for row in rows),
        due=review_due(tx, member, now),
        id=new_id(),
        state=reviewed_state(tx, shop_id, now),
        is_done=is_done,
        reasons=reasons,
    )


def _person(row: MemberRow, member: Member, phones: Sequence[PhoneOfMember]) -> ReviewedPerson:
    role, has = row.position.role, row.position.permissions
    is_owner, is_reader = role is Role.OWNER, row.person.id == member.person.id
    return ReviewedPerson(
        row=person_row(row, member),
        permissions=() if is_owner else tuple(one for one in DESCRIBED if one in has),
        phones=tuple(_phone(one, member) for one in phones if one.person_id == row.person.id),
        may_touch=is_reader or member.role is Role.OWNER or not is_owner,
    )


def _phone(one: PhoneOfMember, member: Member) -> ReviewedPhone:
    is_this = one.session_id == member.session_id
    return ReviewedPhone(one.session_id, one.device, one.seen_at, is_this)
