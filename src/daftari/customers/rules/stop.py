"""The stop link of a customer: the shop's id and a secret token, in 32 characters.

It is short, since it is part of every text message, and cannot be guessed: beside the shop's id,
itself random, it has 64 random bits.
"""

import base64
import binascii
from uuid import UUID

from daftari.kernel.refusal import Missing

TOKEN_BYTES = 8
# The body of a one-click unsubscribe request from a mail program (RFC 8058).
ONE_CLICK = "List-Unsubscribe", "One-Click"


def stop_path(shop_id: str, token: str) -> str:
    """The path of a stop link, `/stop/…`. `token`: 16 hexadecimal digits."""
    link = base64.urlsafe_b64encode(UUID(shop_id).bytes + bytes.fromhex(token))
    return f"/stop/{link.decode()}"


def read_link(link: str) -> tuple[str, str]:
    """The shop's id and the token of a link. Raises `Missing` for an invalid one."""
    try:
        payload = base64.b64decode(link.encode("ascii"), altchars=b"-_", validate=True)
    except (binascii.Error, UnicodeEncodeError):
        raise Missing(link) from None
    if len(payload) != 16 + TOKEN_BYTES:
        raise Missing(link)
    return str(UUID(bytes=payload[:16])), payload[16:].hex()
