"""Roles of a shop, and the deeds each may do."""

from enum import StrEnum


class Role(StrEnum):
    """What somebody is in a shop."""

    OWNER = "owner"
    MANAGER = "manager"
    CASHIER = "cashier"
    VIEWER = "viewer"


class Deed(StrEnum):
    """What a route may ask for. A route names its deed with `may=…`; `read_book` is the default."""

    READ_BOOK = "read_book"
    SEE_TOTALS = "see_totals"
    RECORD_ENTRY = "record_entry"
    ADD_CUSTOMER = "add_customer"
    CHANGE_CUSTOMER = "change_customer"
    REVERSE_ENTRY = "reverse_entry"
    REVERSE_OWN_ENTRY = "reverse_own_entry"
    FREEZE_CUSTOMER = "freeze_customer"
    SET_CREDIT_LIMIT = "set_credit_limit"
    GIVE_OVER_LIMIT = "give_over_limit"
    WRITE_OFF = "write_off"
    SEND_MESSAGE = "send_message"
    REMIND_MANY = "remind_many"
    EXPORT_BOOK = "export_book"
    MANAGE_SHOP = "manage_shop"
    MANAGE_PEOPLE = "manage_people"


_VIEWER = frozenset({Deed.READ_BOOK})
_CASHIER = _VIEWER | {
    Deed.RECORD_ENTRY,
    Deed.ADD_CUSTOMER,
    Deed.REVERSE_OWN_ENTRY,
    Deed.SEND_MESSAGE,
}
_MANAGER = _CASHIER | {
    Deed.SEE_TOTALS,
    Deed.CHANGE_CUSTOMER,
    Deed.REVERSE_ENTRY,
    Deed.FREEZE_CUSTOMER,
    Deed.SET_CREDIT_LIMIT,
    Deed.GIVE_OVER_LIMIT,
    Deed.WRITE_OFF,
    Deed.REMIND_MANY,
}
_OWNER = frozenset(Deed)

_ALLOWED: dict[str, frozenset[str]] = {
    Role.OWNER: _OWNER,
    Role.MANAGER: _MANAGER,
    Role.CASHIER: _CASHIER,
    Role.VIEWER: _VIEWER,
}


def may(role: str, deed: str) -> bool:
    """Whether the role allows the deed. KeyError for a role or a deed that does not exist."""
    if deed not in _OWNER:
        raise KeyError(deed)
    return deed in _ALLOWED[role]
