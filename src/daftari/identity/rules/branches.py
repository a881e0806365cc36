"""Branches of a shop: which one somebody belongs to, writes in, and sees.

A shop has none, or two and more: the place where it began is the first branch from the day a second
one is added. A branch is closed and never deleted: its entries stay.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from daftari.kernel.refusal import Reason, Refusal

MOST_BRANCHES: Final = 40
LONGEST_BRANCH_NAME: Final = 40


@dataclass(frozen=True, slots=True)
class Branch:
    """A branch of a shop. `is_first`: the place where the shop began, to which all entries belong
    that were written before there were branches.
    """

    id: str
    name: str
    is_first: bool
    is_closed: bool

    @property
    def key(self) -> str | None:
        """The value of `branch_id` in the rows of this branch."""
        return None if self.is_first else self.id


Branches = Sequence[Branch]


def branch_with(branches: Branches, branch_id: str | None) -> Branch | None:
    return next((one for one in branches if one.id == branch_id), None)


def branch_of_key(branches: Branches, key: str | None) -> Branch | None:
    """The branch of a row by its `branch_id`; None in a shop without branches."""
    return next((one for one in branches if one.key == key), None)


def open_branches(branches: Branches) -> tuple[Branch, ...]:
    return tuple(one for one in branches if not one.is_closed)


def current_branch(
    branches: Branches, belongs_to: str | None, remembered: str | None
) -> Branch | None:
    """The branch in which somebody writes: his own, else the one remembered while it is open, else
    the first that is open. None in a shop without branches.
    """
    own = branch_with(branches, belongs_to)
    last = branch_with(branches, remembered)
    if own is not None:
        return own
    return last if last and not last.is_closed else next(iter(open_branches(branches)), None)


def branch_for_entry(
    branches: Branches, belongs_to: str | None, current: Branch | None, asked: str | None
) -> Branch | None:
    """The branch of a new entry: the one it names, else the current one.

    An entry that was written in a branch which is closed since stays in it. Raises
    Refusal(branch=…): branch_unknown, branch_not_yours.
    """
    if asked is None:
        return current
    named = branch_with(branches, asked)
    if named is None:
        raise Refusal(branch="branch_unknown")
    if belongs_to is not None and belongs_to != asked:
        raise Refusal(branch="branch_not_yours")
    return named


def refuse_name(branches: Branches, name: str, of_id: str | None = None) -> None:
    """Raises Refusal(name='branch_name_taken') for the name of another branch."""
    if any(one.name.casefold() == name.casefold() and one.id != of_id for one in branches):
        raise Refusal(name="branch_name_taken")


def refuse_closing(branches: Branches, branch: Branch, people: Sequence[str]) -> None:
    """Refuse to close a branch. `people`: the names of those who belong to it.

    Raises Refusal(form=…): branch_last, branch_has_people (`names`).
    """
    if not branch.is_closed and len(open_branches(branches)) <= 1:
        raise Refusal(form="branch_last")
    if people:
        raise Refusal(form=Reason("branch_has_people", {"names": " · ".join(people)}))
