"""Placeholder pages of one entry: its details, and its reversal."""

from datetime import datetime
from types import SimpleNamespace as Placeholder
from typing import Final

from daftari.ledger.forms.goods import BLANK_ROWS
from daftari.ledger.rules.kinds import Method
from daftari.offline.pages.list_placeholders import DAY, HOME, NAME, TODAY, balance
from daftari.offline.pages.placeholders import EXCHANGE_FIELDS, exchange, exchange_rate, target

_CORRECTED: Final = (
    *("amount", "occurred_on", "due_on", "method", "note", "taker", "paid_by", "for_"),
    *EXCHANGE_FIELDS,
)
_NOON: Final = datetime(2026, 11, 25, 12)


def reversal() -> Placeholder:
    return Placeholder(
        home=HOME,
        customer_id="-",
        entry_id="-",
        name=NAME,
        kind="debt",
        minor=100,
        currency="SAR",
        occurred_on=DAY,
        note=NAME,
        is_supplier=False,
        stood="{}",
        id="",
        reason="",
        reasons={},
        asks=False,
    )


def correction() -> Placeholder:
    return Placeholder(
        home=HOME,
        customer_id="-",
        name=NAME,
        entry_id="-",
        kind="debt",
        minor=100,
        currency="SAR",
        occurred_on=DAY,
        note=NAME,
        is_supplier=False,
        id="",
        reversal_id="",
        form=Placeholder(goods=(), **dict.fromkeys(_CORRECTED, "")),
        methods=tuple(Method),
        with_due=True,
        with_method=True,
        with_taker=True,
        targets=(target(),),
        lowers=True,
        exchange=exchange(),
        goods=BLANK_ROWS,
        goods_stood="",
        stood="{}",
        reasons={},
        asks=False,
        today=TODAY,
    )


def details() -> Placeholder:
    related = Placeholder(
        href="#", minor=100, currency="SAR", day=DAY, at=_NOON, who=NAME, reason=NAME
    )
    return Placeholder(
        name=NAME,
        is_supplier=False,
        entry=_entry(),
        goods=(Placeholder(name=NAME, quantity="1", price_minor=100, minor=100),),
        who=NAME,
        device="",
        branch=NAME,
        today=TODAY,
        allocated=(),
        more_allocated=0,
        open_minor=0,
        has_target=False,
        reversed_by=related,
        reverses=related,
        before=(related,),
        after=(related,),
        plan_href=None,
        correct_href=f"{HOME}/entries/-/correction",
        reverse_href=f"{HOME}/entries/-/reversal",
        receipt_href=None,
        photo_action=None,
        asks=False,
        approved_by="",
        reasons={},
    )


def _entry() -> Placeholder:
    return Placeholder(
        kind="debt",
        tone="debt",
        minor=100,
        currency="SAR",
        after=balance(),
        occurred_on=DAY,
        due_on=DAY,
        recorded_at=_NOON,
        method=Method.CASH,
        note=NAME,
        taker=NAME,
        paid_by=NAME,
        is_reversed=True,
        photo_href=None,
        exchange=Placeholder(minor=100, currency="USD", rate=exchange_rate()),
    )
