"""Who writes to a file says so: mypy sees who calls whom, but not what a statement does."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house.tree import PACKAGE, PYTHON, parsed, place

MAKERS = {"insert", "update", "delete", "put", "add", "insert_new", "upsert"}
LIBRARIES = ("sqlalchemy", "daftari.db.base", "daftari.db.on_conflict")


def test_a_function_that_executes_a_write_is_given_a_transaction_that_writes():
    writers = [(path, function) for path in PYTHON if _has_sql(path) for function in _writers(path)]
    wrong = [
        f"{place(path)}:{function.lineno} {function.name}"
        for path, function in writers
        if _transaction(function) != "WriteTx"
    ]
    assert len(writers) > 50
    assert not wrong


def _has_sql(path: Path) -> bool:
    return "store" in (*path.parts, path.stem) or path.parent == PACKAGE / "db"


def _writers(path: Path) -> Iterator[ast.FunctionDef]:
    """The functions with a transaction that name a write statement, or what makes one."""
    tree = parsed(path)
    names = _imported_makers(tree)
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and _names(node) & names:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names |= {target.id for target in targets if isinstance(target, ast.Name)}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and _transaction(node) and _names(node) & names:
            yield node


def _imported_makers(tree: ast.Module) -> set[str]:
    imports = (node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom))
    return {
        alias.asname or alias.name
        for node in imports
        if (node.module or "").startswith(LIBRARIES)
        for alias in node.names
        if alias.name in MAKERS
    }


def _names(tree: ast.AST) -> set[str]:
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


def _transaction(function: ast.FunctionDef) -> str:
    """How the type of `tx` is written; empty for a function without one."""
    for argument in function.args.args:
        if argument.arg == "tx":
            return ast.unparse(argument.annotation) if argument.annotation else "nothing"
    return ""
