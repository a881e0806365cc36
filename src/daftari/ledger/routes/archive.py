"""Routes that archive a customer and bring him back."""

from typing import Final

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from daftari.customers.actions import unarchive_customer
from daftari.identity.guards.context import ShopContext
from daftari.identity.rules import Permission
from daftari.kernel.refusal import Refusal
from daftari.ledger.actions.archive import archive_customer
from daftari.ledger.pages.archive import archive_page
from daftari.web.errors import status_of
from daftari.web.hx import redirect_after_post
from daftari.web.templates import render

_ONE: Final = "/s/{shop:str}/customers/{customer:str}"


@get(f"{_ONE}/archive", may=Permission.CHANGE_CUSTOMER)
async def show_archive(
    context: NamedDependency[ShopContext], customer: FromPath[str]
) -> Response[bytes]:
    """Show what archiving means, or why it must wait."""
    return await _page(context, customer, 200)


@post(f"{_ONE}/archive", may=Permission.CHANGE_CUSTOMER)
async def post_archive(
    context: NamedDependency[ShopContext], customer: FromPath[str]
) -> Response[bytes]:
    """Archive a settled customer."""
    try:
        await context.do(archive_customer, customer)
    except Refusal as refused:
        return await _page(context, customer, status_of(refused))
    return redirect_after_post(context.request, _account(context, customer))


@post(f"{_ONE}/unarchive", may=Permission.CHANGE_CUSTOMER)
async def post_unarchive(
    context: NamedDependency[ShopContext], customer: FromPath[str]
) -> Response[bytes]:
    """Bring a customer back into the list."""
    await context.do(unarchive_customer, customer)
    return redirect_after_post(context.request, _account(context, customer))


async def _page(context: ShopContext, customer_id: str, status: int) -> Response[bytes]:
    page = await context.read_page(archive_page, context.member, customer_id)
    return render(context.request, "ledger/archive.html", page, status)


def _account(context: ShopContext, customer_id: str) -> str:
    return f"{context.member.shop.home}/customers/{customer_id}"


route_handlers: Final = [show_archive, post_archive, post_unarchive]
