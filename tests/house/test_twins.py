"""A rule written in Python and in JavaScript: «Twin of <path>» leads to a file that is there.

Where the Python side names its twin in JavaScript, that one names it too.
"""

import re
from pathlib import Path

import pytest

from tests.house.tree import PYTHON, ROOT, STATIC, place

SCRIPTS = sorted(path for path in (STATIC / "js").rglob("*.js"))
TWIN = re.compile(r"twin\s+of\W+([\w./-]*\w)", re.IGNORECASE)
# Any word of a twin which is not in that form: it would be tested by nobody.
LOOSE = re.compile(r"\bthe twin (?:is|of)\b|\ba twin in\b", re.IGNORECASE)


def _twins(path: Path) -> list[str]:
    text = re.sub(r"\n\s*(?://|\*)\s*", " ", path.read_text())
    return TWIN.findall(text)


PAIRS = [(path, twin) for path in [*PYTHON, *SCRIPTS] for twin in _twins(path)]


def test_there_are_twins_on_both_sides():
    assert {path.suffix for path, _ in PAIRS} == {".py", ".js"}


@pytest.mark.parametrize(("path", "twin"), PAIRS, ids=lambda it: Path(it).name)
def test_a_twin_is_where_its_twin_says(path, twin):
    assert (ROOT / twin).is_file(), f"{place(path)} is a twin of {twin}, which is not there"


@pytest.mark.parametrize(
    ("path", "twin"),
    [pair for pair in PAIRS if pair[0].suffix == ".py"],
    ids=lambda it: Path(it).name,
)
def test_a_twin_that_is_named_from_python_names_it_back(path, twin):
    assert place(path) in _twins(ROOT / twin)


def test_every_twin_is_named_in_one_form():
    assert not [place(path) for path in [*PYTHON, *SCRIPTS] if LOOSE.search(path.read_text())]
