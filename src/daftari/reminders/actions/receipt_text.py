"""Texts of receipts. What a text may not do with names is told in `message_text`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from daftari.kernel.arabic import neutral
from daftari.kernel.digits import shown
from daftari.kernel.money import CURRENCIES, format_amount
from daftari.kernel.rates import format_rate
from daftari.ledger.rules.exchange import Exchange
from daftari.ledger.rules.goods import Goods, GoodsRow, format_quantity
from daftari.reminders.actions.message_text import MessageContext, greeting, message

MOST_TOLD: Final = 5
"""Rows of goods in a text; a text message is paid for by its length."""


@dataclass(frozen=True, slots=True)
class CoveredDebt:
    """The amount of a payment that is allocated to the debt of that day."""

    day: date
    minor: int


@dataclass(frozen=True, slots=True)
class RecordedEntry:
    """The entry of a receipt. Balances: above zero is what the customer owes."""

    kind: str
    minor: int
    currency: str
    before_minor: int
    after_minor: int
    is_supplier: bool
    covers: tuple[CoveredDebt, ...]
    exchange: Exchange | None = None
    goods: Goods = ()


def receipt_text(context: MessageContext, name: str, written: RecordedEntry) -> str:
    """The whole text of a receipt."""
    _ = context.words.gettext
    before, after = (
        _balance(context, minor, written.currency)
        for minor in (written.before_minor, written.after_minor)
    )
    balance = _("Before: %(before)s. Now: %(after)s.") % {"before": before, "after": after}
    return message(
        greeting(context, name, None),
        _entry_sentence(context, written),
        *_goods(context, written),
        *_handed_over(context, written),
        *_covered_debts(context, written.covers),
        balance,
        context=context,
    )


def _entry_sentence(context: MessageContext, written: RecordedEntry) -> str:
    _ = context.words.gettext
    values = {
        "shop": neutral(context.shop.name),
        "amount": context.amount(written.minor, written.currency),
    }
    if written.kind == "payment" and written.is_supplier:
        return _("You received %(amount)s from %(shop)s.") % values
    if written.kind == "payment":
        return _("You paid %(amount)s to %(shop)s. Thank you.") % values
    if written.kind == "debt" and written.is_supplier:
        return _("You delivered goods for %(amount)s on account to %(shop)s.") % values
    if written.kind == "debt":
        return _("A debt of %(amount)s was written on your account with %(shop)s.") % values
    return _("Your account with %(shop)s was brought up to date.") % values


def _goods(context: MessageContext, written: RecordedEntry) -> Iterable[str]:
    """A line for each of the first rows of goods, and the number of the others."""
    for row in written.goods[:MOST_TOLD]:
        yield _goods_line(context, row, written.currency)
    more = len(written.goods) - MOST_TOLD
    if more > 0:
        number = shown(str(more), context.shop.digits)
        sentence = context.words.ngettext("And %(num)s more.", "And %(num)s more.", more)
        yield sentence % {"num": number}


def _goods_line(context: MessageContext, row: GoodsRow, currency: str) -> str:
    """«بضاعة 2 × 6.25 = 12.50: سكر». The name is last, where it moves no number."""
    shop, decimals = context.shop, CURRENCIES[currency].decimals
    price, total = (
        format_amount(minor, decimals, shop.digits, shop.notation)
        for minor in (row.price_minor, row.total_minor)
    )
    return context.words.gettext("Goods %(quantity)s × %(price)s = %(total)s: %(name)s") % {
        "quantity": format_quantity(row.quantity_milli, shop.digits, shop.notation),
        "price": price,
        "total": total,
        "name": neutral(row.name),
    }


def _handed_over(context: MessageContext, written: RecordedEntry) -> Iterable[str]:
    """What was handed over in another currency: «دُفع 375 ريالًا سعوديًا، والسعر: …»."""
    it = written.exchange
    if it is None:
        return
    of = it.rate_of
    into = written.currency if of == it.paid_currency else it.paid_currency
    rate = format_rate(it.rate_e8, context.shop.digits, context.shop.notation)
    yield context.words.gettext(
        "It was handed over as %(amount)s, at the rate: %(unit)s = %(rate)s."
    ) % {
        "amount": context.amount(it.paid_minor, it.paid_currency),
        "unit": context.named(shown("1", context.shop.digits), of),
        "rate": context.named(rate, into),
    }


def _covered_debts(context: MessageContext, covers: Sequence[CoveredDebt]) -> Iterable[str]:
    """The debts a payment covers: «سُدّد به دَين 2/11/2026 ودَين 5/11/2026», the first three and
    the number of the others.
    """
    if not covers:
        return
    say = context.words
    days = context.all_of(
        [context.day(day) for day in dict.fromkeys(one.day for one in covers[:3])]
    )
    if len(covers) <= 3:
        yield say.gettext("It pays the debt of %(days)s.") % {"days": days}
        return
    more = len(covers) - 3
    sentence = say.ngettext(
        "It pays the debt of %(days)s and %(num)s more.",
        "It pays the debt of %(days)s and %(num)s more.",
        more,
    )
    yield sentence % {"days": days, "num": shown(str(more), context.shop.digits)}


def _balance(context: MessageContext, minor: int, currency: str) -> str:
    _ = context.words.gettext
    amount = context.amount(abs(minor), currency)
    if minor > 0:
        return _("you owe %(amount)s") % {"amount": amount}
    return _("you are owed %(amount)s") % {"amount": amount} if minor else _("settled")
