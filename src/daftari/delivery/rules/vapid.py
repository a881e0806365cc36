"""The key by which push services know this installation (VAPID, RFC 8292).

It follows from the master key, so that it is there from the first start, is kept where that is
kept, and outlives a restored backup: phones that asked to be told are told by this key or not at
all.
"""

from base64 import urlsafe_b64encode
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

_ORDER: Final = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def vapid_key(derived: Callable[[str], bytes]) -> "EllipticCurvePrivateKey":
    """`derived`: 256 bits for a purpose. Twice as many as the key has, so that none is likelier."""
    from cryptography.hazmat.primitives.asymmetric import ec

    seed = derived("vapid") + derived("vapid, second half")
    return ec.derive_private_key(int.from_bytes(seed) % (_ORDER - 1) + 1, ec.SECP256R1())


def public_half(key: "EllipticCurvePrivateKey") -> str:
    """What a browser is given as `applicationServerKey`: the point, base64url."""
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    point = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return urlsafe_b64encode(point).rstrip(b"=").decode()
