"""Resource limits of the process (open files, core dumps), set before it serves."""

import resource
from typing import Final

MOST_FILES: Final = 16_384
_FILES_OF_A_SHOP: Final = 3
_OTHER_FILES: Final = 128


def leave_no_core() -> None:
    """Disable core dumps, because a dump of the memory contains every key."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def most_connections(open_shops: int) -> int:
    """Raise the limit of open files; returns how many connections fit beside the shops' files.

    A phone keeps its connection open for a while after a page, so there are many more connections
    than requests.
    """
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    files = MOST_FILES if hard == resource.RLIM_INFINITY else min(hard, MOST_FILES)
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, hard))
    return max(64, files - 2 * open_shops * _FILES_OF_A_SHOP - _OTHER_FILES)
