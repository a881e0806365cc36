"""The book's list, the choice of a customer for a new entry, and the due list."""

from typing import Final

from litestar import Response, get

from daftari.accounts.guards.desk import Desk
from daftari.accounts.rules import Deed
from daftari.ledger.pages.book import Asked, book_page
from daftari.ledger.pages.due import due_page
from daftari.ledger.routes.common import show
from daftari.web.requests import AnyRequest


@get("/s/{shop:str}/")
async def show_book(request: AnyRequest) -> Response[bytes]:
    """For htmx the list alone."""
    desk = Desk.of(request)
    page = await desk.read(book_page, desk.member, desk.today, Asked.of(request.query_params))
    return show(desk, "book", "_list", page)


@get("/s/{shop:str}/entries/new", may=Deed.RECORD_ENTRY)
async def choose_customer(request: AnyRequest) -> Response[bytes]:
    """With whom the new entry is: those written last stand first."""
    desk = Desk.of(request)
    asked = Asked.of({"sort": "newest", **request.query_params})
    page = await desk.read(book_page, desk.member, desk.today, asked)
    return show(desk, "choose", "_choice", page)


@get("/s/{shop:str}/due")
async def show_due(request: AnyRequest) -> Response[bytes]:
    desk = Desk.of(request)
    after, at = request.query_params.get("after", ""), request.query_params.get("at")
    page = await desk.read(due_page, desk.member, desk.today, after, at)
    return show(desk, "due", "_due", page)


route_handlers: Final = [show_book, choose_customer, show_due]
