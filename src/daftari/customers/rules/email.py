"""E-mail addresses: a check of their syntax."""

import re

from daftari.kernel.arabic import neutral
from daftari.kernel.refusal import Refusal

LONGEST_EMAIL = 254

_shaped = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z](?:[A-Za-z0-9-]*[A-Za-z0-9])"
).fullmatch


def parse_email(text: str) -> str:
    """The address with a lower-case domain; an international domain in its ASCII form.

    Quoted local parts (RFC 5321, §4.1.2) are refused: nobody has one, and they can hide line
    breaks. Raises Refusal(email='email_not_an_email').
    """
    local, _, domain = neutral(text).rpartition("@")
    try:
        address = f"{local}@{domain.encode('idna').decode().lower()}"
    except UnicodeError:
        raise Refusal(email="email_not_an_email") from None
    if len(address) > LONGEST_EMAIL or len(local) > 64 or not _shaped(address):
        raise Refusal(email="email_not_an_email")
    return address
