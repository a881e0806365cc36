"""Ids: UUIDs as text, made by the client that creates the object."""

import os
import re
import time
from uuid import UUID, uuid5

_canonical = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}").fullmatch


def new_id() -> str:
    """A new UUIDv7 (RFC 9562): 48 bits of milliseconds, then 74 random bits."""
    milliseconds = time.time_ns() // 1_000_000
    value = milliseconds << 80 | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return str(UUID(int=value))


def id_within(parent_id: str, name: str) -> str:
    """The id of a part of an object: UUIDv5 of the name, with the parent's id as namespace."""
    return str(uuid5(UUID(parent_id), name))


def is_id(text: str) -> bool:
    """Whether the text is a UUID of any version in its canonical lower-case form."""
    return _canonical(text) is not None
