"""Runs the browser tests; the few that failed run once more, alone, after all the others.

A test that passes the second time is listed under `flaky:`. The run is green if every test has
passed and at most two were flaky. Nothing else in the project is repeated: real browsers on a
busy machine are the one thing here whose timing is not ours. Arguments go to pytest.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parents[1]
MOST_REPEATED = 5  # more failures than this are no accident of timing
MOST_FLAKY = 2
# A worker that dies ends the run: with a new one in its place xdist may wait for ever.
SIDE_BY_SIDE = ["-n", "auto", "--dist", "loadfile", "--max-worker-restart", "0"]
ALONE = ["-n", "0"]
TESTS_FAILED = 1  # pytest's exit code; higher ones say that the run itself is broken

Outcomes = dict[str, list[str]]


def main(arguments: list[str]) -> int:
    code, first = _run([*SIDE_BY_SIDE, *arguments])
    failed = first.get("failed", [])
    if code != TESTS_FAILED or not failed or first["broken"]:
        return code
    if len(failed) > MOST_REPEATED:
        print(f"\n{len(failed)} tests failed: too many to repeat.", flush=True)
        return code
    _list("once more, alone:", failed)
    code, second = _run([*ALONE, *failed])
    flaky = set(failed) & set(second.get("passed", []))
    _list("flaky:", flaky)
    return code or int(flaky != set(failed) or len(flaky) > MOST_FLAKY)


def _run(arguments: list[str]) -> tuple[int, Outcomes]:
    """pytest in a process of its own: its exit code, and the outcome of every test."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "outcomes.json"
        pytest = [sys.executable, "-m", "pytest", "-p", "scripts.outcomes", f"--outcomes={path}"]
        places = [str(ROOT), os.environ.get("PYTHONPATH", "")]
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, places))}
        code = subprocess.run([*pytest, *arguments], env=environment).returncode
        return code, json.loads(path.read_text()) if path.exists() else {}


def _list(title: str, tests: Iterable[str]) -> None:
    if tests:
        print("", title, *(f"  {test}" for test in sorted(tests)), sep="\n", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
