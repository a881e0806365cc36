"""A public class name stands for one thing, and names that were given up do not come back."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.tree import PACKAGE, PYTHON, ROOT, kept_files, parsed, place

# Names that were pictures or said two things.
OLD_NAMES = """
    House open_house Porch Face Kept Dress Manner PatientRequest Desk Deed DoorPage Standing Wish
    Cover Drawer Played Particulars FoundPart FoundLine LineView LineOnPhone AccountAsked Meaning
    Postman Letters PublicOnly PointsInside Notice Wishes Ways Post Speech Case Reach Agenda
    Specimen Teller teller tellers postman furnish note_in_accounts
    recall recognises speaks take_written give_back_written
"""
OLD_FILES = """
    house door birth porch faces kept packing same_site desk postman ways letters asking internet
    specimens settlement leaves notebook carry own ask reseal counter acts typed drop fleeting
    busy panes
"""
GIVEN_UP = set(OLD_NAMES.split())
FILES_GIVEN_UP = set(OLD_FILES.split())
# A name that is declared in JavaScript, at any depth.
DECLARED = re.compile(r"\b(?:class|function|const|let|var)\s+(\w+)")


def test_a_public_class_name_stands_in_one_room_only():
    rooms: dict[str, set[str]] = defaultdict(set)
    for path in PYTHON:
        room = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        for node in parsed(path).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                rooms[node.name].add(room)
    assert len(rooms) > 100
    assert not {name: found for name, found in rooms.items() if len(found) > 1}


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("class Desk: ...", {"Desk"}),
        ("from a import b as Post", {"b", "Post"}),
        ("def furnish(Wish): Cover = 1", {"furnish", "Wish", "Cover"}),
        ("Ways.text.Reach('Face')", {"Ways", "text", "Reach"}),
    ],
)
def test_names_are_found_wherever_python_holds_them(source: str, found: set[str]):
    assert set(_names_in_python(ast.parse(source))) == found


def test_no_identifier_was_given_up():
    kept = [path for path in kept_files() if path.suffix == ".py"]
    assert len(kept) > 300
    names = {place(path): set(_names_in_python(parsed(path))) for path in kept}
    scripts = [path for path in kept_files() if path.suffix == ".js"]
    assert len(scripts) > 50
    names |= {place(path): set(DECLARED.findall(path.read_text())) for path in scripts}
    assert not {file: used & GIVEN_UP for file, used in names.items() if used & GIVEN_UP}


def test_no_file_has_a_name_that_was_given_up():
    """Python, JavaScript, styles, templates and their folders; a `_` in front changes nothing."""
    kept = [path for path in kept_files() if path.suffix in {".py", ".js", ".css", ".html"}]
    assert len(kept) > 400
    assert not [place(path) for path in kept if set(_words_of(path)) & FILES_GIVEN_UP]


def _words_of(path: Path) -> Iterator[str]:
    """The name of the file and of each folder; `tests/house` is where the house rules live."""
    for part in path.relative_to(ROOT).parts:
        if path.is_relative_to(ROOT / "tests" / "house") and part == "house":
            continue
        yield part.split(".")[0].lstrip("_")


def _names_in_python(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name):
                yield name
            case ast.AsyncFunctionDef(name=name) | ast.Attribute(attr=name):
                yield name
            case ast.Name(id=name) | ast.arg(arg=name) | ast.keyword(arg=str(name)):
                yield name
            case ast.alias(name=name, asname=asname):
                yield from [*name.split("."), *([asname] if asname else [])]
