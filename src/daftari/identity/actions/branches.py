"""Actions on the branches of a shop: add, rename, close, open again, choose to write in one.

Each looks up anew who acts, in its own transaction.
"""

from datetime import datetime

from daftari.db.base import ReadTx, WriteTx
from daftari.identity.actions.staff import member_now, note_of_member
from daftari.identity.rules import Member, Permission
from daftari.identity.rules.branches import (
    MOST_BRANCHES,
    Branch,
    branch_with,
    refuse_closing,
    refuse_name,
)
from daftari.identity.rules.commands import AddBranch
from daftari.identity.store import branches as store
from daftari.identity.store.memberships import remember_branch
from daftari.kernel.edits import Seen
from daftari.kernel.ids import id_within
from daftari.kernel.refusal import Conflict, Missing, Reason, Refusal


def add_branch(tx: WriteTx, member: Member, added: AddBranch, now: datetime) -> None:
    """Add a branch; with the second one the place where the shop began becomes the first. Sent
    twice it is one.

    Raises `Missing` for who may not, Conflict(form='branch_conflict') for an id that stands for
    another one, Refusal: branch_name_taken, branches_too_many (`most`).
    """
    by = managing(tx, member)
    branches = by.shop.branches
    known = branch_with(branches, added.id)
    if known is not None:
        if known.name != added.name:
            raise Conflict(form="branch_conflict")
        return
    if not branches:
        first = Branch(id_within(added.id, "first"), added.first_name, True, False)
        branches = (first,)
    refuse_name(branches, added.name)
    if len(branches) >= MOST_BRANCHES:
        raise Refusal(form=Reason("branches_too_many", {"most": MOST_BRANCHES}))
    if not by.shop.branches:
        store.mark_shop(tx, by.shop.id)
        store.insert_branch(tx, by.shop.id, branches[0], now)
    store.insert_branch(tx, by.shop.id, Branch(added.id, added.name, False, False), now)
    note_of_member(tx, by, "add_branch", added.id, now, {"name": added.name})


def rename_branch(
    tx: WriteTx, member: Member, branch_id: str, name: str, seen: Seen, now: datetime
) -> None:
    """Rename a branch. Raises `Missing`, `Stale`, and Refusal(name='branch_name_taken')."""
    by, branch = _found(tx, member, branch_id)
    changes = seen.changes({"name": name}, {"name": branch.name})
    if changes.get("name", branch.name) == branch.name:
        return
    refuse_name(by.shop.branches, name, branch_id)
    store.change_branch(tx, branch_id, changes)
    note_of_member(tx, by, "rename_branch", branch_id, now, {"name": [branch.name, name]})


def close_branch(tx: WriteTx, member: Member, branch_id: str, now: datetime) -> None:
    """Close a branch; a closed one stays as it is. Raises `Missing`, and what `refuse_closing`
    raises.
    """
    by, branch = _found(tx, member, branch_id)
    if branch.is_closed:
        return
    people = store.people_of(tx, by.shop.id, branch_id, now)
    refuse_closing(by.shop.branches, branch, people)
    store.change_branch(tx, branch_id, {"closed_at": now})
    note_of_member(tx, by, "close_branch", branch_id, now, {"name": branch.name})


def open_branch(tx: WriteTx, member: Member, branch_id: str, now: datetime) -> None:
    """Open a closed branch again. Raises `Missing`."""
    by, branch = _found(tx, member, branch_id)
    if branch.is_closed:
        store.change_branch(tx, branch_id, {"closed_at": None})
        note_of_member(tx, by, "open_branch", branch_id, now, {"name": branch.name})


def choose_branch(tx: WriteTx, member: Member, branch_id: str) -> None:
    """Choose the branch to write in, of who belongs to all.

    Raises Refusal(branch='branch_unknown') for a branch that is none of the shop's or is closed,
    and for who belongs to another one.
    """
    by = member_now(tx, member)
    branch = branch_with(by.shop.branches, branch_id)
    if branch is None or branch.is_closed or by.branch_id not in (None, branch_id):
        raise Refusal(branch="branch_unknown")
    remember_branch(tx, by.shop.id, by.person.id, branch_id)


def managing(tx: ReadTx, member: Member) -> Member:
    """The member as he is now. Raises `Missing` for who may not manage the whole shop."""
    by = member_now(tx, member)
    if not by.may(Permission.MANAGE_SHOP) or by.branch_id is not None:
        raise Missing(member.person.id)
    return by


def _found(tx: ReadTx, member: Member, branch_id: str) -> tuple[Member, Branch]:
    by = managing(tx, member)
    branch = branch_with(by.shop.branches, branch_id)
    if branch is None:
        raise Missing(branch_id)
    return by, branch
