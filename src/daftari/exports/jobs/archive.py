"""The zip file of an export, written front to back, and its manifest."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, Protocol
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import msgspec

from daftari.exports.rules.contents import FORMAT, VERSION

MANIFEST: Final = "manifest.json"
_LEVEL: Final = 3  # of 9: beyond it the same text costs twice the time, and gets 5 % smaller
_BUFFER: Final = 256 * 1024


class Sink(Protocol):
    """Where the bytes of the zip file go: never read, never sought."""

    def write(self, content: bytes) -> int: ...
    def flush(self) -> None: ...


class ArchiveFile:
    """One file of the archive, that is being written: it counts and digests its content."""

    def __init__(self, target: Any) -> None:
        self._target = target
        self._waiting = bytearray()
        self.digest = hashlib.sha256()
        self.length = 0

    def write(self, content: bytes) -> None:
        self._waiting += content
        if len(self._waiting) >= _BUFFER:
            self.flush()

    def text(self, content: str) -> None:
        self.write(content.encode())

    def flush(self) -> None:
        self.digest.update(self._waiting)
        self.length += len(self._waiting)
        self._target.write(self._waiting)
        self._waiting = bytearray()


class Archive:
    """The zip file of an export. Its bytes depend on nothing but what is written into it."""

    def __init__(self, sink: Sink) -> None:
        packed = {"compression": ZIP_DEFLATED, "compresslevel": _LEVEL}
        self._zip = ZipFile(sink, "w", **packed)  # type: ignore[call-overload]  # never sought
        self._files: list[dict[str, object]] = []

    @contextmanager
    def file(self, name: str, *, is_packed: bool = True) -> Iterator[ArchiveFile]:
        """A new file in the archive. Of a picture nothing is gained by packing it."""
        info = name if is_packed else ZipInfo(name)  # both of the first day that a zip file knows
        with self._zip.open(info, "w", force_zip64=True) as target:
            file = ArchiveFile(target)
            yield file
            file.flush()
        entry = {"name": name, "bytes": file.length, "sha256": file.digest.hexdigest()}
        self._files.append(entry)

    def finish(self, about: dict[str, object]) -> None:
        """Write the manifest, which names every file before it, and end the zip file."""
        manifest = {"format": FORMAT, "version": VERSION, **about, "files": self._files}
        with self.file(MANIFEST) as file:
            file.write(msgspec.json.format(msgspec.json.encode(manifest)))
        self._zip.close()
