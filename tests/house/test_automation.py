"""What runs on other machines and before a commit: workflows, hooks, updates."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.house.tree import ROOT, place

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
ACTIONS = sorted((ROOT / ".github" / "actions").glob("*/action.yml"))
HOOKS = ROOT / ".pre-commit-config.yaml"
UPDATES = ROOT / ".github" / "dependabot.yml"
JOBS = {"lint", "quick", "crash", "browser"}


@pytest.mark.parametrize("path", [*WORKFLOWS, *ACTIONS, HOOKS, UPDATES], ids=place)
def test_the_file_is_yaml_with_something_in_it(path: Path):
    assert isinstance(_read(path), dict)


def test_continuous_integration_has_its_jobs():
    assert _read(ROOT / ".github" / "workflows" / "ci.yml")["jobs"].keys() >= JOBS


def test_every_command_of_a_job_is_a_target_of_the_makefile():
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    commands = [step["run"] for step in _steps() if "run" in step]
    assert len(commands) >= len(JOBS)
    assert not [one for one in commands if not _is_make(one, targets)]


def test_an_action_of_others_is_pinned_by_its_full_version():
    used = [step["uses"] for step in _steps() if "uses" in step]
    others = [name for name in used if not name.startswith("./")]
    assert others
    assert not [name for name in others if not re.fullmatch(r"[\w/-]+@v\d+\.\d+\.\d+", name)]
    ours = [name for name in used if name.startswith("./")]
    assert not [name for name in ours if not (ROOT / name / "action.yml").exists()]


def test_a_workflow_may_only_read():
    assert WORKFLOWS
    assert all(_read(path)["permissions"] == {"contents": "read"} for path in WORKFLOWS)


def test_a_hook_runs_what_setup_installs():
    hooks = [hook for source in _read(HOOKS)["repos"] for hook in source["hooks"]]
    assert hooks
    assert {source["repo"] for source in _read(HOOKS)["repos"]} == {"local"}
    assert not [hook["id"] for hook in hooks if not (ROOT / hook["entry"].split()[0]).exists()]


def _is_make(command: str, targets: set[str]) -> bool:
    program, *names = command.split()
    return program == "make" and bool(names) and set(names) <= targets


def _steps() -> Iterator[dict[str, Any]]:
    for path in WORKFLOWS:
        for job in _read(path)["jobs"].values():
            yield from job["steps"]
    for path in ACTIONS:
        yield from _read(path)["runs"]["steps"]


def _read(path: Path) -> Any:
    return yaml.safe_load(path.read_text())
