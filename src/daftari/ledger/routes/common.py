"""Responses that several routes of the book share."""

from litestar import Response

from daftari.identity.guards.context import ShopContext
from daftari.ledger.pages.account import AccountPage, AccountQuery, account_page
from daftari.ledger.pages.entries import Reader
from daftari.web.hx import is_htmx, redirect_after_post
from daftari.web.templates import render


def show(
    context: ShopContext, whole: str, part: str, page: object, status: int = 200
) -> Response[bytes]:
    """The whole page, or for htmx its fragment."""
    name = part if is_htmx(context.request) else whole
    return render(context.request, f"ledger/{name}.html", page, status)


async def read_account(context: ShopContext, customer_id: str, asked: AccountQuery) -> AccountPage:
    """The account page; after an entry was recorded its frame has changed too, also for htmx."""
    reader = Reader(context.member, context.at, await context.names())
    read = context.read_framed if asked.recorded else context.read_page
    return await read(account_page, reader, customer_id, asked)


async def show_written(context: ShopContext, customer_id: str, entry_id: str) -> Response[bytes]:
    """The account after an entry was recorded: a fragment for htmx, otherwise a redirect."""
    if not is_htmx(context.request):
        account = f"{context.member.shop.home}/customers/{customer_id}"
        return redirect_after_post(context.request, f"{account}?recorded={entry_id}")
    page = await read_account(context, customer_id, AccountQuery(recorded=entry_id))
    return render(context.request, "ledger/_written.html", page, headers={"HX-Trigger": "written"})
