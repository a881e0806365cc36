"""Goods of a debt, as the pages show them and as a form begins."""

from collections.abc import Sequence
from dataclasses import dataclass

from daftari.identity.rules import Shop
from daftari.ledger.forms.goods import BLANK_ROWS, TypedGoods
from daftari.ledger.rules.goods import MOST_GOODS, Goods, format_quantity


@dataclass(frozen=True, slots=True)
class GoodsView:
    """One row: `quantity` as it is read, the price of one, and that of the quantity."""

    name: str
    quantity: str
    price_minor: int
    minor: int


def goods_views(goods: Goods, shop: Shop) -> tuple[GoodsView, ...]:
    return tuple(
        GoodsView(
            row.name,
            format_quantity(row.quantity_milli, shop.digits, shop.notation),
            row.price_minor,
            row.total_minor,
        )
        for row in goods
    )


def goods_fields(typed: Sequence[TypedGoods]) -> tuple[TypedGoods, ...]:
    """The rows of a form: what was typed, and blank ones after it."""
    return (*typed, *BLANK_ROWS[: max(MOST_GOODS - len(typed), 0)])
