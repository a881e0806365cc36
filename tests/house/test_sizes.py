"""A function fits in a hand, a file tells one story."""

import ast

from tests.house.tree import PYTHON, STATIC, parsed, place

LINES_OF_A_FILE = 250
LINES_OF_A_FUNCTION = 40


def test_no_file_is_longer_than_a_story():
    files = [*PYTHON, *(STATIC / "js").rglob("*.js"), *(STATIC / "css").glob("*.css")]
    assert len(files) > 20
    long = {place(f): n for f in files if (n := len(f.read_text().splitlines())) > LINES_OF_A_FILE}
    assert not long


def test_no_function_is_larger_than_a_hand():
    functions = [
        (place(path), node.name, node.end_lineno - node.lineno + 1)
        for path in PYTHON
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    assert len(functions) > 100
    assert not [found for found in functions if found[2] > LINES_OF_A_FUNCTION]
