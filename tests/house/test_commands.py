"""The commands of a room live in one place: what its actions are asked to do is found there."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house.tree import PACKAGE, PYTHON, ROOMS, parsed, place

VERB = ["tx: WriteTx", "member: Member", "at: datetime"]
PLAIN = {"str", "int", "None", "list"}
# Forms and items of a phone become commands inside the transaction, which looks up their ids first.
NOT_YET_COMMANDS = {
    "Draft",
    "IncomingBatch",
    "SubmittedCorrection",
    "SubmittedCustomer",
    "SubmittedEntry",
    "SubmittedPlan",
    "SubmittedPromise",
}


def test_a_command_stands_among_the_commands_of_its_room():
    """Its docstring begins with «The command to»; what else stands there is a part of one."""
    commands = {path: list(_classes(path)) for path in PYTHON if _is_of_commands(path)}
    assert len(commands) >= 5
    elsewhere = [
        f"{place(path)}: {one.name}"
        for path in PYTHON
        if path not in commands
        for one in _classes(path)
        if (ast.get_docstring(one) or "").startswith("The command")
    ]
    assert not elsewhere
    for path, found in commands.items():
        parts = {name for one in found for name in _names(one)}
        strangers = [
            one.name
            for one in found
            if not (ast.get_docstring(one) or "").startswith("The command to ")
            and one.name not in parts
        ]
        assert found
        assert not strangers, place(path)


def test_an_action_of_a_member_is_given_a_command_of_its_room():
    """Or a plain value, such as an id. The actions of a member are what `ShopContext.do` runs."""
    given = [
        found for path in PYTHON if "actions" in (*path.parts, path.stem) for found in _given(path)
    ]
    assert len(given) >= 20
    assert any(module == "daftari.ledger.rules.commands" for _, _, module in given)
    wrong = [
        f"{place(path)}: {name} from {module}"
        for path, name, module in given
        if name not in NOT_YET_COMMANDS and module != f"daftari.{_room(path)}.rules.commands"
    ]
    assert not wrong


def _is_of_commands(path: Path) -> bool:
    return path.stem == "commands" and path.parent.name == "rules" and _room(path) in ROOMS


def _room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0]


def _classes(path: Path) -> Iterator[ast.ClassDef]:
    return (node for node in parsed(path).body if isinstance(node, ast.ClassDef))


def _given(path: Path) -> Iterator[tuple[Path, str, str]]:
    """What the public actions of a file are given besides who asks and when, and whence it is."""
    tree = parsed(path)
    modules = {
        alias.name: node.module or ""
        for node in tree.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
            continue
        arguments = node.args.args
        if [ast.unparse(one) for one in arguments[:3]] == VERB and len(arguments) == 4:
            for name in _names(arguments[3]) - PLAIN:
                yield path, name, modules.get(name, "here")


def _names(tree: ast.AST) -> set[str]:
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
