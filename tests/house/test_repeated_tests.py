"""What `scripts/browser_tests.py` repeats, and what it says: run on small files of tests."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.house.tree import ROOT

pytestmark = pytest.mark.thorough  # most of it is Python starting eighteen times
SCRIPT = ROOT / "scripts" / "browser_tests.py"
# What the files of tests share: `first_time("x")` is true once; `runs` has a line for every run.
SHARED = """\
import os
from pathlib import Path

import pytest

def first_time(name):
    with Path("runs").open("a") as file:
        file.write(f"{name} {os.getpid()}\\n")
    return Path("runs").read_text().count(f"{name} ") == 1

@pytest.fixture
def early():
    assert not first_time("early")

@pytest.fixture
def late():
    yield
    assert not first_time("late")
"""
QUIET = "def test_quiet(): first_time('quiet')"
SETUP = "def test_early(early): pass"
TEARDOWN = "def test_late(late): pass"
BROKEN = "def test_broken(): first_time('broken'); assert False"
SKIPPED = "def test_skipped(): first_time('skipped') or pytest.skip(); assert False"
CRASHED = "def test_crashed(): first_time('crashed'); os._exit(1)"
NO_PYTHON = "def test_(:"


@dataclass
class Run:
    """A finished run: its exit code, its output, and the runs of each test by name and process."""

    code: int
    output: str
    runs: list[list[str]]

    @property
    def flaky(self) -> list[str]:
        return self.output.partition("\nflaky:\n")[2].split()

    def times(self, name: str) -> int:
        return sum(run[0] == name for run in self.runs)


def _wavering(count: int) -> list[str]:
    return [f"def test_{n}(): assert not first_time('wavering-{n}')" for n in range(count)]


CASES = {
    "nothing fails": ["-n0", QUIET],
    "two fail once": ["-n2", QUIET, SETUP, TEARDOWN],
    "three fail once": ["-n0", QUIET, *_wavering(3)],
    "six fail once": ["-n0", *_wavering(6)],
    "one always fails": ["-n0", QUIET, SETUP, BROKEN],
    "one is skipped when repeated": ["-n0", SKIPPED],
    "a worker dies": ["-n1", SETUP, CRASHED],
    "a file is no Python": ["-n0", SETUP, NO_PYTHON],
    "a file is no Python, side by side": ["-n1", SETUP, NO_PYTHON],
}


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Run]:
    """Every case, two at a time: most of each is Python starting."""
    folders = [tmp_path_factory.mktemp("repeated") for _ in CASES]
    with ThreadPoolExecutor(2) as pool:
        return dict(zip(CASES, pool.map(_run, folders, CASES.values()), strict=True))


def _run(folder: Path, case: list[str]) -> Run:
    workers, *tests = case
    for number, test in enumerate(tests):
        (folder / f"test_{number}.py").write_text(f"from shared import *\n{test}\n")
    (folder / "shared.py").write_text(SHARED)
    (folder / "pytest.ini").write_text("[pytest]\npythonpath = .\n")
    plugins = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTEST_PLUGINS": "xdist.plugin"}
    inherited = {name: value for name, value in os.environ.items() if "PYTEST" not in name}
    done = subprocess.run(
        [sys.executable, SCRIPT, workers, "."],
        cwd=folder,
        env=inherited | plugins,
        capture_output=True,
        text=True,
    )
    ran = folder / "runs"
    lines = ran.read_text().splitlines() if ran.exists() else []
    return Run(done.returncode, done.stdout + done.stderr, [line.split() for line in lines])


def test_a_run_without_failures_repeats_nothing(runs: dict[str, Run]):
    run = runs["nothing fails"]
    assert (run.code, run.times("quiet"), run.flaky) == (0, 1, [])


def test_two_that_pass_the_second_time_are_listed_and_the_run_is_green(runs: dict[str, Run]):
    run = runs["two fail once"]
    assert run.code == 0, run.output
    assert run.flaky == ["test_1.py::test_early", "test_2.py::test_late"]


def test_only_what_failed_is_repeated_together_in_one_new_process(runs: dict[str, Run]):
    run = runs["two fail once"]
    assert [run.times(name) for name in ("quiet", "early", "late")] == [1, 2, 2]
    first, second = run.runs[:3], run.runs[3:]
    assert len({process for _, process in second}) == 1
    assert not {process for _, process in first} & {process for _, process in second}


def test_three_that_pass_the_second_time_are_listed_and_the_run_is_red(runs: dict[str, Run]):
    run = runs["three fail once"]
    assert (run.code, len(run.flaky)) == (1, 3), run.output


def test_one_that_fails_twice_makes_the_run_red(runs: dict[str, Run]):
    run = runs["one always fails"]
    assert (run.code, run.times("broken")) == (1, 2)
    assert run.flaky == ["test_1.py::test_early"]


def test_one_that_is_skipped_the_second_time_has_not_passed(runs: dict[str, Run]):
    run = runs["one is skipped when repeated"]
    assert (run.code, run.times("skipped"), run.flaky) == (1, 2, [])


def test_many_failures_are_not_repeated(runs: dict[str, Run]):
    run = runs["six fail once"]
    assert (run.code, len(run.runs), run.flaky) == (1, 6, [])


@pytest.mark.parametrize("case", [name for name in CASES if name.startswith("a ")])
def test_a_run_that_is_broken_itself_is_not_repeated(runs: dict[str, Run], case: str):
    run = runs[case]
    assert run.code
    assert (run.times("early") <= 1, run.flaky) == (True, [])
    assert "once more" not in run.output
