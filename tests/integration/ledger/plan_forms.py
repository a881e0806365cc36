"""Selling in instalments as a browser does it: the form, its preview, and what a page shows."""

import re
from typing import Any

import httpx

from daftari.kernel.ids import new_id
from tests.integration.ledger.shop_client import ShopClient, errors, plain, value_of

TYPED = {"amount": "1000", "count": "3", "first_on": "2026-12-01", "every": "month"}


async def preview(
    shop_client: ShopClient, customer: str, *, htmx: bool = False, **typed: Any
) -> httpx.Response:
    form: dict[str, Any] = {"id": new_id(), **TYPED, **typed}
    return await shop_client.post(f"/customers/{customer}/plans/preview", htmx=htmx, **form)


async def save(shop_client: ShopClient, customer: str, **typed: Any) -> httpx.Response:
    """As a browser does: look at what would be written, then write it."""
    form: dict[str, Any] = {"id": new_id(), **TYPED, **typed}
    shown = await shop_client.post(f"/customers/{customer}/plans/preview", **form)
    assert shown.status_code == 200, errors(shown)
    schedule = value_of(shown, "schedule")
    return await shop_client.post(f"/customers/{customer}/plans", **form, schedule=schedule)


async def saved(shop_client: ShopClient, customer: str, **typed: Any) -> str:
    """The address of a plan's page, within the shop."""
    answer = await save(shop_client, customer, **typed)
    assert answer.status_code == 303, errors(answer)
    return answer.headers["location"].removeprefix(shop_client.home)


def instalments(answer: httpx.Response) -> list[str]:
    return [plain(part) for part in re.findall(r'(?s)<li class="date.*?</li>', answer.text)]


def states(answer: httpx.Response) -> list[str]:
    return re.findall(r'<li class="date (\w+)"', answer.text)
