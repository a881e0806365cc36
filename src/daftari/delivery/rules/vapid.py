"""The VAPID key (RFC 8292) that identifies this installation to push services.

It is derived from the master key, so it exists from the first start and is the same after a backup
is restored: existing push subscriptions work only with this key.
"""

from base64 import urlsafe_b64encode
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

_ORDER: Final = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def vapid_key(derived: Callable[[str], bytes]) -> "EllipticCurvePrivateKey":
    """The private key. `derived`: 256 bits for a purpose. Two of them are reduced to one key, so
    that the result has no bias.
    """
    from cryptography.hazmat.primitives.asymmetric import ec

    seed = derived("vapid") + derived("vapid, second half")
    return ec.derive_private_key(int.from_bytes(seed) % (_ORDER - 1) + 1, ec.SECP256R1())


def public_half(key: "EllipticCurvePrivateKey") -> str:
    """The `applicationServerKey` for a browser: the public point in base64url."""
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    point = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return urlsafe_b64encode(point).rstrip(b"=").decode()
