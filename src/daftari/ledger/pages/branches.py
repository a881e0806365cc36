"""The bar of branches above a list: where one writes, and which branch is looked at."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from daftari.db.base import ReadTx
from daftari.identity.rules import Member, Permission
from daftari.identity.rules.branches import Branch, branch_of_key, branch_with, open_branches
from daftari.ledger.pages.parts import Choice
from daftari.ledger.store.branch_sums import BranchSum, sum_branches, sum_branches_of


@dataclass(frozen=True, slots=True)
class BranchSumView:
    """What was given and received in a branch in one currency."""

    name: str
    currency: str
    given_minor: int
    received_minor: int


@dataclass(frozen=True, slots=True)
class BranchBar:
    """View model of the bar. `current`: the branch in which the reader writes; `others`: those he
    can switch to, none for who belongs to one. `shown`: what can be looked at, all branches first;
    none for who sees one alone. `seen`: the name of the one that is looked at, '' for all. `sums`:
    of that one, for those who may see totals.
    """

    switch_action: str
    current: Branch
    others: tuple[Branch, ...]
    shown: tuple[Choice, ...]
    seen: str
    sums: tuple[BranchSumView, ...]


def read_branch(member: Member, chosen: str) -> Branch | None:
    """The branch that a page shows alone: the only one its reader sees, or the one he chose."""
    return member.only_branch or branch_with(member.shop.branches, chosen or None)


def branch_bar(
    tx: ReadTx, member: Member, chosen: str, href: Callable[[str], str], *, with_sums: bool
) -> BranchBar | None:
    """The bar; None in a shop without branches. `href`: the address of the list for the id of a
    branch, '' for all.
    """
    current, branches = member.branch, member.shop.branches
    if current is None:
        return None
    seen = read_branch(member, chosen)
    may_switch = member.branch_id is None and member.may(Permission.RECORD_ENTRY)
    others = [one for one in open_branches(branches) if one.id != current.id]
    is_summed = with_sums and seen and member.may(Permission.SEE_TOTALS)
    return BranchBar(
        switch_action=f"{member.shop.home}/branch",
        current=current,
        others=tuple(others) if may_switch else (),
        shown=() if member.only_branch else _shown(branches, seen, href),
        seen=seen.name if seen else "",
        sums=_views(sum_branches(tx), branches) if is_summed else (),
    )


def bar_fields(
    tx: ReadTx,
    member: Member,
    chosen: str,
    list_href: str,
    href: Callable[..., str],
    *,
    with_sums: bool,
) -> dict[str, Any]:
    """The fields `bar` and `branch` of a list. `href`: its address with changed parameters."""
    bar = branch_bar(
        tx, member, chosen, lambda one: href(list_href, branch=one), with_sums=with_sums
    )
    return {"bar": bar, "branch": chosen}


def account_sums(tx: ReadTx, member: Member, customer_id: str) -> tuple[BranchSumView, ...]:
    """What was given and received on an account in each branch that the member sees."""
    branches = member.shop.branches
    return _views(sum_branches_of(tx, customer_id), branches) if branches else ()


def _shown(
    branches: Sequence[Branch], seen: Branch | None, href: Callable[[str], str]
) -> tuple[Choice, ...]:
    every = Choice("", href(""), seen is None)
    return (every, *(Choice(one.name, href(one.id), one is seen) for one in branches))


def _views(sums: Sequence[BranchSum], branches: Sequence[Branch]) -> tuple[BranchSumView, ...]:
    named = ((branch_of_key(branches, one.branch_key), one) for one in sums)
    return tuple(
        BranchSumView(branch.name, one.currency, one.given_minor, one.received_minor)
        for branch, one in named
        if branch is not None
    )
