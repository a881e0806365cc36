"""The forms of an invitation: who is invited, and who accepts."""

from daftari.identity.forms.people import read_role
from daftari.identity.rules.commands import Invite
from daftari.identity.rules.invitations import hash_of, token_of
from daftari.identity.rules.phones import parse_phone
from daftari.identity.rules.roles import Role
from daftari.kernel.forms import Readings, Typed, read_name, read_new_id


def read_invite(typed: Typed, secret: bytes) -> Invite:
    """Parse the form of who is invited. `secret`: of which the token is made.

    Raises Refusal: id_not_an_id, name_missing, name_too_long, choice_unknown.
    """
    form = Readings()
    invitation_id = form.read("form", lambda: read_new_id(typed.get("id")), "")
    name = form.read("name", lambda: read_name(typed.get("name", "")), "")
    role = form.read("role", lambda: read_role(typed.get("role", "")), Role.VIEWER)
    form.settle()
    token_hash = hash_of(token_of(secret, invitation_id))
    return Invite(invitation_id, name, role, token_hash, typed.get("branch") or None)


def read_newcomer(typed: Typed, country: str) -> tuple[str, str]:
    """Parse name and phone (E.164, or '' for none) of who accepts. `country`: of the shop.

    Raises Refusal: name_missing, name_too_long, phone_not_a_phone.
    """
    form = Readings()
    name = form.read("name", lambda: read_name(typed.get("name", "")), "")
    phone = form.read("phone", lambda: read_phone(typed.get("phone", ""), country), "")
    form.settle()
    return name, phone


def read_phone(text: str, country: str) -> str:
    """Parse a number that may be missing: ''. Raises Refusal(phone='phone_not_a_phone')."""
    return parse_phone(text, country) if text.strip() else ""
