"""A pytest plugin: `--outcomes FILE` writes which tests passed and failed, as JSON.

A test has failed if its setup, its call or its teardown has. `broken` holds what is no failure
of a test: a file that cannot be collected, a worker process that died.
"""

import json
from pathlib import Path

import pytest

PHASES = {"setup", "call", "teardown"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--outcomes", type=Path, help="write the outcome of every test to this file")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("outcomes") and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Outcomes(config.getoption("outcomes")))


class Outcomes:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.passed: set[str] = set()
        self.failed: set[str] = set()
        self.broken: set[str] = set()

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.broken.add(report.nodeid)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when not in PHASES:  # xdist reports the test during which a worker died
            self.broken.add(report.nodeid)
        elif report.failed:
            self.failed.add(report.nodeid)
        elif report.when == "call" and report.passed:
            self.passed.add(report.nodeid)

    def pytest_sessionfinish(self) -> None:
        found = {
            "passed": sorted(self.passed - self.failed),
            "failed": sorted(self.failed),
            "broken": sorted(self.broken),
        }
        self.path.write_text(json.dumps(found))
