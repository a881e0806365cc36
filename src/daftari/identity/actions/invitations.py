"""Actions on invitations: a member who manages people makes one, somebody comes in by it, once."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from daftari.activity.actions import AuditRecord, note_in_control
from daftari.db.base import ReadTx, WriteTx
from daftari.identity.actions.challenges import ChallengePurpose, ask, remember_spent
from daftari.identity.actions.passkeys import keep_passkey
from daftari.identity.actions.sessions import begin_first_session
from daftari.identity.actions.staff import acting, note_of_member
from daftari.identity.rules import Member, Permission, Person, Role, Session, Shop
from daftari.identity.rules.ceremonies import Ceremony
from daftari.identity.rules.commands import Invite
from daftari.identity.rules.invitations import (
    INVITATION_HOLDS,
    MOST_OPEN,
    InvitationState,
    hash_of,
)
from daftari.identity.rules.passkey_verification import (
    accept_creation,
    answer_digest,
    challenge_of,
)
from daftari.identity.rules.passkeys import account_line, creation_options
from daftari.identity.rules.roles import permissions_of
from daftari.identity.rules.signins import SignInKind
from daftari.identity.rules.staff import Position, refuse_branch, refuse_granting
from daftari.identity.store import challenges, memberships, people
from daftari.identity.store import invitations as store
from daftari.identity.store.invitations import Invitation
from daftari.identity.store.wakeups import wake
from daftari.kernel.ids import new_id
from daftari.kernel.refusal import Conflict, Missing, Refusal


class Newcomer(msgspec.Struct, frozen=True):
    """What waits with a challenge: the new person, and the hash of the token of the invitation."""

    token_hash: bytes
    person: Person


def invite(tx: WriteTx, member: Member, invited: Invite, now: datetime) -> None:
    """Make an invitation; sent twice it is one.

    Raises `Missing` for who may not, Conflict(form='invitation_conflict') for an id that stands for
    another one, Refusal: owner_not_given, grants_too_much, invitations_too_many.
    """
    by = acting(tx, member)
    known = store.find_invitation(tx, by.shop.id, invited.id)
    if known is not None:
        if (known.name, known.role, known.branch_id) != _said(invited):
            raise Conflict(form="invitation_conflict")
        return
    if invited.role is Role.OWNER:
        raise Refusal(role="owner_not_given")
    refuse_granting(by, permissions_of(invited.role))
    refuse_branch(by, invited.role, invited.branch_id)
    store.delete_old(tx, by.shop.id, now)
    if store.count_open(tx, by.shop.id, now) >= MOST_OPEN:
        raise Refusal(form="invitations_too_many")
    row = {
        "id": invited.id,
        "shop_id": by.shop.id,
        "made_by": by.person.id,
        "name": invited.name,
        "role": invited.role,
        "token_hash": invited.token_hash,
        "created_at": now,
        "expires_at": now + INVITATION_HOLDS,
        "branch_id": invited.branch_id,
    }
    store.insert_invitation(tx, row)
    note_of_member(tx, by, "invite", invited.id, now, {"role": invited.role})


def _said(invited: Invite) -> tuple[str, Role, str | None]:
    return invited.name, invited.role, invited.branch_id


def revoke(tx: WriteTx, member: Member, invitation_id: str, now: datetime) -> None:
    """Revoke an open invitation; one that has ended stays as it is. Raises `Missing`."""
    by = acting(tx, member)
    if store.find_invitation(tx, by.shop.id, invitation_id) is None:
        raise Missing(invitation_id)
    if store.revoke_invitation(tx, invitation_id, now):
        note_of_member(tx, by, "revoke_invitation", invitation_id, now, {})


def ask_to_accept(
    tx: WriteTx, token: str, newcomer: Person, ceremony: Ceremony, now: datetime
) -> dict[str, Any]:
    """Creation options for the passkey of a new person; the invitation is not spent yet.

    The challenge stands for this invitation, and works for nothing else. Raises what `open_for`
    raises.
    """
    _, shop = open_for(tx, token, now)
    waiting = msgspec.json.encode(Newcomer(hash_of(token), newcomer)).decode()
    purpose = ChallengePurpose.ACCEPT_INVITATION
    challenge = ask(tx, purpose, now, ceremony.asked_by, newcomer.id, waiting)
    return creation_options(ceremony.party, newcomer, account_line(newcomer, shop.name), challenge)


def accept_anew(
    tx: WriteTx,
    token: str,
    credential: Mapping[str, Any],
    ceremony: Ceremony,
    now: datetime,
) -> tuple[str, str, str] | Refusal:
    """Make the new person a member with the passkey, and sign him in; all of it or nothing.

    Returns the ids of person and shop and the session's token, or why the response is refused:
    challenge_expired, passkey_not_accepted; that spends the challenge, and not the invitation.
    Raises Refusal(form=…) of the invitation: what `open_for` raises.
    """
    purpose, sent = ChallengePurpose.ACCEPT_INVITATION, challenge_of(credential)
    challenge = challenges.take_challenge(tx, sent, purpose, ceremony.hashes, now)
    if challenge is None:
        return Refusal(form="challenge_expired")
    waiting = msgspec.json.decode(challenge.payload or "", type=Newcomer)
    if waiting.token_hash != hash_of(token):
        return Refusal(form="passkey_not_accepted")
    try:
        passkey = accept_creation(credential, sent, ceremony.party)
    except Refusal as refusal:
        return refusal
    invitation, shop = open_for(tx, token, now)
    person, device = waiting.person, ceremony.device
    people.insert_person(tx, person, now)
    remember_spent(tx, sent, person.id, answer_digest(credential), now)
    passkey_id = keep_passkey(tx, person.id, passkey, device, now)
    _come_in(tx, invitation, person.id, now)
    kind = SignInKind.INVITATION
    session = begin_first_session(tx, person.id, shop.id, device, now, passkey_id, kind)
    return person.id, shop.id, session


def accept_signed_in(tx: WriteTx, token: str, session: Session, now: datetime) -> Shop:
    """Make the person who is signed in a member.

    Raises Refusal(form=…): own_invitation, already_member, and what `open_for` raises.
    """
    invitation, shop = open_for(tx, token, now)
    refuse_member(tx, invitation, session.person.id)
    _come_in(tx, invitation, session.person.id, now, session.id)
    return shop


def refuse_member(tx: ReadTx, invitation: Invitation, person_id: str) -> None:
    """Refuse who made the invitation, and who is a member already.

    Raises Refusal(form=…): own_invitation, already_member.
    """
    if invitation.made_by == person_id:
        raise Refusal(form="own_invitation")
    if memberships.find_position(tx, invitation.shop_id, person_id) is not None:
        raise Refusal(form="already_member")


def open_for(tx: ReadTx, token: str, now: datetime) -> tuple[Invitation, Shop]:
    """The invitation of a token, while it can be used, and its shop.

    It ends with the right of its maker to make it. Raises Refusal(form=…): invitation_used,
    invitation_late, invitation_revoked, invitation_unknown.
    """
    invitation = store.by_token(tx, hash_of(token))
    if invitation is None:
        raise Refusal(form="invitation_unknown")
    state = invitation.state(now)
    if state is InvitationState.USED:
        raise Refusal(form="invitation_used")
    if state is InvitationState.LATE:
        raise Refusal(form="invitation_late")
    maker = memberships.find_membership(tx, invitation.shop_id, invitation.made_by)
    if state is InvitationState.REVOKED or maker is None or not _may_invite(maker, invitation):
        raise Refusal(form="invitation_revoked")
    return invitation, maker.shop


def _may_invite(maker: Member, invitation: Invitation) -> bool:
    needed = permissions_of(invitation.role) | {Permission.MANAGE_PEOPLE}
    return all(maker.may(one) for one in needed)


def _come_in(
    tx: WriteTx,
    invitation: Invitation,
    person_id: str,
    now: datetime,
    session_id: str | None = None,
) -> None:
    if not store.spend_invitation(tx, invitation.id, person_id, now):
        raise Refusal(form="invitation_used")
    position = Position(invitation.role, branch_id=invitation.branch_id)
    memberships.put_membership(tx, invitation.shop_id, person_id, position, now)
    wake(tx, invitation.shop_id, now)  # the worker reckons when the next access review is due
    record = AuditRecord(
        person_id,
        "accept_invitation",
        person_id,
        now,
        {"role": invitation.role},
        session_id,
        invitation.shop_id,
    )
    note_in_control(tx, record)


def newcomer(name: str, phone: str, language: str) -> Person:
    """A person who is not stored yet."""
    return Person(new_id(), name, phone, language)
