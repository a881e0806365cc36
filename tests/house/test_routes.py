"""A route handler reaches the program and the person by its context, and in no other way."""

import ast
from collections.abc import Iterator

from tests.house.tree import PACKAGE, ROOMS, parsed, place

CONTEXTS = {"RequestContext", "PersonContext", "ShopContext"}
ROUTES = sorted(
    path
    for room in ROOMS
    for path in [*(PACKAGE / room).glob("routes/*.py"), PACKAGE / room / "routes.py"]
    if path.exists()
)


def test_routes_reach_neither_the_programs_state_nor_that_of_the_connection():
    """The context has all of it, with types. `web` lies below the context and is no room."""
    assert ROUTES
    assert not [
        f"{place(path)}:{node.lineno}"
        for path in ROUTES
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Attribute) and node.attr in {"app", "scope", "state"}
    ]


def test_the_context_is_the_only_dependency_and_stands_first():
    handlers = [(place(path), handler) for path in ROUTES for handler in _handlers(path)]
    injected = [(place, handler.name, _injected(handler)) for place, handler in handlers]
    assert {found for *_, [found, *_] in filter(lambda one: one[2], injected)} == CONTEXTS
    assert not [one for one in injected if len(one[2]) > 1 or set(one[2]) - CONTEXTS]
    assert not [
        (place, handler.name)
        for place, handler in handlers
        if _injected(handler) and [arg.arg for arg in handler.args.args][0] != "context"
    ]


def test_a_handler_takes_the_request_or_its_context_never_both():
    handlers = [handler for path in ROUTES for handler in _handlers(path)]
    taken = [{arg.arg for arg in handler.args.args} for handler in handlers]
    assert any("context" in names for names in taken)
    assert any("request" in names for names in taken)
    assert not [names for names in taken if {"context", "request"} <= names]


def test_a_page_is_read_together_with_its_frame():
    """By `read_page`, or `read_framed` where htmx swaps the frame too: `read` knows no frame."""
    reads = [
        (place(path), node.func.attr, ast.unparse(node.args[0]))
        for path in ROUTES
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args
        if ast.unparse(node.func.value) == "context"
    ]
    assert len([one for one in reads if one[1] == "read_page"]) > 15
    assert not [one for one in reads if one[1] == "read" and one[2].endswith("_page")]


def _handlers(path) -> Iterator[ast.AsyncFunctionDef]:
    for node in parsed(path).body:
        if isinstance(node, ast.AsyncFunctionDef) and node.decorator_list:
            yield node


def _injected(handler: ast.AsyncFunctionDef) -> list[str]:
    """The classes of a handler's parameters that Litestar injects by name."""
    spelt = [ast.unparse(arg.annotation) for arg in handler.args.args if arg.annotation]
    start, end = "NamedDependency[", "]"
    return [one.removeprefix(start).removesuffix(end) for one in spelt if one.startswith(start)]
