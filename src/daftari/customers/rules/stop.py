"""The stop link of a customer: which shop, and a secret of the customer's, in 32 letters.

It is short, since it stands in every text message, and long enough that nobody finds one: beside
the shop's id, itself random, there are 64 random bits.
"""

import base64
import binascii
from uuid import UUID

from daftari.kernel.refusal import Missing

TOKEN_BYTES = 8
# What a mail program's own button sends to the link (RFC 8058).
ONE_CLICK = "List-Unsubscribe", "One-Click"


def stop_path(shop_id: str, token: str) -> str:
    """`/stop/…`. `token`: 16 hexadecimal digits."""
    link = base64.urlsafe_b64encode(UUID(shop_id).bytes + bytes.fromhex(token))
    return f"/stop/{link.decode()}"


def read_link(link: str) -> tuple[str, str]:
    """The shop's id and the token of a link. Raises `Missing` for what is none."""
    try:
        payload = base64.b64decode(link.encode("ascii"), altchars=b"-_", validate=True)
    except (binascii.Error, UnicodeEncodeError):
        raise Missing(link) from None
    if len(payload) != 16 + TOKEN_BYTES:
        raise Missing(link)
    return str(UUID(bytes=payload[:16])), payload[16:].hex()
