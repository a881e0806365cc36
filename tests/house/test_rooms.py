"""Who may use whom, and which file is found in which room."""

import subprocess
import sys
import tomllib
from pathlib import Path

import grimp
import pytest

from tests.house.tree import PACKAGE, ROOMS, ROOT

FILES_OF_A_ROOM = {
    "actions",
    "forms",
    "guards",
    "jobs",
    "pages",
    "personal_data",
    "routes",
    "rules",
    "store",
    "tables",
}
PRIVATE_TO_A_ROOM = {"routes", "jobs", "pages", "store"}
FROM_OUTSIDE = {
    "routes": ("daftari.app",),
    "jobs": ("daftari.app", "daftari.cli", "daftari.worker"),
}


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("daftari", include_external_packages=True)


def test_rooms_use_only_what_lies_below_them():
    """In a process of its own: the linter silences every logger there is."""
    linter = Path(sys.executable).with_name("lint-imports")
    said = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert said.returncode == 0, said.stdout


def test_the_contracts_look_at_every_room():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    inside = next(c for c in contracts["contracts"] if c["id"] == "inside-a-room")
    assert ROOMS
    assert inside["containers"] == [f"daftari.{room}" for room in ROOMS]


def test_the_protected_libraries_are_used_where_they_may_be(graph):
    for library in ("sqlalchemy", "sqlcipher3", "litestar"):
        assert graph.find_modules_that_directly_import(library), library


def test_a_file_of_a_room_has_a_name_found_in_every_room():
    found = {path.stem for room in ROOMS for path in (PACKAGE / room).iterdir()}
    assert {"actions", "store", "tables"} <= found
    assert found - {"__init__", "__pycache__"} <= FILES_OF_A_ROOM


def test_a_room_keeps_its_routes_pages_and_store_to_itself(graph):
    private = {f"daftari.{room}.{name}" for room in ROOMS for name in PRIVATE_TO_A_ROOM}
    looked_at, strangers = 0, []
    for module in sorted(graph.modules):
        home = next((name for name in private if f"{module}.".startswith(f"{name}.")), None)
        if home is None:
            continue
        room, name = home.removeprefix("daftari.").split(".")
        for importer in graph.find_modules_that_directly_import(module):
            looked_at += 1
            may = importer.startswith((f"daftari.{room}.", *FROM_OUTSIDE.get(name, ())))
            strangers += [] if may else [f"{importer} uses {module}"]
    assert looked_at
    assert not strangers
