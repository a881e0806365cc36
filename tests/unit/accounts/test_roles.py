"""Who may do what in a shop."""

import pytest

from daftari.accounts.rules import Deed, Role, may

FIRST_ALLOWED = {
    Deed.READ_BOOK: Role.VIEWER,
    Deed.RECORD_ENTRY: Role.CASHIER,
    Deed.ADD_CUSTOMER: Role.CASHIER,
    Deed.REVERSE_OWN_ENTRY: Role.CASHIER,
    Deed.SEND_MESSAGE: Role.CASHIER,
    Deed.SEE_TOTALS: Role.MANAGER,
    Deed.CHANGE_CUSTOMER: Role.MANAGER,
    Deed.REVERSE_ENTRY: Role.MANAGER,
    Deed.FREEZE_CUSTOMER: Role.MANAGER,
    Deed.SET_CREDIT_LIMIT: Role.MANAGER,
    Deed.GIVE_OVER_LIMIT: Role.MANAGER,
    Deed.WRITE_OFF: Role.MANAGER,
    Deed.REMIND_MANY: Role.MANAGER,
    Deed.EXPORT_BOOK: Role.OWNER,
    Deed.MANAGE_SHOP: Role.OWNER,
    Deed.MANAGE_PEOPLE: Role.OWNER,
}
RISING = [Role.VIEWER, Role.CASHIER, Role.MANAGER, Role.OWNER]


def test_every_deed_is_in_the_table():
    assert set(FIRST_ALLOWED) == set(Deed)


@pytest.mark.parametrize("deed", Deed)
def test_a_deed_is_allowed_from_one_role_upwards(deed):
    allowed = [role for role in RISING if may(role, deed)]
    assert allowed == RISING[RISING.index(FIRST_ALLOWED[deed]) :]


def test_a_deed_or_a_role_nobody_knows_is_a_mistake_in_the_code():
    for role, deed in (("owner", "fly"), ("king", "read_book")):
        with pytest.raises(KeyError):
            may(role, deed)
