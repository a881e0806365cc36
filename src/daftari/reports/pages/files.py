"""The files of a statement: PDF, CSV and XLSX, all of one statement in one language's words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from daftari.reports.pages.paper import pdf_of
from daftari.reports.pages.printed import PrintedStatement, printed_statement
from daftari.reports.pages.spreadsheets import csv_of, xlsx_of
from daftari.reports.pages.table import columns, table
from daftari.reports.pages.wording import Wording
from daftari.reports.rules.file_names import file_name
from daftari.reports.rules.statement import Statement
from daftari.web.i18n import marked as _

MEDIA_TYPES: Final[Mapping[str, str]] = {
    "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True, slots=True)
class PrintedFile:
    """A file to be taken out. `name`: without its ending; `plain`: the same in ASCII."""

    name: str
    plain: str
    content: bytes


def statement_file(
    format: str, wording: Wording, statement: Statement, shop_phone: str
) -> PrintedFile:
    """The statement as pdf, csv or xlsx."""
    printed = printed_statement(wording, statement, shop_phone)
    when = _when(statement)
    return PrintedFile(
        name=file_name(wording.say(_("statement")), statement.name, *when),
        plain="-".join(["statement", *when]),
        content=_MAKERS[format](wording, statement, printed),
    )


def _when(statement: Statement) -> list[str]:
    """«2026-11» for a month, else the last day, after the first where there is one."""
    period, until = statement.period, statement.until.isoformat()
    if period.since is None:
        return [until]
    if period.is_month:
        return [f"{period.since:%Y-%m}"]
    return [period.since.isoformat(), period.until.isoformat()]


def _pdf(wording: Wording, statement: Statement, printed: PrintedStatement) -> bytes:
    say = wording.say
    labels = {
        "customer": say(_("Supplier") if statement.is_supplier else _("Customer")),
        "columns": [say(one) for one in (_("Day"), _("Entry"), _("Debt"), _("Payment"))],
        "balance": say(_("Balance")),
        "total": say(_("Total")),
        "ageing": say(_("What is open, by the age of the debt")),
        "proof": say(_("Proof code")),
        "proof_says": say(_("By it the shop can check that its book is as it was on this day.")),
        "page_of": say(_("Page {page} of {pages}")),
    }
    content = {"it": printed, "labels": labels}
    return pdf_of("statement", wording.language, wording.shop.digits, content)


def _csv(wording: Wording, statement: Statement, printed: PrintedStatement) -> bytes:
    return csv_of(columns(wording), table(wording, statement, printed))


def _xlsx(wording: Wording, statement: Statement, printed: PrintedStatement) -> bytes:
    rows = table(wording, statement, printed)
    return xlsx_of(columns(wording), rows, printed.title, is_rtl=wording.language == "ar")


_MAKERS: Final[Mapping[str, Callable[[Wording, Statement, PrintedStatement], bytes]]] = {
    "pdf": _pdf,
    "csv": _csv,
    "xlsx": _xlsx,
}
