"""`daftari …`: what an operator types. One module a command."""

from daftari.cli.main import main

__all__ = ["main"]
