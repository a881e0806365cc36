"""Routes of the notification settings and of the push devices."""

from collections.abc import Mapping
from typing import Final

from litestar import Response, get, post
from litestar.params import FromPath

from daftari.delivery.actions.push_devices import ChangePhone, change_phone, remove_phone, try_phone
from daftari.delivery.forms import read_notification_settings, read_phone
from daftari.delivery.pages.notifications import notifications_page
from daftari.delivery.rules.vapid import public_half, vapid_key
from daftari.identity.actions.people import signed_in_at
from daftari.identity.actions.shops import change_alerts
from daftari.identity.actions.wakeups import wake
from daftari.identity.guards.context import ShopContext
from daftari.identity.rules import Permission
from daftari.kernel.refusal import Refusal
from daftari.web.errors import status_of
from daftari.web.hx import redirect_after_post
from daftari.web.requests import AnyRequest, typed_in
from daftari.web.templates import render

_PAGE: Final = "/s/{shop:str}/more/notifications"
_PHONE: Final = f"{_PAGE}/phones/{{phone:str}}"
_SAID: Final = ("saved", "tried", "removed", "added")


@get(_PAGE)
async def show_notifications(request: AnyRequest) -> Response[bytes]:
    said = request.query_params.get("said", "")
    return await _page(ShopContext.of(request), said=said if said in _SAID else "")


@post(_PAGE, may=Permission.MANAGE_SHOP)
async def post_notifications(request: AnyRequest) -> Response[bytes]:
    """Save the notification settings of the whole shop."""
    context, typed = ShopContext.of(request), await typed_in(request)
    shop, by = context.member.shop, context.member.person.id
    try:
        settings = read_notification_settings(typed, shop)
    except Refusal as refused:
        return await _page(context, typed, refused)
    chosen = settings.digest_hour, settings.large_reversal_minor
    await context.control.write(change_alerts, shop, *chosen, by, context.at)
    await context.control.write(wake, shop.id, context.at)
    return _back(context, "saved")


@post(_PHONE)
async def post_phone(request: AnyRequest, phone: FromPath[str]) -> Response[bytes]:
    context, typed = ShopContext.of(request), await typed_in(request)
    try:
        name, wording = read_phone(typed)
    except Refusal as refused:
        return await _page(context, None, refused)
    await context.do(change_phone, ChangePhone(phone, name, wording))
    return _back(context, "saved")


@post(f"{_PHONE}/removal")
async def post_removal(request: AnyRequest, phone: FromPath[str]) -> Response[bytes]:
    context = ShopContext.of(request)
    await context.do(remove_phone, phone)
    return _back(context, "removed")


@post(f"{_PHONE}/test")
async def post_test(request: AnyRequest, phone: FromPath[str]) -> Response[bytes]:
    """Send a test notification to one device."""
    context = ShopContext.of(request)
    await context.do(try_phone, phone)
    return _back(context, "tried")


def _back(context: ShopContext, said: str) -> Response[bytes]:
    place = f"{context.member.shop.home}/more/notifications?said={said}"
    return redirect_after_post(context.request, place)


async def _page(
    context: ShopContext,
    typed: Mapping[str, str] | None = None,
    refused: Refusal | None = None,
    said: str = "",
) -> Response[bytes]:
    member, session = context.member, context.request.scope["state"]["session"]
    present = await context.control.read(signed_in_at, member.shop.id, context.at)
    living = frozenset(one.session_id for one in present)
    key = public_half(vapid_key(context.request.app.state.derived))
    reasons = refused.reasons if refused else {}
    shown = member, session.id, living, key, said, typed, reasons
    page = await context.read(notifications_page, *shown)
    status = status_of(refused) if refused else 200
    return render(context.request, "delivery/notifications.html", page, status)


route_handlers: Final = [
    show_notifications,
    post_notifications,
    post_phone,
    post_removal,
    post_test,
]
