"""What this process may take of the machine, asked of the operating system before it serves."""

import resource
from typing import Final

MOST_FILES: Final = 16_384
_FILES_OF_A_SHOP: Final = 3
_FILES_OF_THE_HOUSE: Final = 128


def leave_no_core() -> None:
    """A dump of the memory would hold every key."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def most_connections(open_shops: int) -> int:
    """How many connections fit beside the files of the shops, once all allowed files are taken.

    A phone keeps its connection for a while after a page, so there are many more of them than
    requests.
    """
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    files = MOST_FILES if hard == resource.RLIM_INFINITY else min(hard, MOST_FILES)
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, hard))
    return max(64, files - 2 * open_shops * _FILES_OF_A_SHOP - _FILES_OF_THE_HOUSE)
