"""Routes of a customer's consents."""

from typing import Final

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from daftari.customers.actions.consent import agree, end_consent
from daftari.customers.forms.consent import ConsentForm, read_agreed_anew
from daftari.customers.pages.consent import consents_page
from daftari.customers.rules.commands import EndConsent
from daftari.identity.guards.context import ShopContext
from daftari.identity.rules import Permission
from daftari.kernel.refusal import Refusal
from daftari.web.errors import status_of
from daftari.web.hx import redirect_after_post
from daftari.web.requests import typed_in
from daftari.web.templates import render

_CONSENTS: Final = "/s/{shop:str}/customers/{customer:str}/consents"


@get(_CONSENTS)
async def show_consents(
    context: NamedDependency[ShopContext], customer: FromPath[str]
) -> Response[bytes]:
    """Show active and ended consents."""
    return await _page(context, customer)


@post(_CONSENTS, may=Permission.ADD_CUSTOMER)
async def post_consents(
    context: NamedDependency[ShopContext], customer: FromPath[str]
) -> Response[bytes]:
    """Add what a customer agreed to just now. Idempotent by the form's id."""
    typed = await typed_in(context.request)
    try:
        await context.do(agree, read_agreed_anew(typed, customer, context.member.person.language))
    except Refusal as refusal:
        return await _page(context, customer, ConsentForm.typed(typed), refusal)
    return redirect_after_post(
        context.request, f"{context.member.shop.home}/customers/{customer}/consents"
    )


@post(f"{_CONSENTS}/{{consent:str}}/end", may=Permission.ADD_CUSTOMER)
async def post_consent_end(
    context: NamedDependency[ShopContext], customer: FromPath[str], consent: FromPath[str]
) -> Response[bytes]:
    """End one consent."""
    await context.do(end_consent, EndConsent(customer, consent))
    return redirect_after_post(
        context.request, f"{context.member.shop.home}/customers/{customer}/consents"
    )


async def _page(
    context: ShopContext,
    customer: str,
    form: ConsentForm | None = None,
    refused: Refusal | None = None,
) -> Response[bytes]:
    names, reasons = await context.names(), refused.reasons if refused else {}
    page = await context.read_page(consents_page, context.member, names, customer, form, reasons)
    status = status_of(refused) if refused else 200
    return render(context.request, "customers/consents.html", page, status)


route_handlers: Final = [show_consents, post_consents, post_consent_end]
