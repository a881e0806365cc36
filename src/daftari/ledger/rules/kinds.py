"""Kinds of entries, and what each does to a balance.

A balance above zero is what he owes the shop («عليه»); below zero is what he is owed («له»). With a
supplier it is the shop that runs up debt, so every kind but the opening works the other way round.
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
    """On whose side an opening balance stands."""

    OWES = "owes"
    OWED = "owed"


class Method(StrEnum):
    """How a payment was made."""

    CASH = "cash"
    TRANSFER = "transfer"
    WALLET = "wallet"
    CHEQUE = "cheque"
    GOODS = "goods"
    OTHER = "other"


TYPED_KINDS = tuple(kind for kind in Kind if kind is not Kind.REVERSAL)
FORGIVING_KINDS = frozenset({Kind.DISCOUNT, Kind.WRITE_OFF, Kind.RECOVERY})

_GROWTH = {
    Kind.DEBT: 1,
    Kind.PAYMENT: -1,
    Kind.DISCOUNT: -1,
    Kind.WRITE_OFF: -1,
    Kind.RECOVERY: 0,
}


def direction(role: str) -> int:
    """1 where a debt grows what he owes us, -1 where it grows what we owe him (a supplier)."""
    return -1 if role == "supplier" else 1


def effect(kind: Kind, amount_minor: int, role: str, side: Side) -> int:
    """The signed change of the balance, in minor units.

    A recovery is money taken for a debt already written off: it is told, and moves no balance.
    """
    if kind is Kind.OPENING:
        return amount_minor if side is Side.OWES else -amount_minor
    return _GROWTH[kind] * direction(role) * amount_minor


def usual_side(role: str) -> Side:
    """The side an opening balance stands on when nobody says: customers owe, suppliers are owed."""
    return Side.OWED if role == "supplier" else Side.OWES


def written_off_change(kind: Kind, amount_minor: int) -> int:
    """How an entry changes what stands written off and not yet recovered."""
    return {Kind.WRITE_OFF: amount_minor, Kind.RECOVERY: -amount_minor}.get(kind, 0)
