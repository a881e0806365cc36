"""Who may do what in a shop."""

import pytest

from daftari.identity.rules import Permission, Role, may

FIRST_ALLOWED = {
    Permission.READ_BOOK: Role.VIEWER,
    Permission.RECORD_ENTRY: Role.CASHIER,
    Permission.ADD_CUSTOMER: Role.CASHIER,
    Permission.REVERSE_OWN_ENTRY: Role.CASHIER,
    Permission.SEND_MESSAGE: Role.CASHIER,
    Permission.SEE_TOTALS: Role.MANAGER,
    Permission.SEE_BRANCHES: Role.MANAGER,
    Permission.CHANGE_CUSTOMER: Role.MANAGER,
    Permission.REVERSE_ENTRY: Role.MANAGER,
    Permission.FREEZE_CUSTOMER: Role.MANAGER,
    Permission.SET_CREDIT_LIMIT: Role.MANAGER,
    Permission.GIVE_OVER_LIMIT: Role.MANAGER,
    Permission.WRITE_OFF: Role.MANAGER,
    Permission.REMIND_MANY: Role.MANAGER,
    Permission.EXPORT_BOOK: Role.OWNER,
    Permission.MANAGE_SHOP: Role.OWNER,
    Permission.MANAGE_PEOPLE: Role.OWNER,
    Permission.HAND_OVER: Role.OWNER,
}
RISING = [Role.VIEWER, Role.CASHIER, Role.MANAGER, Role.OWNER]


def test_every_deed_is_in_the_table():
    assert set(FIRST_ALLOWED) == set(Permission)


@pytest.mark.parametrize("permission", Permission)
def test_a_deed_is_allowed_from_one_role_upwards(permission):
    allowed = [role for role in RISING if may(role, permission)]
    assert allowed == RISING[RISING.index(FIRST_ALLOWED[permission]) :]


def test_a_deed_or_a_role_nobody_knows_is_a_mistake_in_the_code():
    for role, permission in (("owner", "fly"), ("king", "read_book")):
        with pytest.raises(KeyError):
            may(role, permission)
