"""`daftari serve`: make what is missing, open the door, and close every book at the end.

One process: a shop's file has one writer, and a second process would not write faster.
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
    """Nothing to choose: the settings are DAFTARI_* variables."""


def run(_: Namespace, settings: Settings) -> int:
    """Serve until SIGTERM or Ctrl+C. Raises OSError where another serves already."""
    from daftari.web.logs import configure_logs

    configure_logs()
    leave_no_core()
    with _only_one(settings):
        asyncio.run(_serve(settings))
    _leave()


def _leave() -> NoReturn:
    """End without taking the interpreter apart; every book is closed by now.

    The embedded server's threads outlive it for a moment, and one that meets a half-gone
    interpreter aborts the process (1 stop in 32 ended with SIGABRT).
    """
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


@contextmanager
def _only_one(settings: Settings) -> Iterator[None]:
    """Refuse to be the second: for this data folder, and at this port. Raises OSError.

    The server shares its port with whoever asks, so a taken port has to be found beforehand.
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
            asyncio.create_task(_say_where_when_open(settings)),
            asyncio.create_task(_make_ready()),
        ]
        await server.serve()
        for task in beside:
            task.cancel()


async def _make_ready() -> None:
    """What every shop needs sooner or later is loaded before it is asked for, in small steps: the
    door is open meanwhile."""
    from daftari.identity.rules.phones import shown_phone
    from daftari.web.logs import log_job_failure
    from daftari.web.templates import compile_ahead

    _leave_to_itself()
    try:
        for _ in compile_ahead():
            await asyncio.sleep(0)
        shown_phone("+966500000000")
    except Exception as error:  # who asks for that page will meet it again
        log_job_failure(error)
    _leave_to_itself()


def _leave_to_itself() -> None:
    """What is loaded by now stays loaded: the collector need not look through it ever again.

    Otherwise its full rounds cost as much as making the page of a book.
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


async def _say_where_when_open(settings: Settings) -> None:
    """The server calls its hooks before its port answers, so the port itself is asked."""
    while True:
        try:
            _, door = await asyncio.open_connection(settings.host, settings.port)
        except OSError:
            await asyncio.sleep(0.02)
        else:
            door.close()
            return _say_where(settings)


def _say_where(settings: Settings) -> None:
    print(
        f"دفتري جاهز: افتح {settings.origin} وأنشئ دفترك ببصمتك.",
        f"Daftari is ready: open {settings.origin} and sign up with a passkey.",
        "Ctrl+C stops it. No browser passkey at hand? `daftari signin-link` helps.",
        sep="\n",
        file=sys.stderr,
        flush=True,
    )
