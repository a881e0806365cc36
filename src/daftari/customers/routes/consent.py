"""Routes of a customer's consents."""

from typing import Final

from litestar import Response, get, post
from litestar.params import FromPath

from daftari.customers.actions.consent import Agree, EndConsent, agree, end_consent
from daftari.customers.forms.consent import ConsentForm, read_agreed
from daftari.customers.pages.consent import consents_page
from daftari.identity.actions.people import names_in
from daftari.identity.guards.context import ShopContext
from daftari.identity.rules import Permission
from daftari.kernel.refusal import Refusal
from daftari.web.errors import status_of
from daftari.web.hx import redirect_after_post
from daftari.web.requests import AnyRequest, typed_in
from daftari.web.templates import render

_CONSENTS: Final = "/s/{shop:str}/customers/{customer:str}/consents"


@get(_CONSENTS)
async def show_consents(request: AnyRequest, customer: FromPath[str]) -> Response[bytes]:
    """Show active and ended consents."""
    return await _page(ShopContext.of(request), customer)


@post(_CONSENTS, may=Permission.ADD_CUSTOMER)
async def post_consents(request: AnyRequest, customer: FromPath[str]) -> Response[bytes]:
    """Set the consents of a customer: unchecked ones end."""
    context, form = ShopContext.of(request), ConsentForm.typed(await typed_in(request))
    try:
        agreed = read_agreed(form, context.member.person.language)
        if agreed is None:
            raise Refusal(consents="choice_unknown")
        await context.do(agree, Agree(customer, agreed))
    except Refusal as refusal:
        return await _page(context, customer, form, refusal)
    return redirect_after_post(request, f"{context.member.shop.home}/customers/{customer}/consents")


@post(f"{_CONSENTS}/{{consent:str}}/end", may=Permission.ADD_CUSTOMER)
async def post_consent_end(
    request: AnyRequest, customer: FromPath[str], consent: FromPath[str]
) -> Response[bytes]:
    """End one consent."""
    context = ShopContext.of(request)
    await context.do(end_consent, EndConsent(customer, consent))
    return redirect_after_post(request, f"{context.member.shop.home}/customers/{customer}/consents")


async def _page(
    context: ShopContext,
    customer: str,
    form: ConsentForm | None = None,
    refused: Refusal | None = None,
) -> Response[bytes]:
    shop_id = context.member.shop.id
    names = await context.control.recall((names_in, shop_id), context.at, names_in, shop_id)
    reasons = refused.reasons if refused else {}
    page = await context.read(consents_page, context.member, names, customer, form, reasons)
    status = status_of(refused) if refused else 200
    return render(context.request, "customers/consents.html", page, status)


route_handlers: Final = [show_consents, post_consents, post_consent_end]
