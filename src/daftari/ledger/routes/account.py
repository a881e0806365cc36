"""The route of a customer's account page."""

from typing import Final

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from daftari.identity.guards.context import ShopContext
from daftari.ledger.pages.account import AccountQuery
from daftari.ledger.routes.common import read_account, show, show_written
from daftari.ledger.routes.looks import count_account
from daftari.web.hx import is_htmx


@get("/s/{shop:str}/customers/{customer:str}", is_for_back=True)
async def show_account(
    context: NamedDependency[ShopContext], customer: FromPath[str]
) -> Response[bytes]:
    """Show the account; for htmx only the entries, or after recording all changed fragments."""
    asked = AccountQuery.of(context.request.query_params)
    if asked.recorded and is_htmx(context.request):
        return await show_written(context, customer, asked)
    page = await read_account(context, customer, asked)
    await count_account(context, customer)
    return show(context, "account", "_entries", page)


route_handlers: Final = [show_account]
