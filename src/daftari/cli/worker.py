"""The command `daftari worker`: runs due jobs of the shops, beside a server or without one."""

import asyncio
import signal
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from datetime import datetime
from typing import Final

from daftari.cli.limits import leave_no_core
from daftari.kernel.clock import Clock, from_text
from daftari.settings import Settings

SUMMARY: Final = "do what is due: digests, reminders, messages; on and on, or once"


class _FixedClock(Clock):
    """A clock that always returns the same moment."""

    def __init__(self, at: datetime) -> None:
        self._at = at

    def now(self) -> datetime:
        return self._at


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--once", action="store_true", help="do what is due now, and end")
    parser.add_argument(
        "--at",
        type=_moment,
        metavar="TIME",
        help="with --once: as if it were 2026-11-23T09:00+03:00",
    )


def run(arguments: Namespace, settings: Settings) -> int:
    """Run the worker. Returns 2 for --at without --once: a fixed clock is never due again."""
    from daftari.web.logs import configure_logs

    if arguments.at and not arguments.once:
        print("daftari worker: --at goes with --once", file=sys.stderr)
        return 2
    configure_logs()
    leave_no_core()
    clock = _FixedClock(arguments.at) if arguments.at else Clock()
    asyncio.run(_once(settings, clock) if arguments.once else _until_stopped(settings, clock))
    return 0


async def _once(settings: Settings, clock: Clock) -> None:
    from daftari.db.databases import open_databases
    from daftari.worker import open_worker

    async with (
        open_databases(settings) as databases,
        open_worker(databases, settings, clock) as worker,
    ):
        visited = await worker.run_once()
    print(f"{visited} shops visited.", file=sys.stderr)


async def _until_stopped(settings: Settings, clock: Clock) -> None:
    """Run the worker until SIGTERM or Ctrl+C; jobs that are running are finished."""
    from daftari.db.databases import open_databases
    from daftari.web.background import running
    from daftari.worker import open_worker

    stopped, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    async with (
        open_databases(settings) as databases,
        open_worker(databases, settings, clock) as worker,
        running(worker.run),
    ):
        print("Daftari is at work. Ctrl+C stops it.", file=sys.stderr, flush=True)
        await stopped.wait()


def _moment(text: str) -> datetime:
    try:
        return from_text(text)
    except ValueError:
        wanted = "a moment with its offset, such as 2026-11-23T09:00+03:00"
        raise ArgumentTypeError(f"{wanted}, not {text!r}") from None
