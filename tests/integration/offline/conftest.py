"""People with phones, at the counters of two shops."""

from collections.abc import Callable

import httpx
import pytest
from litestar import Litestar

from daftari.identity.rules import Role
from tests.integration.ledger.shop_client import hire, open_for
from tests.integration.offline.phone import Phone


@pytest.fixture
async def umm_salim(app: Litestar, browser: Callable[..., httpx.AsyncClient]) -> Phone:
    """Owns the grocery."""
    return Phone(await open_for(app, browser(), "أم سليم", "بقالة النور"))


@pytest.fixture
async def karim(
    app: Litestar, browser: Callable[..., httpx.AsyncClient], umm_salim: Phone
) -> Phone:
    """Works at its till, with a phone of his own."""
    return Phone(await hire(app, browser(), umm_salim.shop_client.home, Role.CASHIER))


@pytest.fixture
async def huda(app: Litestar, browser: Callable[..., httpx.AsyncClient]) -> Phone:
    """Owns a bakery elsewhere."""
    return Phone(await open_for(app, browser(), "هدى", "مخبز هدى"))
