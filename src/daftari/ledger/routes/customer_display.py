"""Routes of the counter: a session that shows one account only, until the passkey is shown."""

from typing import Final

from litestar import Response, get, post
from litestar.datastructures import Cookie
from litestar.di import NamedDependency
from litestar.params import FromPath

from daftari.identity.actions.held import begin_counter
from daftari.identity.guards.context import ShopContext
from daftari.identity.rules import LONGEST
from daftari.identity.rules.held import COUNTER_COOKIE
from daftari.ledger.pages.account import find_customer
from daftari.ledger.pages.customer_display import counter_page
from daftari.ledger.pages.entries import Reader
from daftari.web.hx import redirect_after_post
from daftari.web.templates import render

_COUNTER: Final = "/s/{shop:str}/customers/{customer:str}/counter"
_FORGET_PAGES: Final = {"Clear-Site-Data": '"cache"'}
"""The pages behind the Back button show other names."""


@post(_COUNTER)
async def lay_on_counter(
    context: NamedDependency[ShopContext], customer: FromPath[str]
) -> Response[bytes]:
    """From now on this session shows this account only."""
    await context.read(find_customer, customer)
    place = context.member.shop.id, customer
    await context.control.write(begin_counter, context.session, *place, context.at)
    page = f"{context.member.shop.home}/customers/{customer}/counter"
    answer = redirect_after_post(context.request, page, saved=False)
    answer.headers.update(_FORGET_PAGES)
    return _told(context, answer, customer)


@get(_COUNTER)
async def show_counter(
    context: NamedDependency[ShopContext], customer: FromPath[str]
) -> Response[bytes]:
    """The account on the counter; to a session that is not there it is no page.

    Where the phone was laid there with no network, its cookie says so, and the session follows.
    """
    place = context.member.shop.id, customer
    if context.session.counter_path != context.request.url.path:
        if context.request.cookies.get(COUNTER_COOKIE) != ".".join(place):
            return await _leave(context, customer)
        await context.control.write(begin_counter, context.session, *place, context.at)
    reader = Reader(context.member, context.at, {})
    page = await context.read_page(counter_page, reader, customer)
    return _told(context, render(context.request, "ledger/customer_display.html", page), customer)


async def _leave(context: ShopContext, customer: str) -> Response[bytes]:
    await context.read(find_customer, customer)
    account = f"{context.member.shop.home}/customers/{customer}"
    return redirect_after_post(context.request, account, saved=False)


def _told(context: ShopContext, answer: Response[bytes], customer: str) -> Response[bytes]:
    """With no network the phone's own scripts know by a cookie whose account lies there."""
    cookie = Cookie(
        key=COUNTER_COOKIE,
        value=f"{context.member.shop.id}.{customer}",
        path="/",
        max_age=int(LONGEST.total_seconds()),
        secure=context.settings.is_https,
        samesite="lax",
    )
    answer.set_cookie(cookie)
    return answer


route_handlers: Final = [lay_on_counter, show_counter]
