"""Routes of the customer list, the choice of a customer for a new entry, and the due list."""

from dataclasses import replace
from typing import Final

from litestar import Response, get
from litestar.di import NamedDependency

from daftari.identity.guards.context import ShopContext
from daftari.identity.rules import Permission
from daftari.ledger.pages.book import BookQuery, book_page
from daftari.ledger.pages.due import due_page
from daftari.ledger.routes.common import show
from daftari.ledger.routes.looks import count_search


@get("/s/{shop:str}/", is_for_back=True, by_branch=True)
async def show_book(context: NamedDependency[ShopContext]) -> Response[bytes]:
    """Show the book; for htmx only the list."""
    asked = BookQuery.of(context.request.query_params)
    page = await context.read_page(book_page, context.member, context.today, asked)
    await count_search(context, asked.q)
    page = replace(page, reminds_of_codes=context.session.codes_kept_at is None)
    return show(context, "book", "_list", page)


@get("/s/{shop:str}/entries/new", may=Permission.RECORD_ENTRY, is_for_back=True)
async def choose_customer(context: NamedDependency[ShopContext]) -> Response[bytes]:
    """Show the choice of a customer for a new entry, most recent entries first."""
    asked = replace(BookQuery.of({"sort": "newest", **context.request.query_params}), branch="")
    page = await context.read_page(book_page, context.member, context.today, asked, with_hits=False)
    await count_search(context, asked.q)
    return show(context, "choose", "_choice", page)


@get("/s/{shop:str}/due", is_for_back=True, by_branch=True)
async def show_due(context: NamedDependency[ShopContext]) -> Response[bytes]:
    return await _due(context, is_payable=False)


@get("/s/{shop:str}/due/suppliers", is_for_back=True, by_branch=True)
async def show_payable(context: NamedDependency[ShopContext]) -> Response[bytes]:
    """Show what the shop must pay its suppliers."""
    return await _due(context, is_payable=True)


async def _due(context: ShopContext, *, is_payable: bool) -> Response[bytes]:
    query = context.request.query_params
    asked = context.member, context.today, query.get("after", ""), query.get("at")
    branch = query.get("branch", "")
    page = await context.read_page(due_page, *asked, is_payable=is_payable, branch=branch)
    return show(context, "due", "_due", page)


route_handlers: Final = [show_book, choose_customer, show_due, show_payable]
