"""The press: papers and files are made in one thread beside the server, one after the other.

So a long one keeps no entry waiting, and ten at once take no more memory than one.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Final, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

_PRESS: Final = ThreadPoolExecutor(max_workers=1, thread_name_prefix="press")


async def press(make: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """What `make(…)` returns. It may not touch a file of the book."""
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_PRESS, partial(make, *args, **kwargs))
