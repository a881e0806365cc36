"""Child processes of long work: it takes the processor from nobody who stands at the counter.

The parent writes one line, the request; the child writes a line of JSON for each step, and its
result as the last. It ends by itself when the parent is gone, for then its input ends.
"""

import asyncio
import os
import resource
import sys
from collections.abc import Callable
from threading import Thread
from typing import Any, Final

import msgspec

from daftari.tasks.rules import TaskProgress

_LOW_PRIORITY: Final = 10
_LONGEST_LINE: Final = 64 * 1024

Report = Callable[[int, int], None]
"""Called by the work with the steps that are done, and their number."""


class ChildFailed(Exception):
    """A child process ended without a result. The message names the exception's class, no more."""


async def run_child(module: str, request: dict[str, Any], progress: TaskProgress) -> Any:
    """Run `python -m module` with a request; the result of its work.

    The child is killed when the caller is cancelled. Raises `ChildFailed`.
    """
    pipe = asyncio.subprocess.PIPE
    command = sys.executable, "-m", module
    child = await asyncio.create_subprocess_exec(
        *command, stdin=pipe, stdout=pipe, stderr=asyncio.subprocess.DEVNULL, limit=_LONGEST_LINE
    )
    try:
        return await _talk(child, request, progress)
    finally:
        if child.returncode is None:
            child.kill()
        await child.wait()


async def _talk(
    child: asyncio.subprocess.Process, request: dict[str, Any], progress: TaskProgress
) -> Any:
    assert child.stdin is not None
    assert child.stdout is not None
    child.stdin.write(msgspec.json.encode(request) + b"\n")
    async for line in child.stdout:
        said = msgspec.json.decode(line)
        if "result" in said:
            return said["result"]
        if "failed" in said:
            raise ChildFailed(said["failed"])
        progress.done, progress.total = said["done"], said["total"]
    raise ChildFailed("no result")


def work_for_parent(work: Callable[[dict[str, Any], Report], Any]) -> None:
    """The main function of a child process: read the request, work, write the result."""
    os.nice(_LOW_PRIORITY)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # the request has a key in it
    request = msgspec.json.decode(sys.stdin.buffer.readline())
    Thread(target=_end_with_parent, daemon=True).start()
    try:
        _say({"result": work(request, lambda done, total: _say({"done": done, "total": total}))})
    except Exception as error:
        _say({"failed": type(error).__name__})


def _end_with_parent() -> None:
    sys.stdin.buffer.read()
    os._exit(1)


def _say(words: dict[str, Any]) -> None:
    try:
        sys.stdout.buffer.write(msgspec.json.encode(words) + b"\n")
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        os._exit(1)
