"""A program that says each thing it was told is kept, and is killed in the middle of it."""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests import programs

PATIENCE = 600.0  # a machine may be very busy; what hangs is ended all the same


def run_and_kill(
    said: Path, work: Callable[..., Any], *arguments: object, least: int, after: float | None
) -> list[str]:
    """Start `work`, which says "ready" and then a line for each thing that is kept; kill it `after`
    seconds beyond the `least` lines it must have said (None: let it end). All it said by then, to
    the file `said`.
    """
    said.unlink(missing_ok=True)
    errors = said.with_suffix(".errors")
    process = programs.begin_function(work, arguments, os.environ, said, errors)
    deadline = time.monotonic() + PATIENCE
    while process.is_alive() and _lines(said) < 1 + least:
        assert time.monotonic() < deadline, errors.read_text()
        time.sleep(0.002)
    if after is not None:
        time.sleep(after)
        process.kill()
    process.join(PATIENCE)
    assert process.exitcode == 0 or (after is not None and process.exitcode == -9), (
        errors.read_text()
    )
    words = said.read_text()
    ready, *lines = words[: words.rfind("\n") + 1].splitlines()
    assert (ready, len(lines) >= least) == ("ready", True)
    return lines


def _lines(said: Path) -> int:
    return said.read_bytes().count(b"\n") if said.exists() else 0
