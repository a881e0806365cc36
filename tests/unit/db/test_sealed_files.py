"""Sealed files: what is written comes back, and what was touched is noticed."""

import os

import pytest

from daftari.db.sealed_files import CHUNK, SealedFileDamaged, SealedWriter, sealed_chunks

KEY = bytes(range(32))
TAG = 16


def written(path, content: bytes, step: int = 1000) -> None:
    writer = SealedWriter(path, KEY)
    for start in range(0, len(content), step):
        writer.write(content[start : start + step])
    writer.close()
    assert writer.length == len(content)


def read(path, key: bytes = KEY) -> bytes:
    return b"".join(sealed_chunks(path, key))


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_what_is_written_comes_back_and_is_not_to_be_read(tmp_path, size):
    content = os.urandom(size)
    written(tmp_path / "file", content)
    assert read(tmp_path / "file") == content
    if size > 100:
        assert content[:100] not in (tmp_path / "file").read_bytes()


def test_another_key_opens_nothing(tmp_path):
    written(tmp_path / "file", b"the book")
    with pytest.raises(SealedFileDamaged):
        read(tmp_path / "file", bytes(32))


def test_a_flipped_bit_a_cut_and_a_moved_chunk_are_noticed(tmp_path):
    written(tmp_path / "file", os.urandom(3 * CHUNK))
    whole, size = (tmp_path / "file").read_bytes(), CHUNK + TAG
    first, second = whole[7 : 7 + size], whole[7 + size : 7 + 2 * size]
    touched = {
        "flipped": whole[:500] + bytes([whole[500] ^ 1]) + whole[501:],
        "cut between chunks": whole[: 7 + 2 * size],
        "cut inside one": whole[:-1],
        "moved": whole[:7] + second + first + whole[7 + 2 * size :],
        "empty": b"",
    }
    for name, content in touched.items():
        (tmp_path / name).write_bytes(content)
        with pytest.raises(SealedFileDamaged):
            read(tmp_path / name)
