"""The documents tell of every address, every variable and every command, and of no other."""

import re

from daftari.cli.main import COMMANDS
from tests.house.tree import PACKAGE, ROOT
from tests.integration.endpoints import ENDPOINTS

OPERATING = (ROOT / "docs" / "operating.md").read_text()


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


def test_decisions_are_numbered_without_a_gap():
    files = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert files
    for number, path in enumerate(files, 1):
        assert path.name.startswith(f"{number:04}-")
        assert path.read_text().startswith(f"# {number:04} · ")
