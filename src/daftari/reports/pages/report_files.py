"""The files of a report: PDF, CSV and XLSX, with exactly the numbers of its page."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from daftari.reports.pages.files import PrintedFile
from daftari.reports.pages.paper import pdf_of
from daftari.reports.pages.part import PrintedReport
from daftari.reports.pages.parts import printed_report
from daftari.reports.pages.spreadsheets import csv_of, xlsx_of
from daftari.reports.pages.table import Cell, Row
from daftari.reports.pages.wording import ISOLATES, Wording
from daftari.reports.rules.file_names import file_name
from daftari.reports.rules.report import Report
from daftari.web.i18n import marked as _

_CELLS: Final = 4


def report_file(format: str, wording: Wording, it: Report, names: Mapping[str, str]) -> PrintedFile:
    """The report as pdf, csv or xlsx. `names`: of the shop's people, by id."""
    printed = printed_report(wording, it, names)
    days = [it.period.since.isoformat()] if it.period.since else []
    when = [*days, it.period.until.isoformat()]
    return PrintedFile(
        name=file_name(wording.say(_("reports")), *when),
        plain="-".join(["reports", *when]),
        content=_MAKERS[format](wording, printed),
    )


def _pdf(wording: Wording, printed: PrintedReport) -> bytes:
    labels = {"page_of": wording.say(_("Page {page} of {pages}"))}
    sections = [
        {
            "name": section.name,
            "parts": [
                {
                    "title": part.title,
                    "line": part.line,
                    "columns": part.columns,
                    "rows": part.texts,
                    "empty": part.empty,
                }
                for part in section.parts
            ],
        }
        for section in printed.sections
    ]
    it = {
        "title": printed.title,
        "shop": printed.shop,
        "period": printed.period,
        "printed": printed.printed,
        "only_branch": printed.only_branch,
        "sections": sections,
    }
    content = {"it": it, "labels": labels}
    return pdf_of("report", wording.language, wording.shop.digits, content)


def _csv(wording: Wording, printed: PrintedReport) -> bytes:
    return csv_of(_columns(wording), _rows(printed))


def _xlsx(wording: Wording, printed: PrintedReport) -> bytes:
    is_rtl = wording.language == "ar"
    return xlsx_of(_columns(wording), _rows(printed), printed.title, is_rtl=is_rtl)


_MAKERS: Final[Mapping[str, Callable[[Wording, PrintedReport], bytes]]] = {
    "pdf": _pdf,
    "csv": _csv,
    "xlsx": _xlsx,
}


def _columns(wording: Wording) -> list[str]:
    return [wording.say(_("Currency")), wording.say(_("Report")), *[""] * _CELLS]


def _rows(printed: PrintedReport) -> Iterator[Row]:
    """Below the names of the columns: what the table is, and each part under the names of its own
    columns.
    """
    for told in (printed.shop, printed.period, printed.printed, printed.only_branch):
        if told:
            yield _row("", told, ())
    for section in printed.sections:
        for part in section.parts:
            yield _row(section.code, part.title, part.columns)
            for row in part.rows:
                yield _row(section.code, part.title, row)


def _row(code: str, title: str, cells: tuple[Cell, ...]) -> Row:
    row = (code, title, *cells, *[None] * (_CELLS - len(cells)))
    return tuple(one.translate(ISOLATES) if isinstance(one, str) else one for one in row)
