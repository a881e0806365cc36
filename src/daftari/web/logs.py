"""Structured logs: one JSON object per line on standard output.

A log line holds the event and opaque ids, and no personal data: no names, phones, amounts, tokens,
addresses as typed, query strings or forms. An exception is logged as its type and its stack frames,
without its message, which may quote user input.
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
# Below WARNING these libraries log the arguments of calls: keys, names, notes.
_VERBOSE: Final = ("aiosqlite", "sqlalchemy", "alembic", "asyncio", "_granian", "granian")
_MOST_FRAMES: Final = 12


class _Log:
    """A writer of log lines of `level` and above, to `stream` or standard output."""

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
    """Configure the program's log, and the warnings of its libraries, to go to `stream`."""
    global _log
    _log = _Log(stream, level)
    logging.basicConfig(handlers=[_LibraryHandler()], level=logging.WARNING, force=True)
    for name in _VERBOSE:
        logging.getLogger(name).setLevel(logging.WARNING)


def log_request(scope: Scope, status: int, seconds: float) -> None:
    """Log a request: one line, with the route's pattern in place of the address."""
    took = {"status": status, "ms": round(seconds * 1000, 1)}
    _log.say(logging.INFO, "request", _request_fields(scope) | took)


def log_failure(scope: Scope, error: BaseException) -> None:
    """Log an exception of a request: the types of the chain, and the stack frames."""
    _log.say(logging.ERROR, "failure", _request_fields(scope) | payload(error))


def log_job_failure(error: BaseException) -> None:
    """Log an exception of a background job."""
    _log.say(logging.ERROR, "job failure", payload(error))


def payload(error: BaseException) -> dict[str, Any]:
    """The log fields of an exception: its type, the types of its causes, and its stack frames."""
    chain = [error]
    while (deeper := chain[-1].__cause__ or chain[-1].__context__) and deeper not in chain:
        chain.append(deeper)
    names = [f"{type(one).__module__}.{type(one).__qualname__}" for one in chain]
    return {"error": names[0], "because": names[1:], "where": _frames(error)}


def _request_fields(scope: Scope) -> dict[str, Any]:
    state: Mapping[str, Any] = scope["state"]
    fields: dict[str, Any] = {
        "id": state.get("request_id"),
        "method": scope.get("method"),
        "route": scope.get("path_template"),
    }
    if person := state.get("person"):
        fields["person"] = person.id
    if member := state.get("member"):
        fields["shop"] = member.shop.id
    return fields


def _frames(error: BaseException) -> list[str]:
    frames = traceback.extract_tb(error.__traceback__)[-_MOST_FRAMES:]
    return [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]


def _short(filename: str) -> str:
    path = Path(filename)
    return str(path.relative_to(_PACKAGE)) if path.is_relative_to(_PACKAGE) else path.name


class _LibraryHandler(logging.Handler):
    """A handler for the libraries' log records: logs the first line of the unformatted message.

    The arguments of a record are dropped, since they may hold personal data.
    """

    def emit(self, record: logging.LogRecord) -> None:
        first_line = str(record.msg).partition("\n")[0]
        error = payload(record.exc_info[1]) if record.exc_info and record.exc_info[1] else {}
        _log.say(record.levelno, first_line, {"logger": record.name, **error})
