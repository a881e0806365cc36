"""The page of a statement, and the statement behind it, which its files are made of too."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from daftari.db.base import ReadTx
from daftari.identity.rules import Member, Permission
from daftari.identity.rules.phones import shown_phone
from daftari.kernel.refusal import Missing, Reason, Refusal
from daftari.ledger.rules.chain import GENESIS, proof_code
from daftari.ledger.rules.kinds import direction
from daftari.reports.forms import PeriodForm
from daftari.reports.pages.printed import PrintedStatement, printed_statement
from daftari.reports.pages.wording import Wording
from daftari.reports.rules.period import Period, QuickPeriod, day_after_zero, quick_period
from daftari.reports.rules.statement import Statement, sections_of
from daftari.reports.store import statement as store

MOST_ON_PAPER: Final = 2_000
MOST_IN_A_FILE: Final = 20_000
"""Entries of a file for spreadsheets, which reads without being set on pages."""


@dataclass(frozen=True, slots=True)
class StatementPage:
    """View model of the page. `printed`: None where the period was refused. `quick`: the named
    periods, each with its address and whether it is the one that is shown. `pdf_href`, `csv_href`,
    `xlsx_href`: None where the reader may not take it out.
    """

    home: str
    customer_id: str
    name: str
    form: PeriodForm
    reasons: Mapping[str, Reason]
    quick: tuple[tuple[str, str, bool], ...]
    printed: PrintedStatement | None
    pdf_href: str | None
    csv_href: str | None
    xlsx_href: str | None
    today: date


def statement_page(
    tx: ReadTx, member: Member, today: date, customer_id: str, typed: PeriodForm, shop_phone: str
) -> StatementPage:
    """The page of a period. Raises `Missing` for an unknown customer."""
    customer = _find_customer(tx, customer_id)
    form, reasons, printed, period = typed, {}, None, None
    try:
        period = _period(tx, member, today, customer_id, typed)
        form = PeriodForm.of(period)
        it = _statement(tx, member, today, customer_id, period, MOST_ON_PAPER)
        printed = printed_statement(Wording(member.person.language, member.shop), it, shop_phone)
    except Refusal as refused:
        reasons = refused.reasons
    at = f"{member.shop.home}/customers/{customer_id}/statement"
    may_export = period is not None and member.may(Permission.EXPORT_BOOK)
    return StatementPage(
        home=member.shop.home,
        customer_id=customer_id,
        name=customer.name,
        form=form,
        reasons=reasons,
        quick=_quick(at, typed, period, today),
        printed=printed,
        pdf_href=f"{at}.pdf{form.query}"
        if printed and member.may(Permission.SEND_MESSAGE)
        else None,
        csv_href=f"{at}.csv{form.query}" if may_export else None,
        xlsx_href=f"{at}.xlsx{form.query}" if may_export else None,
        today=today,
    )


def statement_of(
    tx: ReadTx, member: Member, today: date, customer_id: str, typed: PeriodForm, most: int
) -> Statement:
    """The statement of a period. Raises `Missing` for an unknown customer, and Refusal: what the
    form refuses, and statement_too_long (form) with `count` and `most`.
    """
    _find_customer(tx, customer_id)
    period = _period(tx, member, today, customer_id, typed)
    return _statement(tx, member, today, customer_id, period, most)


def _find_customer(tx: ReadTx, customer_id: str) -> store.AccountHolder:
    customer = store.find_customer(tx, customer_id)
    if customer is None:
        raise Missing(customer_id)
    return customer


def _period(tx: ReadTx, member: Member, today: date, customer_id: str, typed: PeriodForm) -> Period:
    name = typed.quick()
    if name is None:
        return typed.read(today)
    is_since_zero = name is QuickPeriod.SINCE_ZERO
    zero = _since_zero(tx, member.shop.currency, customer_id) if is_since_zero else None
    return quick_period(name, today, zero)


def _since_zero(tx: ReadTx, main: str, customer_id: str) -> date | None:
    """The day after the last zero of the shop's own currency, or of the only one there is."""
    changes = store.find_changes(tx, customer_id)
    return day_after_zero(changes.get(main) or next(iter(changes.values()), ()))


def _statement(
    tx: ReadTx, member: Member, today: date, customer_id: str, period: Period, most: int
) -> Statement:
    customer = _find_customer(tx, customer_id)
    owing, since = direction(customer.role), period.since or date.min
    entries = store.find_entries(tx, customer_id, since, period.until, most + 1, owing)
    if len(entries) > most:
        count = store.count_entries(tx, customer_id, since, period.until)
        raise Refusal(form=Reason("statement_too_long", {"count": count, "most": most}))
    until, shop = min(period.until, today), member.shop
    debts = store.find_open_debts(tx, customer_id, until, owing, is_past=until < today)
    carried = store.find_carried(tx, customer_id, period.since) if period.since else {}
    only = member.only_branch
    return Statement(
        name=customer.name,
        phone=shown_phone(customer.phone) if customer.phone else "",
        is_supplier=owing < 0,
        period=period,
        today=today,
        sections=sections_of(entries, carried, debts, until, shop.currency, owing),
        proof=proof_code(store.find_head(tx) or GENESIS),
        branch=only.name if only else "",
    )


def _quick(
    at: str, typed: PeriodForm, period: Period | None, today: date
) -> tuple[tuple[str, str, bool], ...]:
    """The named periods: name, address, and whether it is shown."""

    def is_shown(name: QuickPeriod) -> bool:
        if typed.period or name is QuickPeriod.SINCE_ZERO:
            return typed.period == name
        return period == quick_period(name, today)

    return tuple((name.value, f"{at}?period={name}", is_shown(name)) for name in QuickPeriod)
