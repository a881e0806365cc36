"""The pages of a shop's branches: the list, and one of them."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from daftari.db.base import ReadTx
from daftari.identity.actions.branches import managing
from daftari.identity.pages.signin import Reasons
from daftari.identity.rules import Member
from daftari.identity.rules.branches import Branch, branch_with, open_branches
from daftari.identity.store.branches import people_of
from daftari.identity.store.memberships import members_of
from daftari.kernel.edits import EditForm
from daftari.kernel.forms import Typed
from daftari.kernel.ids import new_id
from daftari.kernel.refusal import Missing, Refusal


@dataclass(frozen=True, slots=True)
class BranchRow:
    """A branch in the list. `people`: how many belong to it alone."""

    branch: Branch
    people: int


@dataclass(frozen=True, slots=True)
class BranchesPage:
    """The list of a shop's branches, and the form of a new one with its `id`."""

    home: str
    rows: tuple[BranchRow, ...]
    id: str
    typed: Mapping[str, str]
    reasons: Reasons


@dataclass(frozen=True, slots=True)
class BranchPage:
    """The page of one branch. `people`: the names of those who keep it from being closed;
    `is_last`: no other one is open.
    """

    home: str
    branch: Branch
    people: tuple[str, ...]
    is_last: bool
    form: EditForm
    reasons: Reasons


def branches_page(
    tx: ReadTx,
    member: Member,
    now: datetime,
    typed: Typed | None = None,
    reasons: Reasons | None = None,
) -> BranchesPage:
    """The list. Raises `Missing` for who may not manage the whole shop."""
    by = managing(tx, member)
    count = Counter(row.position.branch_id for row in members_of(tx, by.shop.id, now))
    typed, reasons = typed or {}, reasons or {}
    is_spent = "form" in reasons
    return BranchesPage(
        home=by.shop.home,
        rows=tuple(BranchRow(one, count[one.id]) for one in by.shop.branches),
        id=new_id() if is_spent else typed.get("id") or new_id(),
        typed={"name": typed.get("name", "")},
        reasons=reasons,
    )


def branch_page(
    tx: ReadTx,
    member: Member,
    branch_id: str,
    now: datetime,
    typed: Typed | None = None,
    refused: Refusal | None = None,
) -> BranchPage:
    """One branch. `typed`: where its new name was refused. Raises `Missing`."""
    by = managing(tx, member)
    branch = branch_with(by.shop.branches, branch_id)
    if branch is None:
        raise Missing(branch_id)
    others = [one for one in open_branches(by.shop.branches) if one.id != branch_id]
    return BranchPage(
        home=by.shop.home,
        branch=branch,
        people=tuple(people_of(tx, by.shop.id, branch_id, now)),
        is_last=not others,
        form=EditForm.of({"name": branch.name}, typed, refused),
        reasons=refused.reasons if refused and typed is None else {},
    )
