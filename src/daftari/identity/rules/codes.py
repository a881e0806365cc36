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
    """A new random code: `4k7m-x2qd-9ahw-0vtn`."""
    letters = "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))
    return "-".join(letters[start : start + 4] for start in range(0, _LENGTH, 4))


def code_hash(typed: str) -> bytes:
    """The stored hash of a code, independent of typed blanks, dashes, case and kind of digits.

    It is SHA-256 without a salt: 80 random bits cannot be guessed or precomputed.
    """
    meant = to_latin(neutral(typed)).lower().translate(_AS_MEANT)
    return hashlib.sha256(meant.encode()).digest()
