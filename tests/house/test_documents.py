"""The documents tell of every address, every variable and every command, and of no other.

What they name is there: paths in backticks, links, functions, rooms, words of the glossary.
"""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from daftari.cli.main import COMMANDS
from tests.house.tree import PACKAGE, PYTHON, ROOT, parsed, place
from tests.integration.endpoints import ENDPOINTS

OPERATING = (ROOT / "docs" / "operating.md").read_text()
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text()
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
DOCUMENTS = sorted(
    path for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")] if path.stem != "CHANGELOG"
)
BASES = (ROOT, PACKAGE, PACKAGE / "static", PACKAGE / "templates")
ENDINGS = ("/", ".css", ".html", ".js", ".json", ".lock", ".md", ".py", ".sh", ".toml", ".yml")


def test_every_address_is_told():
    table = (ROOT / "docs" / "http.md").read_text()
    told = {
        (method, path.rstrip("/") or "/")
        for methods, path in re.findall(r"^\| ([A-Z, ]+) `([^`]+)` \|", table, re.MULTILINE)
        for method in methods.split(", ")
    }
    assert len(told) > 40
    shown = [
        endpoint for endpoint in ENDPOINTS if endpoint.method in ("GET", "POST", "PUT", "DELETE")
    ]
    assert told == {(endpoint.method, re.sub(r":\w+", "", endpoint.route)) for endpoint in shown}


def test_every_variable_is_told():
    read = re.findall(r'typed(?:\.get\(|, )"([A-Z_]+)"', (PACKAGE / "settings.py").read_text())
    assert len(read) > 5
    told = re.findall(r"^\| `DAFTARI_([A-Z_]+)` \|", OPERATING, re.MULTILINE)
    assert sorted(told) == sorted(read)


def test_every_command_is_told():
    told = re.findall(r"^\| `daftari ([a-z-]+)", OPERATING, re.MULTILINE)
    assert sorted(told) == sorted(COMMANDS)


@pytest.mark.parametrize("path", DOCUMENTS, ids=place)
def test_every_path_in_backticks_exists(path: Path):
    assert not [name for name in _paths(path.read_text()) if not _exists(name)]


@pytest.mark.parametrize("path", DOCUMENTS, ids=place)
def test_every_link_leads_to_a_file(path: Path):
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text())
    assert not [link for link in links if not (path.parent / link).exists()]


def test_every_name_in_a_table_of_names_is_defined_in_its_file():
    told = [row for path in DOCUMENTS for row in _names(path.read_text())]
    assert len(told) > 30
    assert not [(file, name) for file, name in told if name not in _defined(PACKAGE / file)]


def test_the_layers_of_rooms_are_those_of_the_contract():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    rooms = next(c for c in contracts["contracts"] if c["id"] == "rooms")["layers"]
    layers = [[name for name in re.findall(r"\w+", layer) if _is_room(name)] for layer in rooms]
    told = re.search(r"```\n(asgi \| cli\n.*?)```", ARCHITECTURE, re.DOTALL)
    assert told
    assert told[1].splitlines() == [" | ".join(layer) for layer in layers if layer]


def test_the_tree_in_the_readme_is_the_tree():
    tree = re.search(r"```\nsrc/daftari/\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    assert tree
    told = re.findall(r"^  ([a-z]+)/ ", tree[1], re.MULTILINE)
    folders = [path.name for path in PACKAGE.iterdir() if path.is_dir() and path.name[0] != "_"]
    assert sorted(told) == sorted(folders)
    assert not [name for name in re.findall(r"^([a-z]+)/ ", tree[1], re.M) if not _exists(name)]


def test_every_word_of_the_glossary_stands_in_the_code():
    words = set(re.findall(r"`([a-z_]+)`", (ROOT / "docs" / "glossary.md").read_text()))
    code = set(re.findall(r"[a-z_]+", "\n".join(path.read_text() for path in PYTHON)))
    assert len(words) > 60
    assert not sorted(words - code)


def test_decisions_are_numbered_without_a_gap():
    assert len(DECISIONS) > 10
    for number, path in enumerate(DECISIONS, 1):
        assert path.name.startswith(f"{number:04}-")
        assert path.read_text().startswith(f"# {number:04} · ")


@pytest.mark.parametrize("path", DECISIONS, ids=place)
def test_a_decision_has_its_form(path: Path):
    text = path.read_text()
    row = re.search(r"\n\| date \| status \|\n\|---\|---\|\n\| ([^|]+) \| ([^|]+) \|\n", text)
    assert row
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", row[1])
    assert re.fullmatch(r"proposed|accepted|superseded by \d{4}", row[2])
    parts = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert [part for part in parts if part != "Alternatives"] == [
        "Context",
        "Decision",
        "Consequences",
    ]
    assert all(re.split(r"^## .+$", text, flags=re.MULTILINE)[1:])


def _paths(text: str) -> list[str]:
    """What in backticks looks like a path of ours; an address begins with a slash."""
    named = re.findall(r"`([\w.*-]+(?:/[\w.*-]+)*/?)`", text)
    return [name for name in named if "/" in name and name.endswith(ENDINGS)]


def _exists(name: str) -> bool:
    return any(next(base.glob(name.rstrip("/")), None) for base in BASES)


def _names(text: str) -> Iterator[tuple[str, str]]:
    """File and name of every row below a header `| file | name |`."""
    tables = re.findall(r"^\| file \| name \|.*\n\|[-|]+\|\n((?:\|.*\n)+)", text, re.MULTILINE)
    for row in "".join(tables).splitlines():
        file, names = row.split("|")[1:3]
        yield from ((file.strip(" `"), name) for name in re.findall(r"`([\w.]+)`", names))


def _defined(path: Path) -> set[str]:
    """Functions, classes and their methods (`Class.method`) of a file."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    top = [node for node in parsed(path).body if isinstance(node, kinds)]
    inside = [(node.name, one) for node in top for one in node.body if isinstance(one, kinds)]
    return {node.name for node in top} | {f"{owner}.{one.name}" for owner, one in inside}


def _is_room(name: str) -> bool:
    return (PACKAGE / name).is_dir() or (PACKAGE / f"{name}.py").exists()
