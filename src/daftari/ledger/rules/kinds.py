"""Kinds of entries, and their effects on a balance.

A balance above zero is what the customer owes the shop («عليه»); below zero is what he is owed
(«له»). With a supplier the shop runs up debt, so every kind but the opening has the opposite sign.
"""

from enum import StrEnum


class Kind(StrEnum):
    DEBT = "debt"
    PAYMENT = "payment"
    OPENING = "opening"
    DISCOUNT = "discount"
    WRITE_OFF = "write_off"
    RECOVERY = "recovery"
    REVERSAL = "reversal"


class Side(StrEnum):
    """The side of an opening balance."""

    OWES = "owes"
    OWED = "owed"


class Method(StrEnum):
    """The method of a payment."""

    CASH = "cash"
    TRANSFER = "transfer"
    WALLET = "wallet"
    CHEQUE = "cheque"
    GOODS = "goods"
    OTHER = "other"


TYPED_KINDS = tuple(kind for kind in Kind if kind is not Kind.REVERSAL)
FORGIVING_KINDS = frozenset({Kind.DISCOUNT, Kind.WRITE_OFF, Kind.RECOVERY})
NOT_ASKED_FOR = frozenset({Kind.WRITE_OFF, Kind.RECOVERY})
"""Kinds that are offered only to those who may write them; a discount may be asked for."""
GIVING_KINDS = frozenset({Kind.DEBT, Kind.OPENING})
"""Kinds that make a debt; a payment can leave an advance, which is none."""

_GROWTH = {
    Kind.DEBT: 1,
    Kind.PAYMENT: -1,
    Kind.DISCOUNT: -1,
    Kind.WRITE_OFF: -1,
    Kind.RECOVERY: 0,
}


def direction(role: str) -> int:
    """The sign of a debt: 1 for customers, who owe us, -1 for suppliers, whom we owe."""
    return -1 if role == "supplier" else 1


def effect(kind: Kind, amount_minor: int, role: str, side: Side) -> int:
    """The signed change of the balance, in minor units.

    A recovery is a payment of a debt already written off: it is recorded and changes no balance.
    """
    if kind is Kind.OPENING:
        return amount_minor if side is Side.OWES else -amount_minor
    return _GROWTH[kind] * direction(role) * amount_minor


def forgives(kind: Kind, effect_minor: int, role: str) -> bool:
    """Whether an entry lowers a debt without money: an opening balance on the other side does."""
    shrinks = effect_minor * direction(role) < 0
    return kind in FORGIVING_KINDS or (kind is Kind.OPENING and shrinks)


def usual_side(role: str) -> Side:
    """The default side of an opening balance: customers owe, suppliers are owed."""
    return Side.OWED if role == "supplier" else Side.OWES


def written_off_change(kind: Kind, amount_minor: int) -> int:
    """The change of the amount that is written off and not recovered."""
    return {Kind.WRITE_OFF: amount_minor, Kind.RECOVERY: -amount_minor}.get(kind, 0)
