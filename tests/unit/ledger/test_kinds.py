"""What each kind does to a balance, on either side of the counter."""

import pytest

from daftari.ledger.rules.kinds import (
    TYPED_KINDS,
    Kind,
    Side,
    direction,
    effect,
    usual_side,
    written_off_change,
)

CUSTOMER = {
    Kind.DEBT: 700,
    Kind.PAYMENT: -700,
    Kind.DISCOUNT: -700,
    Kind.WRITE_OFF: -700,
    Kind.RECOVERY: 0,
}


@pytest.mark.parametrize(("kind", "change"), CUSTOMER.items())
def test_a_customer_runs_up_what_he_owes(kind, change):
    assert effect(kind, 700, "customer", Side.OWES) == change


@pytest.mark.parametrize(("kind", "change"), CUSTOMER.items())
def test_with_a_supplier_everything_runs_the_other_way(kind, change):
    assert effect(kind, 700, "supplier", Side.OWES) == -change


@pytest.mark.parametrize("role", ["customer", "supplier"])
def test_an_opening_stands_on_the_side_it_is_put(role):
    assert effect(Kind.OPENING, 700, role, Side.OWES) == 700
    assert effect(Kind.OPENING, 700, role, Side.OWED) == -700


def test_the_usual_side_is_that_of_a_debt():
    for role in ("customer", "supplier"):
        opening = effect(Kind.OPENING, 1, role, usual_side(role))
        assert opening == effect(Kind.DEBT, 1, role, Side.OWES) == direction(role)


def test_every_kind_that_can_be_typed_has_an_effect():
    assert Kind.REVERSAL not in TYPED_KINDS
    assert len(TYPED_KINDS) == len(Kind) - 1
    for kind in TYPED_KINDS:
        assert abs(effect(kind, 5, "customer", Side.OWES)) in (0, 5)


@pytest.mark.parametrize("kind", list(Kind))
def test_only_writing_off_and_recovering_change_what_is_written_off(kind):
    changes = {Kind.WRITE_OFF: 700, Kind.RECOVERY: -700}
    assert written_off_change(kind, 700) == changes.get(kind, 0)
