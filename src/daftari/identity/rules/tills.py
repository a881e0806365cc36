"""Rules of shared tills: the pins, how often one may be wrong, how long a turn lasts.

A till is a device on which several members of one shop take turns. A pin works there alone: its
hash is made with the secret in the till's cookie, so that neither the pin nor the row is of use
anywhere else.
"""

import hashlib
import re
from typing import Final

from daftari.kernel.digits import to_latin
from daftari.kernel.refusal import Refusal

TILL_COOKIE: Final = "till"
TILL_PAGE: Final = "/till"
MOST_WRONG: Final = 5
"""So many wrong answers lock a pin; its person opens it with the passkey."""
PIN_DIGITS: Final = (4, 8)
_RUNS: Final = "01234567890", "09876543210"


def parse_pin(text: str) -> str:
    """Parse a new pin, in any digits. Raises Refusal(pin=…): pin_not_a_pin, pin_too_simple."""
    pin = pin_in(text)
    if not re.fullmatch(f"[0-9]{{{PIN_DIGITS[0]},{PIN_DIGITS[1]}}}", pin):
        raise Refusal(pin="pin_not_a_pin")
    if len(set(pin)) == 1 or any(pin in run for run in _RUNS):
        raise Refusal(pin="pin_too_simple")
    return pin


def pin_in(text: str) -> str:
    """The digits of a pin as typed: blanks around them do not count."""
    return to_latin(text).strip()


def pin_hash(pin: str, salt: bytes, token: str) -> bytes:
    """The hash of a pin on the till with this `token`: scrypt, 16 MiB, some 50 ms."""
    secret = f"{token}\n{pin}".encode()
    return hashlib.scrypt(secret, salt=salt, n=2**14, r=8, p=1, dklen=32)
