"""Helpers that several routes of messages share."""

from litestar import Response

from daftari.identity.guards.context import ShopContext
from daftari.kernel.refusal import Reason, Refusal
from daftari.reminders.actions.settings import available_channels
from daftari.reminders.rules.settings import AvailableChannels
from daftari.web.hx import is_htmx, redirect_after_post
from daftari.web.templates import render


def channels_of(context: ShopContext) -> AvailableChannels:
    """The available channels of this installation, and the origin of its links."""
    return available_channels(context.settings)


def reason_of(refused: Refusal | None) -> Reason | None:
    """The reason of a refusal, to be shown on a sheet without fields."""
    return next(iter(refused.reasons.values())) if refused else None


def show(
    context: ShopContext, whole: str, part: str, page: object, status: int = 200
) -> Response[bytes]:
    """The whole page, or for htmx its fragment."""
    name = part if is_htmx(context.request) else whole
    return render(context.request, f"reminders/{name}.html", page, status)


def to_message(context: ShopContext, message_id: str) -> Response[bytes]:
    url = f"{context.member.shop.home}/messages/{message_id}"
    return redirect_after_post(context.request, url, saved=False)
