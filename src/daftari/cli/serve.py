"""`daftari serve`: make what is missing, open the door, and close every book at the end.

One process: a shop's file has one writer, and a second process would not write faster.
"""

import asyncio
import signal
import sys
from argparse import ArgumentParser, Namespace
from typing import Any, Final

from daftari.settings import Settings

SUMMARY: Final = "serve the pages; makes the data folder, the keys and the schema when missing"


def add_arguments(parser: ArgumentParser) -> None:
    """Nothing to choose: the settings are DAFTARI_* variables."""


def run(_: Namespace, settings: Settings) -> int:
    """Serve until SIGTERM or Ctrl+C."""
    from daftari.db.control import ControlAhead
    from daftari.db.keys import WrongMasterKey
    from daftari.web.logs import configure_logs

    configure_logs()
    try:
        asyncio.run(_serve(settings))
    except ControlAhead:
        return _give_up("the data folder was written by a newer Daftari: install that one")
    except (WrongMasterKey, OSError) as error:
        return _give_up(str(error))
    return 0


async def _serve(settings: Settings) -> None:
    from daftari.app import create_app

    app = create_app(settings)
    server = _server(app, settings)
    server.on_startup(lambda: _say_where(settings))
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, server.stop)
    async with app.lifespan():
        await server.serve()


def _server(app: Any, settings: Settings) -> Any:
    from granian.constants import Interfaces
    from granian.server.embed import Server
    from granian.utils.proxies import wrap_asgi_with_proxy_headers

    if settings.proxies:
        app = wrap_asgi_with_proxy_headers(app, trusted_hosts=list(settings.proxies))
    return Server(
        app,
        address=settings.host,
        port=settings.port,
        interface=Interfaces.ASGINL,
        websockets=False,
        log_enabled=False,
    )


def _say_where(settings: Settings) -> None:
    print(
        f"دفتري جاهز: افتح {settings.origin} وأنشئ دفترك ببصمتك.",
        f"Daftari is ready: open {settings.origin} and sign up with a passkey.",
        "Ctrl+C stops it. No browser passkey at hand? `daftari signin-link` helps.",
        sep="\n",
        file=sys.stderr,
        flush=True,
    )


def _give_up(why: str) -> int:
    print(f"daftari: {why}", file=sys.stderr)
    return 1
