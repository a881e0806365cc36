"""Every run of the tests sees what the browser would get now: assets are made anew if need be."""

import os
import subprocess
from pathlib import Path

import pytest
from hypothesis import settings

from tests.chances import QUICK

settings.register_profile(QUICK, max_examples=20)


def pytest_sessionstart(session: pytest.Session) -> None:
    if hasattr(session.config, "workerinput"):
        return  # one of several that run side by side: the first process has seen to it
    alone = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    make = ["make", "--silent", "assets"]
    subprocess.run(make, cwd=Path(__file__).parents[1], env=alone, check=True)
