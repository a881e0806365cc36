"""The sheet to record an entry."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from daftari.approvals.rules import approvable
from daftari.db.base import ReadTx
from daftari.identity.rules import Member, Permission
from daftari.identity.rules.branches import Branch
from daftari.kernel.ids import new_id
from daftari.kernel.money import CURRENCIES
from daftari.kernel.rates import RATE_DECIMALS
from daftari.kernel.refusal import Missing, Reason
from daftari.kernel.words import unit_forms
from daftari.ledger.forms import EntryForm
from daftari.ledger.forms.goods import TypedGoods
from daftari.ledger.pages.exchange import ExchangeChoice, exchange_choice
from daftari.ledger.pages.goods import goods_fields
from daftari.ledger.pages.parts import BalanceView, currency_codes
from daftari.ledger.pages.reversal import usable_id
from daftari.ledger.pages.targets import TargetChoice, target_choices
from daftari.ledger.rules.due_days import DayChoice, due_choices, payday_after
from daftari.ledger.rules.kinds import (
    NOT_ASKED_FOR,
    TYPED_KINDS,
    Kind,
    Method,
    Side,
    direction,
    usual_side,
)
from daftari.ledger.store import account
from daftari.ledger.store.rates import TypedRate, find_typed_rates
from daftari.ledger.store.usual_amounts import find_largest_amounts, find_late_sums

LONGEST_AMOUNT = 40
ASKED_FOR = (Permission.GIVE_OVER_LIMIT, Permission.WRITE_OFF)
"""Permissions for which somebody who lacks them asks from the sheet."""


@dataclass(frozen=True, slots=True)
class CurrencyChoice:
    """A currency of the sheet. `forms`: JSON of its plural forms, to write amounts in words.
    `rate_e8`: by which the credit limit counts it, None where it does not. `late_minor`: what is
    owed and late; `largest_minor`: the largest amount so far, 0 for none.
    """

    code: str
    balance_minor: int
    forms: str
    rate_e8: int | None
    late_minor: int = 0
    largest_minor: int = 0


@dataclass(frozen=True, slots=True)
class EntryPage:
    """View model of the sheet. `form`: as typed; `reasons`: why it was refused, by field.

    `balances`: those that are not zero, the shop's own currency first; else that one alone.

    `grows`: kinds that increase what is owed. `limit_minor`: the credit limit in the shop's
    currency, None for no limit. `usual_payday_on`, else `usual_due_days`: the default due date of a
    debt, None for none; `day_choices`: named days. `targets`: what a payment can be for. `goods`:
    rows to fill in. `branch`: the one the entry is written in. `asks`: only an approval is lacking;
    `lacks`: the permissions for which the member would have to ask; `free_discount`: as in `Shop`.
    """

    home: str
    customer_id: str
    name: str
    is_supplier: bool
    is_frozen: bool
    balances: tuple[BalanceView, ...]
    form: EntryForm
    reasons: Mapping[str, Reason]
    kinds: tuple[str, ...]
    grows: tuple[str, ...]
    sides: tuple[str, ...]
    methods: tuple[str, ...]
    currencies: tuple[CurrencyChoice, ...]
    limit_minor: int | None
    usual_payday_on: date | None
    usual_due_days: int | None
    day_choices: tuple[DayChoice, ...]
    targets: tuple[TargetChoice, ...]
    exchange: ExchangeChoice
    goods: tuple[TypedGoods, ...]
    asks: bool
    lacks: tuple[str, ...]
    free_discount: int | None
    today: date
    branch: Branch | None = None


def new_form(kind: str, amount: str = "") -> EntryForm:
    """An empty form with a new id, so that submitting it twice records one entry."""
    kind = kind if kind in TYPED_KINDS else Kind.DEBT
    return EntryForm(id=new_id(), kind=kind, amount=amount[:LONGEST_AMOUNT])


def entry_page(
    tx: ReadTx,
    member: Member,
    today: date,
    language: str,
    customer_id: str,
    form: EntryForm,
    reasons: Mapping[str, Reason],
) -> EntryPage:
    """The sheet. Raises `Missing` for an unknown customer."""
    customer = account.find_customer(tx, customer_id)
    if customer is None:
        raise Missing(customer_id)
    shop = member.shop
    balances = {row.currency: row.balance_minor for row in account.find_balances(tx, customer_id)}
    rates = find_typed_rates(tx)
    return EntryPage(
        home=shop.home,
        customer_id=customer_id,
        name=customer.name,
        is_supplier=customer.role == "supplier",
        is_frozen=customer.frozen_at is not None,
        balances=_standing(shop.currency, balances),
        form=_filled_in(form, reasons, shop.currency, customer.role),
        reasons=reasons,
        **_allowed(member, customer.role),
        methods=tuple(Method),
        currencies=_currencies(tx, shop.currency, customer, balances, rates, today, language),
        limit_minor=customer.credit_limit_minor,
        usual_payday_on=payday_after(customer.payday, shop, today),
        usual_due_days=shop.due_days if customer.due_days is None else customer.due_days,
        day_choices=due_choices(customer.payday, shop, today),
        targets=target_choices(tx, customer_id, customer.role, balances),
        exchange=exchange_choice(shop, balances, rates, form.paid_currency),
        goods=goods_fields(form.goods),
        asks=approvable(reasons) is not None,
        today=today,
        branch=member.branch,
    )


def _standing(main: str, balances: Mapping[str, int]) -> tuple[BalanceView, ...]:
    codes = dict.fromkeys((main, *balances))
    open_ones = [code for code in codes if balances.get(code)]
    return tuple(BalanceView.of(balances.get(code, 0), code) for code in open_ones or [main])


def _filled_in(form: EntryForm, reasons: Mapping[str, Reason], main: str, role: str) -> EntryForm:
    """The form as typed, with defaults for fields that are empty or cannot be shown."""
    return replace(
        form,
        id=usable_id(form.id, reasons),
        currency=form.currency if form.currency in CURRENCIES else main,
        side=form.side or usual_side(role),
    )


def _allowed(member: Member, role: str) -> dict[str, Any]:
    """The fields of the page for what the member may write, alone or by asking."""
    return {
        "kinds": _kinds(member),
        "grows": (Kind.DEBT,),
        "sides": _sides(member, role),
        "lacks": tuple(one for one in ASKED_FOR if not member.may(one)),
        "free_discount": member.shop.free_discount,
    }


def _kinds(member: Member) -> tuple[str, ...]:
    if member.may(Permission.WRITE_OFF):
        return TYPED_KINDS
    return tuple(kind for kind in TYPED_KINDS if kind not in NOT_ASKED_FOR)


def _sides(member: Member, role: str) -> tuple[str, ...]:
    """The sides of an opening balance; the other one lowers a debt, as forgiving does."""
    return tuple(Side) if member.may(Permission.WRITE_OFF) else (usual_side(role),)


def _currencies(
    tx: ReadTx,
    main: str,
    customer: Any,
    balances: Mapping[str, int],
    rates: Mapping[str, TypedRate],
    today: date,
    language: str,
) -> tuple[CurrencyChoice, ...]:
    known = {code: one.rate_e8 for code, one in rates.items()} | {main: 10**RATE_DECIMALS}
    late = find_late_sums(tx, customer.id, direction(customer.role), today)
    largest = find_largest_amounts(tx, customer.id)
    return tuple(
        CurrencyChoice(
            code,
            balances.get(code, 0),
            json.dumps(unit_forms(code, language)),
            known.get(code),
            late.get(code, 0),
            largest.get(code, 0),
        )
        for code in currency_codes(main, balances)
    )
