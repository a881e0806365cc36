"""Which branch somebody writes in and sees, and what is refused of a branch."""

import pytest

from daftari.identity.rules import Role
from daftari.identity.rules.branches import (
    Branch,
    branch_for_entry,
    branch_of_key,
    current_branch,
    refuse_closing,
    refuse_name,
)
from daftari.identity.rules.staff import adjustable_for, adjusted_to
from daftari.kernel.refusal import Refusal

IDS = [f"01a231c2-2f3d-74ee-a0f9-71273300566{n}" for n in range(4)]
UNKNOWN = IDS[3]
FIRST = Branch(IDS[0], "الرئيسي", is_first=True, is_closed=False)
MARKET = Branch(IDS[1], "السوق", is_first=False, is_closed=False)
OLD = Branch(IDS[2], "القديم", is_first=False, is_closed=True)
ALL = (FIRST, MARKET, OLD)


@pytest.mark.parametrize(
    ("branches", "belongs_to", "remembered", "current"),
    [
        ((), None, None, None),
        (ALL, None, None, FIRST),
        (ALL, None, MARKET.id, MARKET),
        (ALL, None, OLD.id, FIRST),
        (ALL, None, UNKNOWN, FIRST),
        (ALL, MARKET.id, FIRST.id, MARKET),
        (ALL, UNKNOWN, MARKET.id, MARKET),
    ],
)
def test_one_writes_in_ones_own_branch_or_the_one_chosen_last(
    branches, belongs_to, remembered, current
):
    assert current_branch(branches, belongs_to, remembered) is current


@pytest.mark.parametrize(
    ("belongs_to", "asked", "branch"),
    [
        (None, None, FIRST),
        (None, MARKET.id, MARKET),
        (None, OLD.id, OLD),
        (MARKET.id, MARKET.id, MARKET),
        (None, UNKNOWN, "branch_unknown"),
        (MARKET.id, FIRST.id, "branch_not_yours"),
        (MARKET.id, OLD.id, "branch_not_yours"),
    ],
)
def test_an_entry_is_written_in_the_branch_it_names(belongs_to, asked, branch):
    if isinstance(branch, Branch):
        assert branch_for_entry(ALL, belongs_to, FIRST, asked) is branch
        return
    with pytest.raises(Refusal) as refused:
        branch_for_entry(ALL, belongs_to, FIRST, asked)
    assert refused.value.reasons["branch"].name == branch


def test_what_was_written_before_there_were_branches_belongs_to_the_first():
    assert branch_of_key(ALL, None) is FIRST
    assert branch_of_key(ALL, MARKET.id) is MARKET
    assert branch_of_key((), None) is None


@pytest.mark.parametrize("name", ["السوق", "القديم"])
def test_two_branches_have_two_names(name: str):
    with pytest.raises(Refusal):
        refuse_name(ALL, name)
    refuse_name((), name)


def test_a_branch_keeps_its_own_name():
    refuse_name(ALL, MARKET.name, MARKET.id)


@pytest.mark.parametrize(
    ("branches", "people", "reason"),
    [
        (ALL, [], None),
        (ALL, ["كريم"], "branch_has_people"),
        ((MARKET, OLD), [], "branch_last"),
    ],
)
def test_a_branch_is_closed_when_nobody_needs_it(branches, people, reason):
    if reason is None:
        refuse_closing(branches, MARKET, people)
        return
    with pytest.raises(Refusal) as refused:
        refuse_closing(branches, MARKET, people)
    assert refused.value.reasons["form"].name == reason


def test_without_branches_nobody_is_asked_who_sees_them():
    assert "see_branches" in adjustable_for(Role.MANAGER)
    shown = adjustable_for(Role.MANAGER, has_branches=False)
    assert "see_branches" not in shown
    usual = [one for one in shown if one not in ("export_book", "manage_people", "manage_shop")]
    assert not adjusted_to(Role.MANAGER, usual, has_branches=False).denied
