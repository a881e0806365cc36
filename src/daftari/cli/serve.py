"""The command `daftari serve`: runs the web server, and closes all database files at the end.

There is one process: a shop's file has one writer, and a second process would not write faster.
"""

import asyncio
import gc
import os
import signal
import socket
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, LOCK_NB, flock
from typing import Any, Final, NoReturn

from daftari.cli.limits import leave_no_core, most_connections
from daftari.settings import Settings

SUMMARY: Final = "serve the pages; makes the data folder, the keys and the schema when missing"


def add_arguments(parser: ArgumentParser) -> None:
    """Add no arguments: the settings are DAFTARI_* variables."""


def run(_: Namespace, settings: Settings) -> int:
    """Run the server until SIGTERM or Ctrl+C. Raises OSError when another one is running."""
    from daftari.web.logs import configure_logs

    configure_logs()
    leave_no_core()
    with _only_one(settings):
        asyncio.run(_serve(settings))
    _exit_at_once()


def _exit_at_once() -> NoReturn:
    """Exit the process without interpreter finalization; all files are closed before.

    The embedded server's threads live on for a moment, and one that runs during finalization aborts
    the process (1 stop in 32 ended with SIGABRT).
    """
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


@contextmanager
def _only_one(settings: Settings) -> Iterator[None]:
    """A lock that allows one server per data folder and port. Raises OSError.

    The server opens its port with SO_REUSEPORT, so a port in use has to be detected beforehand.
    """
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (settings.data / "serving.lock").open("w") as lock:
        try:
            flock(lock, LOCK_EX | LOCK_NB)
        except BlockingIOError:
            raise OSError(f"another Daftari already serves {settings.data}") from None
        socket.create_server((settings.host, settings.port)).close()
        yield


async def _serve(settings: Settings) -> None:
    from daftari.app import create_app

    app = create_app(settings)
    server = _server(app, settings)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, server.stop)
    async with app.lifespan():
        beside = [
            asyncio.create_task(_print_address_when_open(settings)),
            asyncio.create_task(_warm_up()),
        ]
        await server.serve()
        for task in beside:
            task.cancel()


async def _warm_up() -> None:
    """Compile templates and load libraries in small steps, while requests are served."""
    from daftari.identity.rules.phones import shown_phone
    from daftari.web.logs import log_job_failure
    from daftari.web.templates import compile_ahead

    _freeze_loaded_objects()
    try:
        for _ in compile_ahead():
            await asyncio.sleep(0)
        shown_phone("+966500000000")
    except Exception as error:  # a request for that page raises it again
        log_job_failure(error)
    _freeze_loaded_objects()


def _freeze_loaded_objects() -> None:
    """Exclude all objects that are loaded now from garbage collection (`gc.freeze`).

    Otherwise one full collection costs as much as rendering the page of a book.
    """
    gc.collect()
    gc.freeze()


def _server(app: Any, settings: Settings) -> Any:
    from granian.constants import HTTPModes, Interfaces
    from granian.server.embed import Server
    from granian.utils.proxies import wrap_asgi_with_proxy_headers

    if settings.proxies:
        app = wrap_asgi_with_proxy_headers(app, trusted_hosts=list(settings.proxies))
    return Server(
        app,
        address=settings.host,
        port=settings.port,
        interface=Interfaces.ASGINL,
        http=HTTPModes.http1,
        websockets=False,
        backpressure=most_connections(settings.open_shops),
        log_enabled=False,
    )


async def _print_address_when_open(settings: Settings) -> None:
    """Wait until the port accepts a connection, then print the address.

    The server calls its start hooks before its port is open.
    """
    while True:
        try:
            _, connection = await asyncio.open_connection(settings.host, settings.port)
        except OSError:
            await asyncio.sleep(0.02)
        else:
            connection.close()
            return _print_address(settings)


def _print_address(settings: Settings) -> None:
    print(
        f"دفتري جاهز: افتح {settings.origin} وأنشئ دفترك ببصمتك.",
        f"Daftari is ready: open {settings.origin} and sign up with a passkey.",
        "Ctrl+C stops it. No browser passkey at hand? `daftari signin-link` helps.",
        sep="\n",
        file=sys.stderr,
        flush=True,
    )
