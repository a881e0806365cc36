"""Processes that run `daftari …`, forked from one process that has loaded the program.

Loading it, and its templates, costs 3.5 s of CPU; a fork costs 0.3 s. What is forked runs the
command from its first line, in an environment of its own, and can be killed like any other
process. That the program also starts from nothing is for `tests/crash/test_serving.py`.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from multiprocessing import get_context
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

_FORKS = get_context("forkserver")
_FORKS.set_forkserver_preload(["tests.loaded"])


def begin(
    words: Sequence[str], environment: Mapping[str, str], out: Path, errors: Path | None = None
) -> ForkServerProcess:
    """`daftari WORDS` in this environment; what it writes is appended to `out`, and its errors
    too where `errors` is None. It ends with this process.
    """
    return begin_function(_command, (list(words),), environment, out, errors)


def begin_function(
    work: Callable[..., Any],
    arguments: Sequence[Any],
    environment: Mapping[str, str],
    out: Path,
    errors: Path | None = None,
) -> ForkServerProcess:
    """The same for a function of a module."""
    told = (dict(environment), out, errors or out, work, tuple(arguments))
    process = _FORKS.Process(target=_live, args=told, daemon=True)
    process.start()
    return process


def run(
    words: Sequence[str], environment: Mapping[str, str], patience: float = 60
) -> subprocess.CompletedProcess[str]:
    """`daftari WORDS`, to its end."""
    with tempfile.TemporaryDirectory() as folder:
        out, errors = Path(folder) / "out", Path(folder) / "errors"
        process = begin(words, environment, out, errors)
        process.join(patience)
        if process.exitcode is None:
            process.kill()
            raise subprocess.TimeoutExpired(list(words), patience)
        return subprocess.CompletedProcess(
            list(words), process.exitcode, out.read_text(), errors.read_text()
        )


def _command(words: list[str]) -> None:
    from daftari.cli import main

    sys.exit(main(words))


def _live(
    environment: dict[str, str],
    out: Path,
    errors: Path,
    work: Callable[..., Any],
    arguments: tuple[Any, ...],
) -> None:
    os.environ.clear()
    os.environ.update(environment)
    for number, path in ((1, out), (2, errors)):
        opened = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        os.dup2(opened, number)
        os.close(opened)
    work(*arguments)
