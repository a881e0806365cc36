"""The page of the reports, and the report behind it, which its files are made of too."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from daftari.db.base import ReadTx
from daftari.identity.rules import Member, Permission
from daftari.kernel.refusal import Reason, Refusal
from daftari.ledger.actions import sums
from daftari.reports.forms import PeriodForm, read_report_period
from daftari.reports.pages.part import PrintedReport
from daftari.reports.pages.parts import printed_report
from daftari.reports.pages.wording import Wording
from daftari.reports.rules.period import Period
from daftari.reports.rules.report import (
    MOST_DEBTORS,
    Found,
    Report,
    currency_reports,
    first_month,
)
from daftari.reports.rules.report_period import ReportPeriod, report_period


@dataclass(frozen=True, slots=True)
class ReportPage:
    """View model of the page. `printed`: None where the period was refused. `named`: the named
    periods, each with its address and whether it is shown. `files`: the address of each file by its
    ending; none where the reader may not take one out.
    """

    home: str
    form: PeriodForm
    reasons: Mapping[str, Reason]
    named: tuple[tuple[str, str, bool], ...]
    printed: PrintedReport | None
    files: Mapping[str, str]


def report_page(
    tx: ReadTx, member: Member, today: date, typed: PeriodForm, names: Mapping[str, str]
) -> ReportPage:
    """The page of a period. `names`: of the shop's people, by id."""
    form, reasons, printed, period = typed, {}, None, None
    try:
        it = report_of(tx, member, today, typed)
        period = it.period
        form = PeriodForm.of(period)
        printed = printed_report(Wording(member.person.language, member.shop), it, names)
    except Refusal as refused:
        reasons = refused.reasons
    at = f"{member.shop.home}/reports"
    may_export = printed is not None and member.may(Permission.EXPORT_BOOK)
    endings = ("pdf", "xlsx", "csv") if may_export else ()
    return ReportPage(
        home=member.shop.home,
        form=form,
        reasons=reasons,
        named=_named(at, member, period, today),
        printed=printed,
        files={ending: f"{at}/summary.{ending}{form.query}" for ending in endings},
    )


def report_of(tx: ReadTx, member: Member, today: date, typed: PeriodForm) -> Report:
    """The report of a period from seven statements, whatever the size of the book. Raises Refusal:
    what the form refuses.
    """
    shop, only = member.shop, member.only_branch
    period = read_report_period(typed, today, shop.weekend)
    debts = None if only else tuple(sums.largest_debts(tx, shop.currency, MOST_DEBTORS))
    found = Found(
        period=tuple(sums.sum_period(tx, period.since or date.min, period.until)),
        days=tuple(sums.sum_days(tx, first_month(today), today)),
        late=tuple(sums.sum_late(tx, today)),
        not_due=tuple(sums.sum_not_due(tx, today)),
        debtors=debts,
    )
    currencies = currency_reports(found, shop.currency, today, shop.weekend)
    return Report(period, today, only.name if only else "", currencies)


def _named(
    at: str, member: Member, period: Period | None, today: date
) -> tuple[tuple[str, str, bool], ...]:
    """The named periods. Where two have the same days, the first of them is the one shown."""
    weekend = member.shop.weekend
    same = [name for name in ReportPeriod if period == report_period(name, today, weekend)]
    return tuple((name.value, f"{at}?period={name}", name in same[:1]) for name in ReportPeriod)
