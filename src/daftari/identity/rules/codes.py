"""Recovery codes: sixteen of 32 letters without look-alikes (80 bits), in groups of four."""

import hashlib
import secrets

from daftari.kernel.arabic import neutral
from daftari.kernel.digits import to_latin

HOW_MANY = 10
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_LENGTH = 16
_AS_MEANT = str.maketrans("oil", "011", " -–—_.")


def new_code() -> str:
    """A fresh code: `4k7m-x2qd-9ahw-0vtn`."""
    letters = "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))
    return "-".join(letters[start : start + 4] for start in range(0, _LENGTH, 4))


def code_hash(typed: str) -> bytes:
    """What is kept of a code, whatever blanks, dashes, capitals or digits it was typed with.

    SHA-256 with no salt: eighty random bits cannot be guessed or tabulated.
    """
    meant = to_latin(neutral(typed)).lower().translate(_AS_MEANT)
    return hashlib.sha256(meant.encode()).digest()
