"""The doors to a customer's details. The customer's own page is the ledger's."""

from collections.abc import Mapping
from typing import Final

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from daftari.accounts.rules import Deed, Member
from daftari.customers.actions import (
    add_customer,
    change_customer,
    freeze_customer,
    get_customer,
    unfreeze_customer,
)
from daftari.customers.forms import CustomerForm, read_change, read_new
from daftari.customers.pages import (
    Namesake,
    blank_page,
    customer_url,
    edit_page,
    find_namesakes,
    new_page,
)
from daftari.db.door import Shops
from daftari.kernel.clock import Clock
from daftari.kernel.refusal import Conflict, Reason, Refusal
from daftari.web.hx import redirect_after_post
from daftari.web.requests import AnyRequest, typed_in
from daftari.web.templates import render

_ONE: Final = "/s/{shop:str}/customers/{customer:str}"


@get("/s/{shop:str}/customers/new", may=Deed.ADD_CUSTOMER)
async def show_new_customer(
    request: AnyRequest, member: NamedDependency[Member]
) -> Response[bytes]:
    """An empty form; `?name=` fills in what was searched for."""
    page = blank_page(member, request.query_params.get("name", ""))
    return render(request, "customers/new.html", page)


@post("/s/{shop:str}/customers", may=Deed.ADD_CUSTOMER)
async def post_customer(
    request: AnyRequest,
    member: NamedDependency[Member],
    shops: NamedDependency[Shops],
    clock: NamedDependency[Clock],
) -> Response[bytes]:
    """Add a customer; the same form sent twice is one customer."""
    form = CustomerForm.typed(await typed_in(request))
    try:
        command = read_new(form, member.shop)
        added = await shops.write(member.shop.id, add_customer, member, clock.now(), command)
    except Refusal as refusal:
        return await _new_again(request, member, shops, form, refusal)
    return redirect_after_post(request, customer_url(member, added.customer_id))


@get(f"{_ONE}/edit", may=Deed.CHANGE_CUSTOMER)
async def show_customer_details(
    request: AnyRequest,
    member: NamedDependency[Member],
    shops: NamedDependency[Shops],
    customer: FromPath[str],
) -> Response[bytes]:
    """The form as the book fills it."""
    found = await shops.read(member.shop.id, get_customer, customer)
    return render(request, "customers/edit.html", edit_page(member, found))


@post(_ONE, may=Deed.CHANGE_CUSTOMER)
async def post_customer_details(
    request: AnyRequest,
    member: NamedDependency[Member],
    shops: NamedDependency[Shops],
    clock: NamedDependency[Clock],
    customer: FromPath[str],
) -> Response[bytes]:
    """Change what is different."""
    form = CustomerForm.typed(await typed_in(request))
    try:
        command = read_change(form, member.shop, customer)
        await shops.write(member.shop.id, change_customer, member, clock.now(), command)
    except Refusal as refusal:
        found = await shops.read(member.shop.id, get_customer, customer)
        page = edit_page(member, found, form, refusal.reasons)
        return render(request, "customers/edit.html", page, 422)
    return redirect_after_post(request, customer_url(member, customer))


@post(f"{_ONE}/freeze", may=Deed.FREEZE_CUSTOMER)
async def post_freeze(
    request: AnyRequest,
    member: NamedDependency[Member],
    shops: NamedDependency[Shops],
    clock: NamedDependency[Clock],
    customer: FromPath[str],
) -> Response[bytes]:
    """No new debts from now on."""
    await shops.write(member.shop.id, freeze_customer, member, clock.now(), customer)
    return redirect_after_post(request, customer_url(member, customer))


@post(f"{_ONE}/unfreeze", may=Deed.FREEZE_CUSTOMER)
async def post_unfreeze(
    request: AnyRequest,
    member: NamedDependency[Member],
    shops: NamedDependency[Shops],
    clock: NamedDependency[Clock],
    customer: FromPath[str],
) -> Response[bytes]:
    """Debts again."""
    await shops.write(member.shop.id, unfreeze_customer, member, clock.now(), customer)
    return redirect_after_post(request, customer_url(member, customer))


async def _new_again(
    request: AnyRequest, member: Member, shops: Shops, form: CustomerForm, refusal: Refusal
) -> Response[bytes]:
    """The form as typed; beside it those of the same name, if that is what stands in the way."""
    namesakes: tuple[Namesake, ...] = ()
    if _is_same_name(refusal.reasons):
        namesakes = await shops.read(member.shop.id, find_namesakes, member, form.name)
    page = new_page(member, form, refusal.reasons, namesakes)
    return render(
        request, "customers/new.html", page, 409 if isinstance(refusal, Conflict) else 422
    )


def _is_same_name(reasons: Mapping[str, Reason]) -> bool:
    return "form" in reasons and reasons["form"].name == "same_name"


route_handlers: Final = [
    show_new_customer,
    post_customer,
    show_customer_details,
    post_customer_details,
    post_freeze,
    post_unfreeze,
]
