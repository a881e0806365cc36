"""Every run of the tests sees what the browser would get now: assets are made anew if need be.

Every statement that a test runs is compiled for PostgreSQL as well.
"""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.chances import QUICK
from tests.second_engine import SecondEngine

settings.register_profile(QUICK, max_examples=20)


def pytest_sessionstart(session: pytest.Session) -> None:
    if hasattr(session.config, "workerinput"):
        return  # one of several that run side by side: the first process has seen to it
    alone = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    make = ["make", "--silent", "assets"]
    subprocess.run(make, cwd=Path(__file__).parents[1], env=alone, check=True)


@pytest.fixture(scope="session")
def second_engine() -> Iterator[SecondEngine]:
    listening = SecondEngine()
    listening.listen()
    yield listening
    listening.stop()


@pytest.fixture(autouse=True)
def _compiles_for_postgresql(second_engine: SecondEngine) -> Iterator[None]:
    yield
    refused = second_engine.take_refused()
    assert not refused, "\n\n".join(refused)
