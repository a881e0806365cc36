"""Placeholder pages of the offline shell, in place of people and their entries.

There is one for each sentence that can be shown: one for each plural form of a count (`COUNTS`:
those Arabic distinguishes from one on), and one for each way to write a day. The phone replaces
digits, days and names in them, never words.
"""

import json
from collections.abc import Iterator
from datetime import timedelta
from types import SimpleNamespace as Placeholder
from typing import Final

from daftari.customers.rules import DETAILS, LONGEST, consent
from daftari.kernel.money import CURRENCIES
from daftari.kernel.paydays import PAYDAYS
from daftari.kernel.refusal import Reason
from daftari.kernel.words import unit_forms
from daftari.ledger.forms.goods import BLANK_ROWS
from daftari.ledger.rules.kinds import TYPED_KINDS, Kind, Method, Side, usual_side
from daftari.offline.pages.list_placeholders import COUNTS, DAY, HOME, NAME, TODAY, balance

EXCHANGE_FIELDS: Final = ("paid_amount", "paid_currency", "rate", "rate_of")
_UNTYPED_ON_SHEET: Final = (
    *("occurred_on", "due_on", "due_choice"),
    *("method", "for_", "note", "taker", "paid_by"),
    *EXCHANGE_FIELDS,
)
_TEXTS: Final = {detail.column: NAME for detail in DETAILS if detail.is_personal}


def account(is_supplier: bool) -> Placeholder:
    return Placeholder(
        home=HOME,
        customer=_customer(is_supplier),
        **_stands(),
        entries=(),
        older_href=None,
        is_first_page=True,
        may_record=True,
        may_change=True,
        undo=None,
        took_back=False,
        corrected=False,
        approvals=(),
    )


def counter() -> Placeholder:
    return Placeholder(name=NAME, is_supplier=False, balances=[balance("")], lines=(), today=TODAY)


def _customer(is_supplier: bool) -> Placeholder:
    return Placeholder(
        id="-",
        name=NAME,
        details=Placeholder(**_TEXTS),
        phone="+1",
        phone_shown="+1",
        is_supplier=is_supplier,
        is_frozen=True,
        is_archived=True,
        merged_into=None,
    )


def dues() -> Iterator[tuple[str, dict[str, object]]]:
    for count in COUNTS:
        yield f"late {count}", {"days_late": count, "oldest_due_on": DAY}
    for key, days in (("today", 0), ("tomorrow", 1), ("weekday", 3), ("day", 30)):
        day = DAY if key == "day" else TODAY + timedelta(days)
        yield f"due {key}", {"oldest_due_on": day}
    yield "none", {}


def standing(key: str, **due: object) -> Placeholder:
    stands = _stands() | {"home": HOME, "may_change": False} | due
    return Placeholder(key=key, customer=_customer(is_supplier=False), **stands)


def _stands() -> dict[str, object]:
    return {
        "balances": [balance("owes"), balance("owed", "USD"), balance("")],
        "oldest_due_on": None,
        "days_late": 0,
        "limit": Placeholder(minor=100, is_passed=True, is_none_allowed=True, uncounted=("USD",)),
        "branch_sums": (),
        "today": TODAY,
    }


def sheet(language: str, is_supplier: bool) -> Placeholder:
    usual = usual_side("supplier" if is_supplier else "customer")
    return Placeholder(
        home=HOME,
        customer_id="-",
        name=NAME,
        is_supplier=is_supplier,
        is_frozen=True,
        balances=(balance("owes"),),
        form=Placeholder(
            id="",
            kind=Kind.DEBT,
            amount="",
            currency="SAR",
            side=usual,
            goods=(),
            **dict.fromkeys(_UNTYPED_ON_SHEET, ""),
        ),
        reasons={},
        kinds=TYPED_KINDS,
        grows=(Kind.DEBT,),
        sides=tuple(Side),
        methods=tuple(Method),
        currencies=[_currency(code, language) for code in CURRENCIES],
        limit_minor=100,
        usual_due_days=3,
        usual_payday_on=None,
        day_choices=(),
        targets=(target(),),
        exchange=exchange(),
        goods=BLANK_ROWS,
        asks=False,
        lacks=(),
        free_discount=None,
        today=TODAY,
        branch=Placeholder(id="", name=NAME),
    )


def target() -> Placeholder:
    return Placeholder(id="", minor=100, currency="SAR", is_plan=True, note="")


def exchange() -> Placeholder:
    """The part of a form for another currency, with one rate."""
    proposal = Placeholder(rate=exchange_rate(), typed="1", day=DAY)
    return Placeholder(currencies=tuple(CURRENCIES), proposals=(proposal,))


def exchange_rate() -> Placeholder:
    return Placeholder(of="USD", rate="1", into="SAR")


def _currency(code: str, language: str) -> Placeholder:
    forms = json.dumps(unit_forms(code, language))
    return Placeholder(
        code=code, balance_minor=0, forms=forms, rate_e8=None, late_minor=0, largest_minor=0
    )


def adding(language: str, namesakes: list[Placeholder]) -> Placeholder:
    empty = {detail.name: "" for detail in DETAILS}
    return Placeholder(
        id="",
        fields=Placeholder(
            form=empty | {"role": "customer"},
            reasons={"form": Reason("same_name")} if namesakes else {},
            currency="SAR",
            usual_due_days=None,
            paydays=PAYDAYS,
            longest=LONGEST,
            consents=_question(language),
            may_set_terms=True,
            may_choose_role=True,
            is_unfolded=False,
        ),
        action=f"{HOME}/customers",
        namesakes=namesakes,
        saved_url="",
    )


def _question(language: str) -> Placeholder:
    """The consent form: an unchecked box for each purpose of each channel."""
    rows = [
        (
            str(channel),
            [
                Placeholder(
                    name=f"{channel}_{purpose}",
                    purpose=str(purpose),
                    is_marked=False,
                    is_given=False,
                )
                for purpose in consent.Purpose
            ],
        )
        for channel in consent.ConsentChannel
    ]
    return Placeholder(
        asked="asked",
        text=consent.TEXTS[consent.TEXT_VERSION][language],
        rows=rows,
        how=consent.ConsentMethod.IN_PERSON,
    )


def namesake() -> Placeholder:
    return Placeholder(
        url=f"{HOME}/customers/-", name=NAME, nickname=NAME, phone="+1", is_archived=True
    )
