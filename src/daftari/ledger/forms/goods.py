"""The part of the entry form for goods: rows of a name, a quantity and the price of one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from daftari.identity.rules import Shop
from daftari.kernel.arabic import neutral
from daftari.kernel.forms import Readings, Typed
from daftari.kernel.money import CURRENCIES
from daftari.kernel.refusal import Reason, Refusal
from daftari.ledger.forms.exchange import amount_text
from daftari.ledger.rules.fields import GOODS
from daftari.ledger.rules.goods import (
    GOODS_KINDS,
    MOST_GOODS,
    ONE,
    Goods,
    GoodsRow,
    sum_of,
    type_quantity,
)
from daftari.ledger.rules.kinds import Kind

SAVED_OF_GOODS: Final = tuple(
    f"{name}_{number}" for number in range(1, MOST_GOODS + 1) for name in GOODS
)
_ROWS: Final = tuple(
    tuple(f"{name}_{number}" for name in GOODS) for number in range(1, MOST_GOODS + 2)
)
_FIELDS: Final = frozenset(name for row in _ROWS for name in row)
_UNREAD: Final = GoodsRow("", ONE, 1)


@dataclass(frozen=True, slots=True)
class TypedGoods:
    """A row of the form as typed. Its fields are numbered from one: `goods_name_1`."""

    name: str = ""
    quantity: str = ""
    price: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed. A quantity alone says nothing."""
        if not (self.name or self.price):  # nearly every row
            return True
        return not (neutral(self.name) or neutral(self.price))


BLANK_ROWS: Final = (TypedGoods(),) * 5
"""Rows to fill in where no script adds them."""


def typed_goods(typed: Typed) -> tuple[TypedGoods, ...]:
    """The rows of a submitted form up to the last with something in it, one more than is allowed at
    most.
    """
    if typed.keys().isdisjoint(_FIELDS):
        return ()
    rows = [TypedGoods(*(typed.get(name, "") for name in row)) for row in _ROWS]
    while rows and rows[-1].is_blank:
        rows.pop()
    return tuple(rows)


def standing_goods(goods: Iterable[GoodsRow], currency: str, shop: Shop) -> tuple[TypedGoods, ...]:
    """Goods as they would be typed."""
    return tuple(
        TypedGoods(
            row.name,
            type_quantity(row.quantity_milli, shop.notation),
            amount_text(row.price_minor, currency, shop),
        )
        for row in goods
    )


def read_goods(
    form: Readings, typed: Sequence[TypedGoods], shop: Shop, kind: Kind, currency: str
) -> Goods:
    """The goods of a form; blank rows are left out. A refusal stands at its row."""
    rows = [(number, row) for number, row in enumerate(typed, 1) if not row.is_blank]
    if rows and kind not in GOODS_KINDS:
        form.refuse(Refusal(form="goods_of_no_debt"))
    if len(rows) > MOST_GOODS:
        form.refuse(Refusal(form=Reason("too_many_goods", {"most": MOST_GOODS})))
    money = CURRENCIES[currency].decimals, shop.notation
    return tuple(_read_row(form, number, row, shop, money) for number, row in rows[:MOST_GOODS])


def read_sum(form: Readings, amount: str, goods: Goods, shop: Shop, currency: str) -> int:
    """The amount of an entry with goods: their sum. A typed amount has to be the same."""
    if any(name.startswith("goods_") for name in form.refused):
        return _UNREAD.price_minor
    minor = form.read("amount", lambda: sum_of(goods), 0)
    if minor and neutral(amount):
        money = CURRENCIES[currency].decimals, shop.notation
        if form.field("amount", amount, minor, *money) != minor:
            summed = {"sum_minor": minor, "currency": currency}
            form.refuse(Refusal(amount=Reason("amount_not_sum_of_goods", summed)))
    return minor


def _read_row(
    form: Readings, number: int, row: TypedGoods, shop: Shop, money: tuple[Any, ...]
) -> GoodsRow:
    def read(name: str, text: str, instead: Any, *context: object) -> Any:
        return form.read(f"{name}_{number}", lambda: GOODS[name].read(text, *context), instead)

    return GoodsRow(
        read("goods_name", row.name, _UNREAD.name),
        read("goods_quantity", row.quantity, _UNREAD.quantity_milli, shop.notation),
        read("goods_price", row.price, _UNREAD.price_minor, *money),
    )
