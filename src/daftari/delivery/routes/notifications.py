"""Routes of the notification settings and of the push devices."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Final

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from daftari.delivery.actions.push_devices import change_phone, remove_phone, try_phone
from daftari.delivery.forms import read_notification_settings, read_phone
from daftari.delivery.pages.notifications import notifications_page
from daftari.delivery.rules.commands import ChangePhone
from daftari.delivery.rules.vapid import public_half, vapid_key
from daftari.identity.actions.people import signed_in_at
from daftari.identity.actions.shops import change_alerts, get_shop
from daftari.identity.actions.wakeups import wake
from daftari.identity.guards.context import ShopContext
from daftari.identity.rules import Permission
from daftari.kernel.edits import Seen, Stale
from daftari.kernel.refusal import Refusal
from daftari.web.errors import status_of
from daftari.web.hx import redirect_after_post
from daftari.web.requests import typed_in
from daftari.web.templates import render

_PAGE: Final = "/s/{shop:str}/more/notifications"
_PHONE: Final = f"{_PAGE}/phones/{{phone:str}}"
_SAID: Final = ("tried", "removed", "added")


@get(_PAGE)
async def show_notifications(context: NamedDependency[ShopContext]) -> Response[bytes]:
    said = context.request.query_params.get("said", "")
    return await _page(context, said=said if said in _SAID else "")


@post(_PAGE, may=Permission.MANAGE_SHOP)
async def post_notifications(context: NamedDependency[ShopContext]) -> Response[bytes]:
    """Save the notification settings of the whole shop."""
    typed = await typed_in(context.request)
    shop, by = context.member.shop, context.member.person.id
    try:
        chosen = asdict(read_notification_settings(typed))
        change = shop.id, chosen, by, context.at, Seen.sent(typed), context.session.id
        await context.control.write(change_alerts, *change)
    except Refusal as refused:
        return await _page(context, typed, refused)
    await context.control.write(wake, shop.id, context.at)
    return redirect_after_post(context.request, _url(context))


@post(_PHONE)
async def post_phone(
    context: NamedDependency[ShopContext], phone: FromPath[str]
) -> Response[bytes]:
    typed = await typed_in(context.request)
    try:
        await context.do(change_phone, ChangePhone(phone, read_phone(typed), Seen.sent(typed)))
    except Refusal as refused:
        return await _page(context, typed, refused, phone_id=phone)
    return redirect_after_post(context.request, _url(context))


@post(f"{_PHONE}/removal")
async def post_removal(
    context: NamedDependency[ShopContext], phone: FromPath[str]
) -> Response[bytes]:
    await context.do(remove_phone, phone)
    return _back(context, "removed")


@post(f"{_PHONE}/test")
async def post_test(context: NamedDependency[ShopContext], phone: FromPath[str]) -> Response[bytes]:
    """Send a test notification to one device."""
    await context.do(try_phone, phone)
    return _back(context, "tried")


def _back(context: ShopContext, said: str) -> Response[bytes]:
    return redirect_after_post(context.request, f"{_url(context)}?said={said}", saved=False)


def _url(context: ShopContext) -> str:
    return f"{context.member.shop.home}/more/notifications"


async def _page(
    context: ShopContext,
    typed: Mapping[str, str] | None = None,
    refused: Refusal | None = None,
    said: str = "",
    phone_id: str | None = None,
) -> Response[bytes]:
    """The page. `phone_id`: the device whose form was refused; None for the shop's settings."""
    member = context.member
    present = await context.control.read(signed_in_at, member.shop.id, context.at)
    living = frozenset(one.session_id for one in present)
    key = public_half(vapid_key(context.derived))
    if isinstance(refused, Stale):
        shop = await context.control.read(get_shop, member.shop.id)
        member = replace(member, shop=shop)
    shown = member, context.session.id, living, key, said, typed, refused, phone_id
    page = await context.read_page(notifications_page, *shown)
    status = status_of(refused) if refused else 200
    return render(context.request, "delivery/notifications.html", page, status)


route_handlers: Final = [
    show_notifications,
    post_notifications,
    post_phone,
    post_removal,
    post_test,
]
