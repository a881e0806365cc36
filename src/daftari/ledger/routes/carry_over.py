"""Routes that carry one account over to another of the same person."""

from typing import Final

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from daftari.identity.guards.context import ShopContext
from daftari.identity.rules import Permission
from daftari.kernel.forms import read_id
from daftari.kernel.refusal import Refusal
from daftari.ledger.actions.carry_over import carry_over
from daftari.ledger.pages.carry_over import carry_page
from daftari.ledger.rules.commands import CarryOver
from daftari.web.errors import status_of
from daftari.web.hx import redirect_after_post
from daftari.web.i18n import catalogue
from daftari.web.requests import typed_in
from daftari.web.templates import render
from daftari.web.view import language_of

_CARRY: Final = "/s/{shop:str}/customers/{customer:str}/carry-over"


@get(_CARRY, may=Permission.CHANGE_CUSTOMER)
async def show_carry_over(
    context: NamedDependency[ShopContext], customer: FromPath[str]
) -> Response[bytes]:
    """Show the choice of the other account, and what would move to it."""
    asked = context.request.query_params
    command = CarryOver("", customer, asked.get("into", ""))
    return await _page(context, command, asked.get("q"))


@post(_CARRY, may=Permission.CHANGE_CUSTOMER)
async def post_carry_over(
    context: NamedDependency[ShopContext], customer: FromPath[str]
) -> Response[bytes]:
    """Carry the account over. Idempotent by the form's id."""
    typed = await typed_in(context.request)
    words = catalogue(language_of(context.request))
    command = CarryOver(
        id=read_id(typed.get("id", "")),
        customer_id=customer,
        into_id=typed.get("into", ""),
        away=words.gettext("Carried over to the other account"),
        here=words.gettext("Carried over from the account «%(name)s», of %(day)s"),
    )
    try:
        await context.do(carry_over, command)
    except Refusal as refused:
        return await _page(context, command, None, refused)
    home = context.member.shop.home
    return redirect_after_post(context.request, f"{home}/customers/{command.into_id}")


async def _page(
    context: ShopContext, command: CarryOver, query: str | None, refused: Refusal | None = None
) -> Response[bytes]:
    asked = (context.member, context.today, command, query, refused)
    page = await context.read_page(carry_page, *asked)
    status = status_of(refused) if refused else 200
    return render(context.request, "ledger/carry_over.html", page, status)


route_handlers: Final = [show_carry_over, post_carry_over]
