"""A small installation, started and stopped."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.integration.db.support import Installation


@pytest.fixture
async def installation(tmp_path: Path) -> AsyncIterator[Installation]:
    started = await Installation.start(tmp_path / "data")
    yield started
    await started.stop()
