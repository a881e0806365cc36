"""Sealed files: what lies in the data folder outside of a database, encrypted under a shop's key.

A file is written and read in chunks, so that its size costs no memory. Chunk n is sealed by
AES-256-GCM with the nonce prefix ‖ n ‖ is-last (the STREAM construction, Hoang et al., 2015): a
chunk that is changed, moved or missing at the end is noticed. The key belongs to one file.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

CHUNK: Final = 64 * 1024
_PREFIX_BYTES: Final = 7
_TAG_BYTES: Final = 16


class SealedFileDamaged(Exception):
    """The file was changed or cut, or is sealed by another key."""


class SealedWriter:
    """A file object to write to, of a new file with mode 0600; `close` finishes and syncs it."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._file = os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")
        self._cipher = AESGCM(key)
        self._prefix = os.urandom(_PREFIX_BYTES)
        self._waiting = bytearray()
        self._chunks = 0
        self.length = 0
        self._file.write(self._prefix)

    def write(self, content: bytes) -> int:
        self._waiting += content
        self.length += len(content)
        while len(self._waiting) > CHUNK:  # the last chunk is known at the end only
            self._seal(bytes(self._waiting[:CHUNK]), is_last=False)
            del self._waiting[:CHUNK]
        return len(content)

    def flush(self) -> None:
        """Do nothing: a chunk is written when it is full."""

    def close(self) -> None:
        self._seal(bytes(self._waiting), is_last=True)
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()

    def _seal(self, chunk: bytes, *, is_last: bool) -> None:
        nonce = _nonce(self._prefix, self._chunks, is_last)
        self._file.write(self._cipher.encrypt(nonce, chunk, None))
        self._chunks += 1


def sealed_chunks(path: Path, key: bytes) -> Iterator[bytes]:
    """The content of a sealed file. Raises `SealedFileDamaged`, FileNotFoundError."""
    cipher, size = AESGCM(key), CHUNK + _TAG_BYTES
    with path.open("rb") as file:
        prefix, sealed = file.read(_PREFIX_BYTES), file.read(size)
        number = 0
        while True:
            following = file.read(size)
            try:
                yield cipher.decrypt(_nonce(prefix, number, not following), sealed, None)
            except (InvalidTag, ValueError):
                raise SealedFileDamaged(path.name) from None
            if not following:
                return
            sealed, number = following, number + 1


def _nonce(prefix: bytes, number: int, is_last: bool) -> bytes:
    return prefix + number.to_bytes(4, "big") + bytes([is_last])
