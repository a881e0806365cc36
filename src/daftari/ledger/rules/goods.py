"""The goods of a debt: what was taken, how many, at which price. Their sum is the amount.

Twin of `src/daftari/static/js/goods.js`; both answer to the one table in `tests/cases/goods.json`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import msgspec

from daftari.kernel.arabic import neutral
from daftari.kernel.money import LARGEST_AMOUNT, Notation, format_amount, parse_amount
from daftari.kernel.refusal import Reason, Refusal
from daftari.ledger.rules.kinds import Kind

GOODS_KINDS: Final = (Kind.DEBT,)
"""Kinds of entries by which goods are given."""
MOST_GOODS: Final = 30
LONGEST_GOODS_NAME: Final = 60
QUANTITY_DECIMALS: Final = 3
ONE: Final = 10**QUANTITY_DECIMALS
LARGEST_QUANTITY: Final = 10**6 * ONE - 1

_NOT_A_NUMBER: Final = Reason("quantity_not_a_number")
_REASONS: Final = {
    "amount_not_a_number": _NOT_A_NUMBER,
    "amount_mixed_digits": _NOT_A_NUMBER,
    "amount_negative": Reason("quantity_not_positive"),
    "amount_zero": Reason("quantity_not_positive"),
    "amount_too_large": Reason("quantity_too_large", {"most": LARGEST_QUANTITY // ONE}),
    "amount_too_many_decimals": Reason("quantity_too_many_decimals"),
}


@dataclass(frozen=True, slots=True)
class GoodsRow:
    """One kind of goods of an entry: a name of the shop, the quantity in thousandths, and the price
    of one in minor units of the entry's currency.
    """

    name: str
    quantity_milli: int
    price_minor: int

    @property
    def total_minor(self) -> int:
        """The price of the quantity; half of a minor unit is rounded up."""
        return (2 * self.quantity_milli * self.price_minor + ONE) // (2 * ONE)


Goods = tuple[GoodsRow, ...]


def sum_of(goods: Iterable[GoodsRow]) -> int:
    """The amount of an entry with these goods. Raises Refusal(amount=…): amount_zero,
    amount_too_large.
    """
    minor = sum(row.total_minor for row in goods)
    if minor == 0:
        raise Refusal(amount="amount_zero")
    if minor > LARGEST_AMOUNT:
        raise Refusal(amount="amount_too_large")
    return minor


def parse_quantity(text: str, notation: Notation) -> int:
    """Parse a typed quantity into thousandths; nothing is one. `0.750` is 750.

    Raises Refusal(quantity=…): quantity_not_a_number, quantity_not_positive, quantity_too_large
    (`most`), quantity_too_many_decimals, amount_ambiguous_separator.
    """
    if not neutral(text):
        return ONE
    try:
        milli = parse_amount(text, QUANTITY_DECIMALS, notation)
    except Refusal as refused:
        reason = refused.reasons["amount"]
        raise Refusal(quantity=_REASONS.get(reason.name, reason)) from None
    if milli > LARGEST_QUANTITY:
        raise Refusal(quantity=_REASONS["amount_too_large"])
    return milli


def format_quantity(milli: int, digits: str, notation: Notation) -> str:
    """Format a quantity without zeros at its end: 1500 is `1.5`."""
    decimals, rest = QUANTITY_DECIMALS, milli
    while decimals and rest % 10 == 0:
        decimals, rest = decimals - 1, rest // 10
    return format_amount(rest, decimals, digits, notation)


def type_quantity(milli: int, notation: Notation) -> str:
    """A quantity as it would be typed and is read again: `1.500`, not the thousands of `1,500`."""
    text = format_quantity(milli, "latn", notation)
    return text.replace(notation.group, "")


def goods_text(goods: Sequence[GoodsRow]) -> str:
    """The goods as one text, for the idempotency key of a request; '' for none."""
    return msgspec.json.encode(told(goods)).decode() if goods else ""


def told(goods: Iterable[GoodsRow]) -> list[tuple[str, int, int]]:
    """The goods as lists of values, which the digest of an entry's texts covers."""
    return [(row.name, row.quantity_milli, row.price_minor) for row in goods]
