"""A small installation, started and stopped."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.integration.db.support import Installation


@pytest.fixture
async def installation(tmp_path: Path, empty_installation: Path) -> AsyncIterator[Installation]:
    """It has the template of all shops already, and the key that opens it."""
    data = tmp_path / "data"
    data.mkdir()
    for made in (empty_installation / "master.key", *empty_installation.glob("template-*")):
        shutil.copy2(made, data)
    started = await Installation.start(data)
    yield started
    await started.stop()
