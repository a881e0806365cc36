"""The `daftari` command line for operators, with one module per subcommand."""

from daftari.cli.main import main

__all__ = ["main"]
