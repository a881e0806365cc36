"""A statement as a table for spreadsheets, of which CSV and XLSX are made."""

from collections.abc import Iterator
from datetime import date
from typing import Final, NamedTuple

from daftari.kernel.money import CURRENCIES
from daftari.reports.pages.printed import PrintedSection, PrintedStatement
from daftari.reports.pages.wording import ISOLATES, Wording
from daftari.reports.rules.statement import CurrencySection, Statement
from daftari.web.i18n import marked as _

COLUMNS: Final = (
    _("Day"),
    _("Hijri"),
    _("Entry"),
    _("State"),
    _("Note"),
    _("Details"),
    _("Debt"),
    _("Payment"),
    _("Balance"),
    _("Whose favour"),
    _("Currency"),
)


class Amount(NamedTuple):
    """A number in a cell, in minor units."""

    minor: int
    decimals: int

    @property
    def plain(self) -> str:
        """«1234.50»: Latin digits and a point, without groups."""
        whole, part = divmod(self.minor, 10**self.decimals)
        return f"{whole}.{part:0{self.decimals}d}" if self.decimals else str(whole)


Cell = str | date | Amount | None
Row = tuple[Cell, ...]


def columns(wording: Wording) -> list[str]:
    return [wording.say(column) for column in COLUMNS]


def table(wording: Wording, statement: Statement, printed: PrintedStatement) -> Iterator[Row]:
    """The rows below the names of the columns: the entries of each currency between its two
    balances, what is open by age, and at the end what the table is.
    """
    for section, told in zip(statement.sections, printed.sections, strict=True):
        yield from _section(wording, section, told, statement.until)
    whole = (
        (_("Shop"), printed.shop),
        (_("Customer"), printed.name),
        (_("Period"), printed.period),
        (_("Proof code"), printed.proof),
    )
    for label, value in whole:
        yield _row(entry=wording.say(label), note=value)
    if printed.only_branch:
        yield _row(entry=printed.only_branch)


def _section(
    wording: Wording, section: CurrencySection, told: PrintedSection, until: date
) -> Iterator[Row]:
    code = section.currency

    def amount(minor: int | None) -> Amount | None:
        return None if minor is None else Amount(minor, CURRENCIES[code].decimals)

    def balance(minor: int) -> dict[str, Cell]:
        return {"balance": amount(abs(minor)), "side": wording.side(minor), "code": code}

    if told.carried:
        yield _row(entry=told.carried.label, **balance(section.carried_minor))
    for row, printed in zip(section.rows, told.rows, strict=True):
        yield _row(
            day=row.entry.occurred_on,
            hijri=printed.hijri,
            entry=printed.title,
            state=printed.mark,
            note=printed.note,
            details=printed.details,
            debt=amount(row.debt_minor),
            payment=amount(row.payment_minor),
            **balance(row.balance_minor),
        )
    sums = {"debt": amount(section.debts_minor), "payment": amount(section.payments_minor)}
    yield _row(entry=wording.say(_("Total")), code=code, **sums)
    closing = balance(section.balance_minor)
    yield _row(day=until, entry=told.closing.label, note=told.words, **closing)
    for age, minor in zip(told.ageing, section.ageing, strict=True):
        label = wording.say(_("Open for %(days)s"), days=age.label)
        yield _row(entry=label, balance=amount(minor), code=code)


def _row(
    day: Cell = None,
    hijri: Cell = None,
    entry: Cell = None,
    state: Cell = None,
    note: Cell = None,
    details: Cell = None,
    debt: Cell = None,
    payment: Cell = None,
    balance: Cell = None,
    side: Cell = None,
    code: Cell = None,
) -> Row:
    cells = day, hijri, entry, state, note, details, debt, payment, balance, side, code
    return tuple(one.translate(ISOLATES) if isinstance(one, str) else one for one in cells)
