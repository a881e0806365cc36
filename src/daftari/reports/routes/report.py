"""Routes of the reports of the whole book: the page, and its files."""

from typing import Final

from litestar import Response, get
from litestar.di import NamedDependency

from daftari.identity.guards.context import ShopContext
from daftari.identity.rules import Permission
from daftari.kernel.refusal import Missing, Refusal
from daftari.reports.actions import note_report
from daftari.reports.forms import PeriodForm
from daftari.reports.pages.report import report_of, report_page
from daftari.reports.pages.report_files import report_file
from daftari.reports.pages.wording import Wording
from daftari.reports.routes.common import as_download
from daftari.reports.routes.press import press
from daftari.reports.rules.commands import ExportReport
from daftari.web.templates import render

_PAGE: Final = "/s/{shop:str}/reports"


@get(_PAGE, may=Permission.SEE_TOTALS)
async def show_reports(context: NamedDependency[ShopContext]) -> Response[bytes]:
    """Show the reports of a period: `from` and `to`, or one by its name in `period`."""
    return await _page(context)


@get(f"{_PAGE}/summary.pdf", may=Permission.EXPORT_BOOK)
async def reports_pdf(context: NamedDependency[ShopContext]) -> Response[bytes]:
    """The reports on paper."""
    return await _file(context, "pdf")


@get(f"{_PAGE}/summary.csv", may=Permission.EXPORT_BOOK)
async def reports_csv(context: NamedDependency[ShopContext]) -> Response[bytes]:
    """The reports as a CSV file."""
    return await _file(context, "csv")


@get(f"{_PAGE}/summary.xlsx", may=Permission.EXPORT_BOOK)
async def reports_xlsx(context: NamedDependency[ShopContext]) -> Response[bytes]:
    """The reports as an XLSX file."""
    return await _file(context, "xlsx")


async def _page(context: ShopContext) -> Response[bytes]:
    form = PeriodForm.typed(context.request.query_params)
    names = await context.names()
    page = await context.read_page(report_page, context.member, context.today, form, names)
    return render(context.request, "reports/report.html", page, 422 if page.reasons else 200)


async def _file(context: ShopContext, format: str) -> Response[bytes]:
    """The file, for who sees the page; where its period is refused, the page that says why."""
    member, form = context.member, PeriodForm.typed(context.request.query_params)
    if not member.may(Permission.SEE_TOTALS):
        raise Missing(format)
    try:
        report = await context.read(report_of, member, context.today, form)
    except Refusal:
        return await _page(context)
    await context.do(note_report, ExportReport(format))
    wording, names = Wording(member.person.language, member.shop), await context.names()
    file = await press(report_file, format, wording, report, names)
    return as_download(file, format)


route_handlers: Final = [show_reports, reports_pdf, reports_csv, reports_xlsx]
