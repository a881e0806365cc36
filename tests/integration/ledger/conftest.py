"""An installation with one shop of three lines; and people at the counters of two shops."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import httpx
import pytest
from litestar import Litestar

from daftari.identity.rules import Role
from tests.integration.conftest import copy_data_folder
from tests.integration.ledger.shop_client import ShopClient, hire, open_for
from tests.integration.ledger.support import Installation, open_installation


@pytest.fixture
async def installation(tmp_path: Path, empty_installation: Path) -> AsyncIterator[Installation]:
    copy_data_folder(empty_installation, tmp_path / "data")
    async with open_installation(tmp_path / "data") as installation:
        yield installation


@pytest.fixture
async def shop_id(installation: Installation) -> str:
    shop_id = await installation.new_shop()
    await installation.few_lines(shop_id)
    return shop_id


@pytest.fixture
async def umm_salim(app: Litestar, browser: Callable[..., httpx.AsyncClient]) -> ShopClient:
    """Owns the grocery."""
    return await open_for(app, browser(), "أم سليم", "بقالة النور")


@pytest.fixture
async def karim(
    app: Litestar, browser: Callable[..., httpx.AsyncClient], umm_salim: ShopClient
) -> ShopClient:
    """Works at its till."""
    return await hire(app, browser(), umm_salim.home, Role.CASHIER)


@pytest.fixture
async def viewer(
    app: Litestar, browser: Callable[..., httpx.AsyncClient], umm_salim: ShopClient
) -> ShopClient:
    """Looks into its book."""
    return await hire(app, browser(), umm_salim.home, Role.VIEWER)


@pytest.fixture
async def huda(app: Litestar, browser: Callable[..., httpx.AsyncClient]) -> ShopClient:
    """Owns a bakery elsewhere."""
    return await open_for(app, browser(), "هدى", "مخبز هدى")
