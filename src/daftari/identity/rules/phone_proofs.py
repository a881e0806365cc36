"""Rules of proving a new phone number by a code that is sent to it."""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta
from typing import Final

from daftari.kernel.digits import to_latin
from daftari.kernel.refusal import Reason, Refusal

CODE_HOLDS: Final = timedelta(minutes=10)
AGAIN_AFTER: Final = timedelta(minutes=1)
COUNTED_FOR: Final = timedelta(days=1)
MOST_SENDS: Final = 5
MOST_TRIES: Final = 5
_DIGITS: Final = 6


def new_code() -> str:
    """Six digits."""
    return f"{secrets.randbelow(10**_DIGITS):0{_DIGITS}}"


def code_hash(secret: bytes, person_id: str, phone: str, code: str) -> bytes:
    """The keyed hash of a code, which stands for one person and one number. `secret`: 256 bits."""
    return hmac.digest(secret, f"{person_id} {phone} {code}".encode(), hashlib.sha256)


def typed_code(text: str) -> str:
    """The digits of a typed code, however they were grouped. Raises Refusal: phone_code_missing."""
    code = "".join(one for one in to_latin(text) if one.isascii() and one.isdigit())
    if not code:
        raise Refusal(code="phone_code_missing")
    return code


def refuse_send(first_at: datetime, sent_at: datetime, sends: int, now: datetime) -> None:
    """Refuse one more code. Raises Refusal(phone=…): code_sent_just_now, codes_too_many."""
    if now < sent_at + AGAIN_AFTER:
        raise Refusal(phone="code_sent_just_now")
    if sends >= MOST_SENDS and now < first_at + COUNTED_FOR:
        raise Refusal(phone=Reason("codes_too_many", {"most": MOST_SENDS}))
