"""Routes of a customer's details. The account page belongs to `ledger`."""

from collections.abc import Mapping
from typing import Final

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from daftari.customers.actions import (
    change_customer,
    freeze_customer,
    get_customer,
    submit_customer,
    unfreeze_customer,
)
from daftari.customers.forms import SAVED, CustomerForm, SubmittedCustomer, read_change
from daftari.customers.forms.consent import ConsentForm, refuse_consents
from daftari.customers.pages.customer import (
    Namesake,
    blank_page,
    customer_url,
    edit_page,
    find_namesakes,
    new_page,
)
from daftari.identity.guards.context import ShopContext
from daftari.identity.rules import Permission
from daftari.kernel.edits import Seen
from daftari.kernel.refusal import Reason, Refusal
from daftari.web.errors import status_of
from daftari.web.hx import redirect_after_post
from daftari.web.requests import typed_in
from daftari.web.templates import render

_ONE: Final = "/s/{shop:str}/customers/{customer:str}"


@get("/s/{shop:str}/customers/new", may=Permission.ADD_CUSTOMER)
async def show_new_customer(context: NamedDependency[ShopContext]) -> Response[bytes]:
    """Show an empty form; `?name=` fills in the name that was searched for."""
    await context.read_frame()
    page = blank_page(context.member, context.request.query_params.get("name", ""))
    return render(context.request, "customers/new.html", page)


@post("/s/{shop:str}/customers", may=Permission.ADD_CUSTOMER, saves=SAVED)
async def post_customer(context: NamedDependency[ShopContext]) -> Response[bytes]:
    """Add a customer. Idempotent by the form's id."""
    typed = await typed_in(context.request)
    try:
        form, consents = CustomerForm.typed(typed), ConsentForm.typed(typed)
        added = await context.do(submit_customer, SubmittedCustomer(form, consents))
    except Refusal as refusal:
        return await _new_again(context, typed, refusal)
    return redirect_after_post(context.request, customer_url(context.member, added.customer_id))


@get(f"{_ONE}/edit", may=Permission.CHANGE_CUSTOMER)
async def show_customer_details(
    context: NamedDependency[ShopContext], customer: FromPath[str]
) -> Response[bytes]:
    """Show the form with the stored details."""
    page = edit_page(context.member, await context.read_page(get_customer, customer))
    return render(context.request, "customers/edit.html", page)


@post(_ONE, may=Permission.CHANGE_CUSTOMER, saves=SAVED)
async def post_customer_details(
    context: NamedDependency[ShopContext], customer: FromPath[str]
) -> Response[bytes]:
    """Save what was changed in the details that the form had shown."""
    typed, shop = await typed_in(context.request), context.member.shop
    try:
        refuse_consents(typed)
        form, seen = CustomerForm.typed(typed), Seen.sent(typed)
        await context.do(change_customer, read_change(form, shop, customer, seen))
    except Refusal as refusal:
        found = await context.read_page(get_customer, customer)
        page = edit_page(context.member, found, typed, refusal)
        return render(context.request, "customers/edit.html", page, status_of(refusal))
    return redirect_after_post(context.request, customer_url(context.member, customer))


@post(f"{_ONE}/freeze", may=Permission.FREEZE_CUSTOMER)
async def post_freeze(
    context: NamedDependency[ShopContext], customer: FromPath[str]
) -> Response[bytes]:
    """Freeze a customer: no new debts."""
    await context.do(freeze_customer, customer)
    return redirect_after_post(context.request, customer_url(context.member, customer))


@post(f"{_ONE}/unfreeze", may=Permission.FREEZE_CUSTOMER)
async def post_unfreeze(
    context: NamedDependency[ShopContext], customer: FromPath[str]
) -> Response[bytes]:
    """Unfreeze a customer: new debts are allowed."""
    await context.do(unfreeze_customer, customer)
    return redirect_after_post(context.request, customer_url(context.member, customer))


async def _new_again(
    context: ShopContext, typed: Mapping[str, str], refusal: Refusal
) -> Response[bytes]:
    """The form as typed, with customers of the same name when that is the reason."""
    form, consents = CustomerForm.typed(typed), ConsentForm.typed(typed)
    namesakes: tuple[Namesake, ...] = ()
    if _is_same_name(refusal.reasons):
        name = form.texts["name"]
        namesakes = await context.read_page(find_namesakes, context.member, name)
    else:
        await context.read_frame()
    page = new_page(context.member, form, consents, refusal.reasons, namesakes)
    return render(context.request, "customers/new.html", page, status_of(refusal))


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
