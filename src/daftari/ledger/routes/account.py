"""A customer's page."""

from typing import Final

from litestar import Response, get
from litestar.params import FromPath

from daftari.accounts.guards.desk import Desk
from daftari.ledger.pages.account import AccountAsked
from daftari.ledger.routes.common import read_account, show
from daftari.web.requests import AnyRequest


@get("/s/{shop:str}/customers/{customer:str}")
async def show_account(request: AnyRequest, customer: FromPath[str]) -> Response[bytes]:
    """For htmx the lines alone; with a line that was just written, all that it changes."""
    desk, asked = Desk.of(request), AccountAsked.of(request.query_params)
    page = await read_account(desk, customer, asked)
    return show(desk, "account", "_written" if asked.recorded else "_lines", page)


route_handlers: Final = [show_account]
