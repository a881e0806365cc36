"""Routes of a customer's due page, and of promises."""

from typing import Final

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from daftari.identity.guards.context import ShopContext
from daftari.identity.rules import Permission
from daftari.kernel.refusal import Refusal
from daftari.ledger.actions import submit_promise, withdraw_promise
from daftari.ledger.forms import PromiseForm, SubmittedPromise
from daftari.ledger.pages.customer_due import customer_due_page
from daftari.ledger.pages.promise import BACK_TO, back_href, new_promise, promise_page
from daftari.ledger.routes.common import show
from daftari.web.errors import status_of
from daftari.web.hx import redirect_after_post
from daftari.web.requests import typed_in
from daftari.web.templates import render

_CUSTOMER: Final = "/s/{shop:str}/customers/{customer:str}"


@get(f"{_CUSTOMER}/due", is_for_back=True)
async def show_customer_due(
    context: NamedDependency[ShopContext], customer: FromPath[str]
) -> Response[bytes]:
    """Show promises, plans and debts with a due date."""
    page = await context.read_page(customer_due_page, context.member, context.today, customer)
    return render(context.request, "ledger/customer_due.html", page)


@get(f"{_CUSTOMER}/promises/new", may=Permission.RECORD_ENTRY)
async def show_promise(
    context: NamedDependency[ShopContext], customer: FromPath[str]
) -> Response[bytes]:
    """Show the sheet as a page, or for htmx as a fragment over the page."""
    back = context.request.query_params.get("back", "")
    return await _sheet(context, customer, new_promise(), back)


@post(f"{_CUSTOMER}/promises", may=Permission.RECORD_ENTRY)
async def post_promise(
    context: NamedDependency[ShopContext], customer: FromPath[str]
) -> Response[bytes]:
    """Record a promise. Idempotent by the form's id."""
    typed = await typed_in(context.request)
    form, back = PromiseForm.typed(typed), typed.get("back", "")
    try:
        await context.do(submit_promise, SubmittedPromise(customer, form))
    except Refusal as refused:
        return await _sheet(context, customer, form, back, refused)
    return redirect_after_post(context.request, back_href(context.member, customer, back))


@post("/s/{shop:str}/promises/{promise:str}/withdrawal", may=Permission.RECORD_ENTRY)
async def post_withdrawal(
    context: NamedDependency[ShopContext], promise: FromPath[str]
) -> Response[bytes]:
    """Withdraw a promise that was recorded by mistake."""
    customer_id = await context.do(withdraw_promise, promise)
    return redirect_after_post(context.request, back_href(context.member, customer_id, ""))


async def _sheet(
    context: ShopContext,
    customer_id: str,
    form: PromiseForm,
    back: str,
    refused: Refusal | None = None,
) -> Response[bytes]:
    reasons = refused.reasons if refused else {}
    shown = (
        context.member,
        context.today,
        customer_id,
        form,
        reasons,
        back if back in BACK_TO else "",
    )
    page = await context.read_page(promise_page, *shown)
    return show(context, "promise", "_promise", page, status_of(refused) if refused else 200)


route_handlers: Final = [show_customer_due, show_promise, post_promise, post_withdrawal]
