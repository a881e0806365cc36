"""The pages of an invitation: of who makes it, and of who is invited."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import quote

from daftari.db.base import ReadTx
from daftari.identity.actions.invitations import open_for, refuse_member
from daftari.identity.pages.people import RoleRow, branches_to_give, role_row
from daftari.identity.pages.signin import Reasons
from daftari.identity.rules import Member, Person, Role
from daftari.identity.rules.branches import Branch, branch_with
from daftari.identity.rules.invitations import InvitationState
from daftari.identity.rules.roles import permissions_of
from daftari.identity.rules.staff import HIRED
from daftari.identity.store.invitations import find_invitation
from daftari.kernel.ids import new_id
from daftari.kernel.refusal import Missing, Refusal


@dataclass(frozen=True, slots=True)
class InvitePage:
    """The form of who is invited. `roles`, `branches`: those the reader can give."""

    home: str
    id: str
    roles: tuple[Role, ...]
    branches: tuple[Branch, ...]
    typed: Mapping[str, str]
    reasons: Reasons


@dataclass(frozen=True, slots=True)
class InvitationPage:
    """An invitation as who made it sees it. `link`, `code`: the address and its QR code while it
    can be used, else ''.
    """

    home: str
    id: str
    name: str
    role: Role
    state: InvitationState
    expires_at: datetime
    person_id: str
    branch: str = ""
    link: str = ""
    code: str = ""

    @property
    def is_open(self) -> bool:
        return self.state is InvitationState.OPEN

    def whatsapp(self, words: str) -> str:
        """The address that opens WhatsApp with the words and the link."""
        return f"https://wa.me/?text={quote(f'{words} {self.link}', safe='')}"


@dataclass(frozen=True, slots=True)
class InvitedPage:
    """An invitation as who is invited sees it. `role`: None where it cannot be used, for which
    `reasons` says why; `is_open`: it can be accepted by who reads it.
    """

    token: str
    shop_name: str = ""
    maker: str = ""
    role: RoleRow | None = None
    typed: Mapping[str, str] = field(default_factory=dict)
    reasons: Reasons = field(default_factory=dict)

    @property
    def is_open(self) -> bool:
        return self.role is not None


def invite_page(
    member: Member, typed: Mapping[str, str] | None = None, reasons: Reasons | None = None
) -> InvitePage:
    """The form, blank or as it was refused."""
    mine = tuple(role for role in HIRED if all(member.may(one) for one in permissions_of(role)))
    blank = {"name": "", "role": Role.CASHIER, "branch": member.branch_id or ""}
    branches = branches_to_give(member)
    home = member.shop.home
    filled = {**blank, **(typed or {})}
    return InvitePage(home, new_id(), mine, branches, filled, reasons or {})


def invitation_page(
    tx: ReadTx, member: Member, invitation_id: str, now: datetime
) -> InvitationPage:
    """An invitation of the reader's shop, still without its link. Raises `Missing`."""
    invitation = find_invitation(tx, member.shop.id, invitation_id)
    if invitation is None:
        raise Missing(invitation_id)
    branch = branch_with(member.shop.branches, invitation.branch_id)
    return InvitationPage(
        home=member.shop.home,
        id=invitation.id,
        name=invitation.name,
        role=invitation.role,
        state=invitation.state(now),
        expires_at=invitation.expires_at,
        person_id=invitation.person_id or "",
        branch=branch.name if branch else "",
    )


def invited_page(
    tx: ReadTx,
    token: str,
    reader: Person | None,
    now: datetime,
    typed: Mapping[str, str] | None = None,
    reasons: Reasons | None = None,
) -> InvitedPage:
    """The page of an invitation for who opens its link. `reader`: who is signed in."""
    try:
        invitation, shop = open_for(tx, token, now)
        if reader is not None:
            refuse_member(tx, invitation, reader.id)
    except Refusal as refusal:
        return InvitedPage(token, reasons=refusal.reasons)
    return InvitedPage(
        token=token,
        shop_name=shop.name,
        maker=invitation.maker,
        role=role_row(invitation.role, shop),
        typed={"name": invitation.name, "phone": "", **(typed or {})},
        reasons=reasons or {},
    )
