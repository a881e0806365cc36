"""What several doors to messages need."""

from collections.abc import Mapping

from litestar import Response

from daftari.accounts.actions.people import names_in
from daftari.accounts.guards.desk import Desk
from daftari.kernel.refusal import Reason, Refusal
from daftari.reminders.rules.ways import Post, post_office
from daftari.web.hx import is_htmx, redirect_after_post
from daftari.web.requests import AnyRequest
from daftari.web.templates import render


def post_of(request: AnyRequest) -> Post:
    """What this installation can send, and where its links lead."""
    return post_office(request.app.state.settings)


def reason_of(refused: Refusal | None) -> Reason | None:
    """What is told of a refusal on a sheet that has no fields."""
    return next(iter(refused.reasons.values())) if refused else None


async def names_of(desk: Desk) -> Mapping[str, str]:
    """Who works here, by id."""
    shop_id = desk.member.shop.id
    return await desk.control.recall((names_in, shop_id), desk.at, names_in, shop_id)


def show(desk: Desk, whole: str, part: str, page: object, status: int = 200) -> Response[bytes]:
    """The whole page, or for htmx its part."""
    name = part if is_htmx(desk.request) else whole
    return render(desk.request, f"reminders/{name}.html", page, status)


def to_message(desk: Desk, message_id: str) -> Response[bytes]:
    return redirect_after_post(desk.request, f"{desk.member.shop.home}/messages/{message_id}")
