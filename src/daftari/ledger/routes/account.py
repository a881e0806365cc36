"""A customer's page."""

from typing import Final

from litestar import Response, get
from litestar.params import FromPath

from daftari.identity.guards.context import ShopContext
from daftari.ledger.pages.account import AccountQuery
from daftari.ledger.routes.common import read_account, show
from daftari.web.requests import AnyRequest


@get("/s/{shop:str}/customers/{customer:str}")
async def show_account(request: AnyRequest, customer: FromPath[str]) -> Response[bytes]:
    """For htmx the lines alone; with a line that was just written, all that it changes."""
    context, asked = ShopContext.of(request), AccountQuery.of(request.query_params)
    page = await read_account(context, customer, asked)
    return show(context, "account", "_written" if asked.recorded else "_lines", page)


route_handlers: Final = [show_account]
