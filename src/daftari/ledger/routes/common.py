"""Responses that several routes of the book share."""

from litestar import Response

from daftari.identity.guards.context import ShopContext
from daftari.ledger.pages.account import AccountPage, AccountQuery, account_page, written_page
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
    reader = Reader(context.member, context.at, await context.names())
    return await context.read_page(account_page, reader, customer_id, asked)


async def render_written(
    context: ShopContext, customer_id: str, asked: AccountQuery, **headers: str
) -> Response[bytes]:
    """The fragments of the account, and of its frame, that the recorded entries changed."""
    reader = Reader(context.member, context.at, await context.names())
    page = await context.read_framed(written_page, reader, customer_id, asked)
    return render(context.request, "ledger/_written.html", page, headers=headers)


async def show_written(context: ShopContext, customer_id: str, entry_id: str) -> Response[bytes]:
    """The account after an entry was recorded: a fragment for htmx, otherwise a redirect."""
    if not is_htmx(context.request):
        account = f"{context.member.shop.home}/customers/{customer_id}"
        return redirect_after_post(context.request, f"{account}?recorded={entry_id}")
    asked = AccountQuery(recorded=entry_id)
    return await render_written(context, customer_id, asked, **{"HX-Trigger": "written"})
