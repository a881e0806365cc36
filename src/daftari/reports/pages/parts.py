"""The parts of a report, each a table with its chart: one value for page, paper and files."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from daftari.kernel.arabic import neutral
from daftari.kernel.digits import shown
from daftari.kernel.money import CURRENCIES, format_amount
from daftari.reports.pages.chart import chart_of
from daftari.reports.pages.part import CurrencyParts, Part, PrintedReport
from daftari.reports.pages.table import Amount, Cell, Row
from daftari.reports.pages.wording import Wording
from daftari.reports.rules.report import AgeBand, CurrencyReport, Report
from daftari.web.i18n import marked as _

_DEEDS: Final = {
    "reversal": _("Reversed or corrected"),
    "discount": _("Discount"),
    "write_off": _("Written off"),
}


def printed_report(wording: Wording, it: Report, names: Mapping[str, str]) -> PrintedReport:
    """The report in the words of its reader's language. `names`: of the shop's people, by id."""
    say, day = wording.say, wording.day(it.today)
    only = say(_("Only the entries of the branch %(branch)s"), branch=wording.name(it.branch))
    return PrintedReport(
        title=say(_("Reports")),
        shop=neutral(wording.shop.name),
        period=_period(wording, it),
        printed=say(_("Made on %(day)s"), day=day),
        only_branch=only if it.branch else "",
        sections=tuple(
            CurrencyParts(one.currency, wording.currency(one.currency), tuple(made))
            for one in it.currencies
            for made in [_Parts(wording, it, one, names).all()]
        ),
    )


def _period(wording: Wording, it: Report) -> str:
    until = wording.day(min(it.period.until, it.today))
    if it.period.since is None:
        return wording.say(_("All entries until %(day)s"), day=until)
    since = wording.day(it.period.since)
    if since == until:
        return since
    return wording.say(_("From %(since)s to %(until)s"), since=since, until=until)


class _Parts:
    """The parts of one currency."""

    def __init__(
        self, wording: Wording, report: Report, it: CurrencyReport, names: Mapping[str, str]
    ) -> None:
        self.wording, self.report, self.it, self.names = wording, report, it, names
        self.say = wording.say

    def all(self) -> Iterator[Part]:
        yield self._period()
        yield self._months()
        yield self._late()
        yield self._expected()
        if self.it.debtors is not None:
            yield self._debtors()
        yield self._people()

    def _period(self) -> Part:
        given, taken = self.it.given, self.it.taken
        net = given.minor - taken.minor
        what = _("Your customers owe more by") if net >= 0 else _("Your customers owe less by")
        rows: list[Row] = [
            (self.say(_("Given")), self._count(given.entries), self._amount(given.minor)),
            (self.say(_("Taken")), self._count(taken.entries), self._amount(taken.minor)),
            (self.say(what), self._count(given.entries + taken.entries), self._amount(abs(net))),
        ]
        groups = [(str(rows[0][0]), [("given", given.minor)])]
        groups.append((str(rows[1][0]), [("taken", taken.minor)]))
        return self._part(
            _("Given and taken"),
            _("Debts of customers and what they paid, by the day of the entry"),
            (_("What"), _("Entries"), _("Amount")),
            rows,
            groups,
        )

    def _months(self) -> Part:
        rows: list[Row] = []
        groups = []
        for one in self.it.months:
            label = shown(f"{one.first.month}/{one.first.year}", self.wording.shop.digits)
            rows.append((label, self._amount(one.given), self._amount(one.taken)))
            bars = [("given", one.given), ("taken", one.taken)]
            groups.append((self.wording.number(one.first.month), bars))
        return self._part(
            _("Month by month"),
            _("Given beside taken, for twelve months"),
            (_("Month"), _("Given"), _("Taken")),
            rows,
            groups,
        )

    def _late(self) -> Part:
        it, say = self.it, self.say
        rows: list[Row] = [
            (self._days(one), self._count(one.customers), self._amount(one.minor))
            for one in it.late
        ]
        groups = [(self._band(one), [("given", one.minor)]) for one in it.late]
        rows.append((say(_("Not due yet")), None, self._amount(it.not_due_minor)))
        rows.append((say(_("Without a due day")), None, self._amount(it.undated_minor)))
        groups.append((say(_("not due")), [("other", it.not_due_minor + it.undated_minor)]))
        return self._part(
            _("Late, by its age"),
            _("What customers owe now"),
            (_("Late by"), _("Customers"), _("Amount")),
            rows,
            groups,
        )

    def _expected(self) -> Part:
        rows: list[Row] = []
        groups = []
        for place, one in enumerate(self.it.weeks):
            rows.append((one.first, self._amount(one.minor)))
            # There is room for the day of every other week.
            label = "" if place % 2 else f"{one.first.day}/{one.first.month}"
            groups.append((shown(label, self.wording.shop.digits), [("taken", one.minor)]))
        rows.append((self.say(_("Later")), self._amount(self.it.later_minor)))
        return self._part(
            _("Expected, week by week"),
            _("What falls due from today on, by the due days of debts and instalments"),
            (_("Week from"), _("Amount")),
            rows,
            groups,
        )

    def _debtors(self) -> Part:
        debtors = self.it.debtors or ()
        rows: list[Row] = [
            (self._count(place), neutral(one.name), self._amount(one.minor))
            for place, one in enumerate(debtors, 1)
        ]
        home = self.wording.shop.home
        return self._part(
            _("Who owes most"),
            _("The ten largest balances of customers"),
            (_("No."), _("Customer"), _("Amount")),
            rows,
            [
                (self.wording.number(at), [("given", one.minor)])
                for at, one in enumerate(debtors, 1)
            ],
            empty=_("Nobody owes in this currency."),
            hrefs=tuple(f"{home}/customers/{one.customer_id}" for one in debtors),
        )

    def _people(self) -> Part:
        rows: list[Row] = []
        groups = []
        for place, one in enumerate(self.it.people, 1):
            name = neutral(self.names.get(one.person_id) or "—")
            what = f"{name} · {self.say(_DEEDS[one.kind])}"
            amount = self._amount(one.sum.minor)
            rows.append((self._count(place), what, self._count(one.sum.entries), amount))
            groups.append((self.wording.number(place), [("other", one.sum.minor)]))
        return self._part(
            _("Reversed and forgiven, by person"),
            _("In the chosen days"),
            (_("No."), _("Who"), _("Entries"), _("Amount")),
            rows,
            groups,
            empty=_("Nothing was reversed or forgiven in these days."),
        )

    def _part(
        self,
        title: str,
        line: str,
        columns: Sequence[str],
        rows: Sequence[Row],
        groups: Sequence[tuple[str, Sequence[tuple[str, int]]]],
        empty: str = "",
        hrefs: tuple[str, ...] = (),
    ) -> Part:
        texts = tuple(tuple(self._text(cell) for cell in row) for row in rows)
        says = ". ".join(" ".join(filter(None, row)) for row in texts)
        is_drawn = any(value for _, bars in groups for _, value in bars)
        is_rtl = self.wording.language == "ar"
        return Part(
            title=self.say(title),
            line=self.say(line),
            columns=tuple(self.say(column) for column in columns),
            rows=tuple(rows),
            texts=texts,
            hrefs=hrefs or ("",) * len(rows),
            chart=chart_of(groups, says, is_rtl=is_rtl) if is_drawn else None,
            empty=self.say(empty) if empty and not rows else "",
        )

    def _text(self, cell: Cell) -> str:
        shop = self.wording.shop
        if isinstance(cell, Amount):
            return format_amount(cell.minor, cell.decimals, shop.digits, shop.notation)
        if cell is None or isinstance(cell, str):
            return cell or ""
        return self.wording.day(cell)

    def _amount(self, minor: int) -> Amount:
        return Amount(minor, CURRENCIES[self.it.currency].decimals)

    def _count(self, number: int) -> Amount:
        return Amount(number, 0)

    def _days(self, one: AgeBand) -> str:
        if one.last is None:
            return self.say(_("more than %(days)s days"), days=self.wording.number(one.first - 1))
        return self.say(_("%(days)s days"), days=self._band(one))

    def _band(self, one: AgeBand) -> str:
        number = self.wording.number
        return (
            f"{number(one.first - 1)}+"
            if one.last is None
            else f"{number(one.first)}–{number(one.last)}"
        )
