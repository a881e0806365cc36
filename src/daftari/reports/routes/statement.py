"""Routes of the statement of an account: the page, and its files."""

from typing import Final

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from daftari.identity.guards.context import ShopContext
from daftari.identity.rules import Permission
from daftari.kernel.refusal import Refusal
from daftari.reports.actions import note_statement
from daftari.reports.forms import PeriodForm
from daftari.reports.pages.files import statement_file
from daftari.reports.pages.statement import (
    MOST_IN_A_FILE,
    MOST_ON_PAPER,
    statement_of,
    statement_page,
)
from daftari.reports.pages.wording import Wording
from daftari.reports.routes.common import as_download, shop_phone_of
from daftari.reports.routes.press import press
from daftari.reports.rules.commands import ExportStatement
from daftari.web.templates import render

_PAGE: Final = "/s/{shop:str}/customers/{customer:str}/statement"


@get(_PAGE)
async def show_statement(
    context: NamedDependency[ShopContext], customer: FromPath[str]
) -> Response[bytes]:
    """Show the statement of a period: `from` and `to`, or one by its name in `period`."""
    return await _page(context, customer)


@get(f"{_PAGE}.pdf", may=Permission.SEND_MESSAGE)
async def statement_pdf(
    context: NamedDependency[ShopContext], customer: FromPath[str]
) -> Response[bytes]:
    """The statement on paper."""
    return await _file(context, customer, "pdf", MOST_ON_PAPER)


@get(f"{_PAGE}.csv", may=Permission.EXPORT_BOOK)
async def statement_csv(
    context: NamedDependency[ShopContext], customer: FromPath[str]
) -> Response[bytes]:
    """The statement as a CSV file."""
    return await _file(context, customer, "csv", MOST_IN_A_FILE)


@get(f"{_PAGE}.xlsx", may=Permission.EXPORT_BOOK)
async def statement_xlsx(
    context: NamedDependency[ShopContext], customer: FromPath[str]
) -> Response[bytes]:
    """The statement as an XLSX file."""
    return await _file(context, customer, "xlsx", MOST_IN_A_FILE)


async def _page(
    context: ShopContext, customer_id: str, refused: Refusal | None = None
) -> Response[bytes]:
    form = PeriodForm.typed(context.request.query_params)
    phone = await shop_phone_of(context)
    page = await context.read_page(
        statement_page, context.member, context.today, customer_id, form, phone
    )
    status = 422 if refused or page.reasons else 200
    return render(context.request, "reports/statement.html", page, status)


async def _file(context: ShopContext, customer_id: str, format: str, most: int) -> Response[bytes]:
    """The file; where it is refused, the page that says why."""
    form = PeriodForm.typed(context.request.query_params)
    member, today = context.member, context.today
    try:
        statement = await context.read(statement_of, member, today, customer_id, form, most)
    except Refusal as refused:
        return await _page(context, customer_id, refused)
    await context.do(note_statement, ExportStatement(customer_id, format))
    wording, phone = Wording(member.person.language, member.shop), await shop_phone_of(context)
    file = await press(statement_file, format, wording, statement, phone)
    return as_download(file, format)


route_handlers: Final = [show_statement, statement_pdf, statement_csv, statement_xlsx]
