"""SQL is written in words that a second engine understands; what differs stands in `db`."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house.tree import PACKAGE, PYTHON, parsed, place

DIALECTS = "sqlalchemy.dialects"
RAW = {"text", "literal_column", "DDL", "cast", "type_coerce"}
METHODS = {"exec_driver_sql", "begin_nested"}
OUTSIDE = [path for path in PYTHON if path.parent != PACKAGE / "db"]


def test_sql_as_text_conversions_and_dialects_stay_in_db():
    used = {place(path): set(_raw(path)) for path in OUTSIDE if "sqlalchemy" in path.read_text()}
    assert len(used) > 30
    assert not {path: names for path, names in used.items() if names}


def test_numbers_are_summed_by_total():
    """SUM has another type on another engine."""
    summed = [
        f"{place(path)}:{node.lineno}"
        for path in OUTSIDE
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Attribute) and ast.unparse(node) == "func.sum"
    ]
    assert not summed


def _raw(path: Path) -> Iterator[str]:
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sqlalchemy"):
            yield from {alias.name for alias in node.names} & RAW
            if (node.module or "").startswith(DIALECTS):
                yield DIALECTS
        elif isinstance(node, ast.Attribute) and node.attr in METHODS:
            yield node.attr
