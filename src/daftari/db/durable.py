"""Durable files and folders: they survive a power cut, and only their owner may read them.

A file is durable when its bytes are on the disk and its name is in its folder on the disk: fsync
(POSIX) forces both.
"""

import os
from pathlib import Path


def make_folder(folder: Path) -> None:
    """Create a folder and its missing parents with mode 0700; existing ones are not changed."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    _sync(folder.parent)


def write_new(place: Path, content: bytes) -> bool:
    """Create a file at `place` with mode 0600, atomically. Returns False when the name exists."""
    unfinished = place.with_name(f"{place.name}.{os.urandom(8).hex()}.new")
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(unfinished, place)
    except FileExistsError:
        return False
    finally:
        unfinished.unlink()
    _sync(place.parent)
    return True


def put_in_place(unfinished: Path, place: Path) -> None:
    """Move a finished file to `place` atomically, replacing an existing file."""
    _sync(unfinished)
    make_folder(place.parent)
    unfinished.replace(place)
    _sync(place.parent)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
