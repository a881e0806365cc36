"""What the shop's phones are told, and which phones these are."""

from collections.abc import Mapping
from typing import Final

from litestar import Response, get, post
from litestar.params import FromPath

from daftari.accounts.actions.people import signed_in_at
from daftari.accounts.actions.shops import change_alerts
from daftari.accounts.actions.wakeups import wake
from daftari.accounts.guards.desk import Desk
from daftari.accounts.rules import Deed
from daftari.delivery.actions.phones import ChangePhone, change_phone, remove_phone, try_phone
from daftari.delivery.forms import read_phone, read_wishes
from daftari.delivery.pages.notifications import notifications_page
from daftari.delivery.rules.vapid import public_half, vapid_key
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
    return await _page(Desk.of(request), said=said if said in _SAID else "")


@post(_PAGE, may=Deed.MANAGE_SHOP)
async def post_notifications(request: AnyRequest) -> Response[bytes]:
    """What the whole shop wants to hear of."""
    desk, typed = Desk.of(request), await typed_in(request)
    shop, by = desk.member.shop, desk.member.person.id
    try:
        wishes = read_wishes(typed, shop)
    except Refusal as refused:
        return await _page(desk, typed, refused)
    chosen = wishes.digest_hour, wishes.large_reversal_minor
    await desk.control.write(change_alerts, shop, *chosen, by, desk.at)
    await desk.control.write(wake, shop.id, desk.at)
    return _back(desk, "saved")


@post(_PHONE)
async def post_phone(request: AnyRequest, phone: FromPath[str]) -> Response[bytes]:
    desk, typed = Desk.of(request), await typed_in(request)
    try:
        name, wording = read_phone(typed)
    except Refusal as refused:
        return await _page(desk, None, refused)
    await desk.do(change_phone, ChangePhone(phone, name, wording))
    return _back(desk, "saved")


@post(f"{_PHONE}/removal")
async def post_removal(request: AnyRequest, phone: FromPath[str]) -> Response[bytes]:
    desk = Desk.of(request)
    await desk.do(remove_phone, phone)
    return _back(desk, "removed")


@post(f"{_PHONE}/test")
async def post_test(request: AnyRequest, phone: FromPath[str]) -> Response[bytes]:
    """A first notice, on its way within seconds."""
    desk = Desk.of(request)
    await desk.do(try_phone, phone)
    return _back(desk, "tried")


def _back(desk: Desk, said: str) -> Response[bytes]:
    place = f"{desk.member.shop.home}/more/notifications?said={said}"
    return redirect_after_post(desk.request, place)


async def _page(
    desk: Desk,
    typed: Mapping[str, str] | None = None,
    refused: Refusal | None = None,
    said: str = "",
) -> Response[bytes]:
    member, session = desk.member, desk.request.scope["state"]["session"]
    present = await desk.control.read(signed_in_at, member.shop.id, desk.at)
    living = frozenset(one.session_id for one in present)
    key = public_half(vapid_key(desk.request.app.state.derived))
    reasons = refused.reasons if refused else {}
    shown = member, session.id, living, key, said, typed, reasons
    page = await desk.read(notifications_page, *shown)
    status = status_of(refused) if refused else 200
    return render(desk.request, "delivery/notifications.html", page, status)


route_handlers: Final = [
    show_notifications,
    post_notifications,
    post_phone,
    post_removal,
    post_test,
]
