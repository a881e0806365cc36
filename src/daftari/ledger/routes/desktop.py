"""Routes of what only a wide screen fetches: the month's end, and the words of its keys."""

from typing import Final

from litestar import Response, get
from litestar.di import NamedDependency

from daftari.identity.guards.context import ShopContext
from daftari.identity.rules import Permission
from daftari.ledger.pages.month_end import month_end
from daftari.web.templates import render

_AN_HOUR: Final = {"Cache-Control": "private, max-age=3600"}


@get("/s/{shop:str}/month-end", may=Permission.SEE_TOTALS, by_branch=True)
async def show_month_end(context: NamedDependency[ShopContext]) -> Response[bytes]:
    """The fragment beside the list while no account is open."""
    chosen = context.request.query_params.get("branch", "")
    page = await context.read(month_end, context.member, context.today, chosen)
    return render(context.request, "ledger/_month_end.html", page)


@get("/s/{shop:str}/desktop")
async def show_desktop_parts(context: NamedDependency[ShopContext]) -> Response[bytes]:
    """The fragment with the head of an account's table and the list of keys; it has no data."""
    return render(context.request, "ledger/_desktop.html", None, headers=_AN_HOUR)


route_handlers: Final = [show_month_end, show_desktop_parts]
