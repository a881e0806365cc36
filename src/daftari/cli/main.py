"""The entry point of the command line: parses the arguments and runs one subcommand.

A subcommand is a module with a `SUMMARY`, `add_arguments(parser)` and `run(arguments, settings)`,
which returns the exit code. The module has the subcommand's name; it is imported only when used,
so that no command loads the libraries of another.
"""

import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from importlib import import_module
from types import ModuleType
from typing import Final

from daftari.settings import Settings, SettingsError

COMMANDS: Final = ("serve", "worker", "migrate", "verify", "signin-link", "demo")


def main(typed: Sequence[str] | None = None) -> int:
    """Run one subcommand. Returns the exit code: 0 done, 1 failed, 2 usage error."""
    words = list(sys.argv[1:] if typed is None else typed)
    arguments = _parser(words).parse_args(words)
    try:
        settings = Settings.from_environment()
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    try:
        code: int = _module(arguments.command).run(arguments, settings)
    except Exception as error:
        why = _message_of(error)
        if why is None:
            raise
        print(f"daftari: {why}", file=sys.stderr)
        return 1
    return code


def _parser(words: Sequence[str]) -> ArgumentParser:
    parser = ArgumentParser(prog="daftari", description="A shop's debt book.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")
    command = words[0] if words and words[0] in COMMANDS else None
    for name in COMMANDS if command is None else (command,):
        module = _module(name)
        module.add_arguments(
            commands.add_parser(name, help=module.SUMMARY, description=module.SUMMARY)
        )
    return parser


def _message_of(error: Exception) -> str | None:
    """The message of an error that an operator can fix; None for an unexpected error."""
    from daftari.db.connection import FileUnreadable, StorageFull
    from daftari.db.control import ControlAhead, ControlBehind, ControlMissing
    from daftari.db.keys import WrongMasterKey

    if isinstance(error, ControlAhead):
        return "the data folder was written by a newer Daftari: install that one"
    if isinstance(error, ControlBehind):
        return "the data folder has an older schema: run `daftari migrate` first"
    if isinstance(error, FileUnreadable):
        return "the control file cannot be read: is the disk full, or failing?"
    if isinstance(error, StorageFull):
        return "there is no room left on the disk"
    known = isinstance(error, ControlMissing | WrongMasterKey | OSError)
    return str(error) if known else None


def _module(name: str) -> ModuleType:
    return import_module(f"daftari.cli.{name.replace('-', '_')}")
