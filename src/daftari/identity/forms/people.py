"""The form of a member of the shop: his role, and what he may do besides it."""

from collections.abc import Collection

from daftari.identity.rules.commands import ChangeMember
from daftari.identity.rules.roles import Role
from daftari.kernel.forms import Typed, read_choice
from daftari.kernel.refusal import Refusal


def read_member_change(typed: Typed, allowed: Collection[str]) -> ChangeMember:
    """Parse the form. `allowed`: the permissions that are marked, where the form has any.

    Raises Refusal(choice='choice_unknown').
    """
    role = read_role(typed["role"]) if typed.get("role") else None
    marked = frozenset(allowed) if "adjusts" in typed else None
    return ChangeMember(typed.get("person", ""), role, marked, typed.get("branch"))


def read_role(text: str) -> Role:
    """Parse a role. Raises Refusal(choice='choice_unknown')."""
    return Role(read_choice(text, tuple(Role), "choice_unknown"))


def refuse_unconfirmed(typed: Typed) -> None:
    """Refuse a form whose question is not answered with yes. Raises Refusal: not_confirmed."""
    if typed.get("confirm") != "yes":
        raise Refusal(confirm="not_confirmed")
