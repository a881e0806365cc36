"""The project as the house rules see it: its files, its rooms, its Python read as trees."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "daftari"
STATIC = PACKAGE / "static"
TEMPLATES = sorted((PACKAGE / "templates").rglob("*.html"))
STYLES = sorted((STATIC / "css").glob("*.css"))
PYTHON = sorted(PACKAGE.rglob("*.py"))

# Rooms that are tools of all others, laid out each in its own way.
WORKSHOPS = {"kernel", "db", "web"}
ROOMS = sorted(
    path.name
    for path in PACKAGE.iterdir()
    if (path / "__init__.py").exists() and path.name not in WORKSHOPS | {"cli"}
)


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def calls(path: Path, *names: str) -> Iterator[ast.Call]:
    """Every call of one of `names` in a file."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            yield node


def kept_files() -> list[Path]:
    """What git keeps, and what it would keep if it were added now."""
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    out = subprocess.run(listed, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return [path for name in out.splitlines() if (path := ROOT / name).is_file()]


def place(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()
