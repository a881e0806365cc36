"""JSON endpoints by which the browser adds and removes its push subscription."""

from typing import Any, Final

from litestar import Response, delete, post
from litestar.di import NamedDependency
from litestar.exceptions import ClientException

from daftari.delivery.actions.push_devices import add_phone, remove_endpoint
from daftari.delivery.rules.commands import AddPhone
from daftari.delivery.rules.push_devices import read_subscription
from daftari.identity.guards.context import ShopContext
from daftari.web.requests import json_of

_PLACE: Final = "/s/{shop:str}/push-subscriptions"
_JSON: Final = "application/json"


@post(_PLACE, errors_as=_JSON)
async def post_subscription(context: NamedDependency[ShopContext]) -> Response[Any]:
    """Add a push subscription; the body is PushSubscription.toJSON(). Idempotent for one
    browser.
    """
    sent = await json_of(context.request)
    subscription = read_subscription(sent, context.settings.push_hosts)
    phone = AddPhone(subscription, context.session.id, context.session.device)
    phone_id = await context.do(add_phone, phone)
    return Response({"id": phone_id}, status_code=201)


@delete(_PLACE, errors_as=_JSON, status_code=200)
async def delete_subscription(context: NamedDependency[ShopContext]) -> Response[Any]:
    """Remove a push subscription; the body is {endpoint}."""
    sent = await json_of(context.request)
    endpoint = sent.get("endpoint")
    if not isinstance(endpoint, str):
        raise ClientException
    await context.do(remove_endpoint, endpoint)
    return Response({})


route_handlers: Final = [post_subscription, delete_subscription]
