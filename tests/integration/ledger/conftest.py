"""An installation with one shop of three lines."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.integration.ledger.support import Installation, open_installation


@pytest.fixture
async def installation(tmp_path: Path) -> AsyncIterator[Installation]:
    async with open_installation(tmp_path / "data") as installation:
        yield installation


@pytest.fixture
async def shop_id(installation: Installation) -> str:
    shop_id = await installation.new_shop()
    await installation.few_lines(shop_id)
    return shop_id
