"""The log: one JSON object a line on standard output, for machines and for the operator.

A line tells what happened and to which opaque id, never to whom: no names, phones, amounts,
tokens, addresses as typed, query strings or forms. So an exception is logged as its type and the
places it passed, without its text, which may quote what somebody typed.
"""

import logging
import sys
import traceback
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO, Final

import msgspec
from litestar.types import Scope

_PACKAGE = Path(__file__).parents[2]
# Their lower levels print the arguments of calls: keys, names, notes.
_TALKATIVE: Final = ("aiosqlite", "sqlalchemy", "alembic", "asyncio", "_granian", "granian")
_DEEP_ENOUGH: Final = 12


class _Log:
    """Writes lines of `level` and above. Without a stream of its own, to standard output."""

    def __init__(self, stream: BinaryIO | None = None, level: int = logging.INFO) -> None:
        self._stream = stream
        self._level = level

    def say(self, level: int, event: str, what: Mapping[str, Any]) -> None:
        if level < self._level:
            return
        time = datetime.now(UTC).isoformat().replace("+00:00", "Z")
        name = logging.getLevelName(level).lower()
        line = msgspec.json.encode({**what, "event": event, "level": name, "time": time})
        stream = self._stream or sys.stdout.buffer
        stream.write(line + b"\n")
        stream.flush()


_log = _Log()


def configure_logs(stream: BinaryIO | None = None, level: int = logging.INFO) -> None:
    """Send the program's own lines, and the warnings of its libraries, to `stream`."""
    global _log
    _log = _Log(stream, level)
    logging.basicConfig(handlers=[_Discreet()], level=logging.WARNING, force=True)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)


def log_request(scope: Scope, status: int, seconds: float) -> None:
    """The one line of a request. The route's pattern stands for the address."""
    took = {"status": status, "ms": round(seconds * 1000, 1)}
    _log.say(logging.INFO, "request", _asked(scope) | took)


def log_failure(scope: Scope, error: BaseException) -> None:
    """What went wrong while answering: the types of the exceptions, and where they came from."""
    _log.say(logging.ERROR, "failure", _asked(scope) | payload(error))


def log_job_failure(error: BaseException) -> None:
    """What went wrong beside the requests."""
    _log.say(logging.ERROR, "job failure", payload(error))


def payload(error: BaseException) -> dict[str, Any]:
    """An exception without its words: its type, those of its causes, and its places."""
    chain = [error]
    while (deeper := chain[-1].__cause__ or chain[-1].__context__) and deeper not in chain:
        chain.append(deeper)
    names = [f"{type(one).__module__}.{type(one).__qualname__}" for one in chain]
    return {"error": names[0], "because": names[1:], "where": _places(error)}


def _asked(scope: Scope) -> dict[str, Any]:
    state: Mapping[str, Any] = scope["state"]
    asked: dict[str, Any] = {
        "id": state.get("request_id"),
        "method": scope.get("method"),
        "route": scope.get("path_template"),
    }
    if person := state.get("person"):
        asked["person"] = person.id
    if member := state.get("member"):
        asked["shop"] = member.shop.id
    return asked


def _places(error: BaseException) -> list[str]:
    frames = traceback.extract_tb(error.__traceback__)[-_DEEP_ENOUGH:]
    return [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]


def _short(filename: str) -> str:
    path = Path(filename)
    return str(path.relative_to(_PACKAGE)) if path.is_relative_to(_PACKAGE) else path.name


class _Discreet(logging.Handler):
    """Takes the libraries' own lines: their first line, unfilled, without its arguments."""

    def emit(self, record: logging.LogRecord) -> None:
        first_line = str(record.msg).partition("\n")[0]
        error = payload(record.exc_info[1]) if record.exc_info and record.exc_info[1] else {}
        _log.say(record.levelno, first_line, {"logger": record.name, **error})
