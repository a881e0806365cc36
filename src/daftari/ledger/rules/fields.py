"""The declared fields of what is filled in of the book: entry, reversal, promise, plan.

Amounts are read with the decimals of their currency and the shop's notation.
"""

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from functools import partial
from typing import Final, TypeVar

from daftari.kernel.arabic import neutral
from daftari.kernel.digits import to_latin
from daftari.kernel.fields import Field, by_name
from daftari.kernel.forms import read_choice, read_day, read_words
from daftari.kernel.ids import is_id
from daftari.kernel.money import CURRENCIES, Notation, parse_amount
from daftari.kernel.rates import parse_rate
from daftari.kernel.refusal import Reason, Refusal
from daftari.ledger.rules.goods import LONGEST_GOODS_NAME, parse_quantity
from daftari.ledger.rules.kinds import TYPED_KINDS, Kind, Method, Side
from daftari.ledger.rules.plans import FEWEST, MOST, Every

_LONGEST_AMOUNT: Final = 40
Choice = TypeVar("Choice", bound=StrEnum)


def _text(name: str, longest: int, is_offline: bool = False) -> Field:
    """The declaration of free text."""
    read = partial(read_words, longest=longest)
    return Field(name, read, longest, is_personal=True, is_offline=is_offline)


def _amount(name: str, column: str, read: Callable[..., object] = parse_amount) -> Field:
    return Field(name, read, _LONGEST_AMOUNT, stored_as=column)


def _read_currency(code: str) -> str:
    return read_choice(code, CURRENCIES, "currency_unknown")


def _read_kind(text: str) -> Kind:
    return Kind(read_choice(text, TYPED_KINDS, "kind_unknown"))


def _read_one(choices: type[Choice], refused: str, text: str) -> Choice | None:
    return choices(read_choice(text, tuple(choices), refused)) if text else None


def _read_target(text: str) -> str | None:
    """The id of a debt or plan. Raises Refusal(for='target_not_found')."""
    if text and not is_id(text):
        raise Refusal(for_="target_not_found")
    return text or None


def _read_agreed_day(text: str) -> date:
    """A day that has to be named. Raises Refusal(day=…): date_missing, date_not_a_date."""
    day = read_day(text)
    if day is None:
        raise Refusal(day="date_missing")
    return day


def _read_goods_name(text: str) -> str:
    """Raises Refusal(name=…): goods_name_missing, words_too_long (`longest`)."""
    name = read_words(text, LONGEST_GOODS_NAME)
    if not name:
        raise Refusal(name="goods_name_missing")
    return name


def _read_price(text: str, decimals: int, notation: Notation) -> int:
    """The price of one. Raises Refusal: price_missing, and what `parse_amount` raises."""
    if not neutral(text):
        raise Refusal(price="price_missing")
    return parse_amount(text, decimals, notation)


def _read_if_typed(text: str, decimals: int, notation: Notation) -> int | None:
    return parse_amount(text, decimals, notation) if neutral(text) else None


def _read_paid_down(text: str, decimals: int, notation: Notation) -> int:
    is_nothing = not to_latin(neutral(text)).strip("0.,٫")
    return 0 if is_nothing else parse_amount(text, decimals, notation)


def _read_every(text: str) -> Every:
    return Every(read_choice(text or Every.MONTH, tuple(Every), "choice_unknown"))


def _read_count(text: str) -> int | None:
    text = to_latin(neutral(text))
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 4):
        raise Refusal(count=Reason("count_not_right", {"fewest": FEWEST, "most": MOST}))
    return int(text)


_CURRENCY = Field("currency", _read_currency, is_offline=True)

ENTRY: Final = by_name(
    Field("kind", _read_kind, is_offline=True),
    Field("amount", parse_amount, _LONGEST_AMOUNT, stored_as="amount_minor", is_offline=True),
    _CURRENCY,
    Field("occurred_on", read_day, is_offline=True),
    Field("due_on", read_day, is_offline=True),
    Field("side", partial(_read_one, Side, "side_unknown")),
    Field("method", partial(_read_one, Method, "method_unknown"), is_offline=True),
    Field("for", _read_target, stored_as="for_id", is_offline=True),
    _text("note", 300, is_offline=True),
    _text("taker", 80, is_offline=True),
    _text("paid_by", 80, is_offline=True),
)

EXCHANGE: Final = by_name(
    _amount("paid_amount", "paid_minor"),
    Field("paid_currency", _read_currency),
    _amount("rate", "rate_e8", parse_rate),
)
"""Of a payment in another currency; the form of the entry reads them beside its own."""

GOODS: Final = by_name(
    Field("goods_name", _read_goods_name, LONGEST_GOODS_NAME, stored_as="name", is_personal=True),
    Field("goods_quantity", parse_quantity, _LONGEST_AMOUNT, stored_as="quantity_milli"),
    _amount("goods_price", "price_minor", _read_price),
)
"""Of one row of the goods of a debt; on the form their names end with the number of the row."""

REVERSAL: Final = by_name(_text("reason", 300))

PROMISE: Final = by_name(
    Field("promised_on", _read_agreed_day),
    _amount("amount", "amount_minor", _read_if_typed),
    _CURRENCY,
    _text("note", 300),
)

PLAN: Final = by_name(
    _amount("amount", "price_minor"),
    _amount("paid_down", "paid_down_minor", _read_paid_down),
    _CURRENCY,
    Field("first_on", _read_agreed_day),
    Field("every", _read_every),
    Field("count", _read_count, 4),
    _amount("each", "each_minor", _read_if_typed),
    _text("note", 200),
)
