"""Who may change what about the people of a shop."""

import pytest

from daftari.identity.rules import (
    UNADJUSTED,
    Adjustments,
    Member,
    Permission,
    Role,
    permissions_of,
)
from daftari.identity.rules.staff import (
    ADJUSTABLE,
    HIRED,
    Position,
    adjustable_for,
    adjusted_to,
    refuse_change,
    refuse_removal,
)
from daftari.kernel.refusal import Refusal
from tests.book import UMM_SALIM

OWNER, MANAGER, CASHIER, VIEWER = (Position(role) for role in Role)
MANAGES = Adjustments(granted=frozenset({Permission.MANAGE_PEOPLE}))
OTHER = "somebody else"


def member(role: Role, adjusted: Adjustments = UNADJUSTED) -> Member:
    return Member(UMM_SALIM.person, UMM_SALIM.shop, role, adjusted=adjusted)


def reason_of(verb, *args) -> str | None:
    try:
        verb(*args)
    except Refusal as refusal:
        return next(iter(refusal.reasons.values())).name
    return None


@pytest.mark.parametrize(
    ("by", "old", "new", "owners", "reason"),
    [
        (member(Role.OWNER), CASHIER, MANAGER, 1, None),
        (member(Role.OWNER), MANAGER, VIEWER, 1, None),
        (member(Role.OWNER), OWNER, MANAGER, 2, None),
        (member(Role.OWNER), OWNER, MANAGER, 1, "last_owner"),
        (member(Role.OWNER), MANAGER, OWNER, 1, "owner_not_given"),
        (member(Role.MANAGER, MANAGES), OWNER, VIEWER, 2, "owner_untouchable"),
        (member(Role.MANAGER, MANAGES), VIEWER, CASHIER, 1, None),
        (member(Role.MANAGER, MANAGES), CASHIER, MANAGER, 1, None),
        (member(Role.MANAGER, MANAGES), CASHIER, OWNER, 1, "owner_not_given"),
    ],
)
def test_a_role_is_given_by_who_has_what_is_in_it(by, old, new, owners, reason):
    assert reason_of(refuse_change, by, OTHER, old, new, owners) == reason


def test_nobody_grants_what_he_has_not():
    narrowed = Adjustments(MANAGES.granted, frozenset({Permission.WRITE_OFF}))
    by = member(Role.MANAGER, narrowed)
    assert not by.may(Permission.WRITE_OFF)
    assert reason_of(refuse_change, by, OTHER, CASHIER, MANAGER, 1) == "grants_too_much"
    exports = Position(Role.CASHIER, Adjustments(frozenset({Permission.EXPORT_BOOK})))
    assert reason_of(refuse_change, by, OTHER, CASHIER, exports, 1) == "grants_too_much"
    assert reason_of(refuse_change, by, OTHER, exports, CASHIER, 1) is None


def test_nobody_changes_his_own_position():
    for role in Role:
        mine = UMM_SALIM.person.id, Position(role), Position(Role.VIEWER), 2
        assert reason_of(refuse_change, member(role), *mine) == "own_position"


def test_an_owner_is_never_narrowed():
    denied = Adjustments(denied=frozenset(Permission))
    assert permissions_of(Role.OWNER, denied) == frozenset(Permission)
    assert adjustable_for(Role.OWNER) == ()
    assert reason_of(adjusted_to, Role.OWNER, {Permission.SEE_TOTALS}) == "permission_out_of_bounds"


@pytest.mark.parametrize(
    ("by", "person", "position", "owners", "reason"),
    [
        (Role.OWNER, OTHER, OWNER, 2, None),
        (Role.OWNER, OTHER, CASHIER, 1, None),
        (Role.MANAGER, OTHER, OWNER, 2, "owner_untouchable"),
        (Role.MANAGER, OTHER, MANAGER, 1, None),
        (Role.OWNER, UMM_SALIM.person.id, OWNER, 1, "last_owner"),
        (Role.OWNER, UMM_SALIM.person.id, OWNER, 2, None),
        (Role.CASHIER, UMM_SALIM.person.id, CASHIER, 1, None),
    ],
)
def test_the_last_owner_stays_and_an_owner_goes_by_an_owner_only(
    by, person, position, owners, reason
):
    assert reason_of(refuse_removal, member(by), person, position, owners) == reason


@pytest.mark.parametrize("role", HIRED)
def test_what_is_permitted_is_what_was_marked(role):
    bounds = set(adjustable_for(role))
    assert bounds
    nothing = permissions_of(role, adjusted_to(role, ()))
    assert not nothing & bounds
    assert nothing == permissions_of(role) - bounds
    assert permissions_of(role, adjusted_to(role, bounds)) >= bounds
    usual = permissions_of(role) & bounds
    assert adjusted_to(role, usual) == UNADJUSTED


def test_what_needs_another_permission_brings_it_along():
    any_entry = adjusted_to(Role.CASHIER, {Permission.REVERSE_ENTRY})
    assert Permission.REVERSE_OWN_ENTRY in permissions_of(Role.CASHIER, any_entry)


def test_a_cashier_cannot_be_given_the_shop_or_its_people():
    for one in (Permission.MANAGE_SHOP, Permission.MANAGE_PEOPLE, "read_book", "fly"):
        assert one not in adjustable_for(Role.CASHIER)
        assert reason_of(adjusted_to, Role.CASHIER, {one}) == "permission_out_of_bounds"


def test_nobody_can_be_kept_from_reading_the_book_of_his_shop():
    assert Permission.READ_BOOK not in ADJUSTABLE
