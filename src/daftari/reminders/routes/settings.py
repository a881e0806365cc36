"""Routes of the messaging settings."""

from typing import Final

from litestar import Response, get, post
from litestar.di import NamedDependency

from daftari.identity.guards.context import ShopContext
from daftari.identity.rules import Permission
from daftari.kernel.edits import Seen
from daftari.kernel.refusal import Refusal
from daftari.reminders.actions.settings import change_messaging_settings
from daftari.reminders.forms.settings import MessagingSettingsForm, read_messaging_settings
from daftari.reminders.pages.settings import messaging_settings_page
from daftari.reminders.routes.common import channels_of, show
from daftari.web.errors import status_of
from daftari.web.hx import redirect_after_post
from daftari.web.requests import typed_in

_SETTINGS: Final = "/s/{shop:str}/more/messages"


@get(_SETTINGS, may=Permission.MANAGE_SHOP)
async def show_messaging_settings(context: NamedDependency[ShopContext]) -> Response[bytes]:
    page = await context.read_page(
        messaging_settings_page, context.member, context.at, channels_of(context)
    )
    return show(context, "settings", "settings", page)


@post(_SETTINGS, may=Permission.MANAGE_SHOP)
async def post_messaging_settings(context: NamedDependency[ShopContext]) -> Response[bytes]:
    typed = await typed_in(context.request)
    form, seen = MessagingSettingsForm.typed(typed), Seen.sent(typed)
    try:
        await context.do(change_messaging_settings, read_messaging_settings(form, seen))
    except Refusal as refused:
        arguments = (channels_of(context), typed, refused)
        page = await context.read_page(
            messaging_settings_page, context.member, context.at, *arguments
        )
        return show(context, "settings", "settings", page, status_of(refused))
    return redirect_after_post(context.request, f"{context.member.shop.home}/more/messages")


route_handlers: Final = [show_messaging_settings, post_messaging_settings]
