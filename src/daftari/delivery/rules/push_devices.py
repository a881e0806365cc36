"""A push subscription: the endpoint the browser gave, and the hosts an endpoint may have.

A signed-in user can send any URL here, so requests go only to known push services: https, a host of
the list, no user name, no other port, and at the moment of sending only to an address of the public
internet. The operator may add hosts, private ones too.
"""

from base64 import urlsafe_b64decode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any, Final
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5

from daftari.kernel.refusal import Refusal

MOST_PHONES: Final = 10
LONGEST_ENDPOINT: Final = 2048
WORDINGS: Final = ("discreet", "full")
KNOWN_HOSTS: Final = (
    "fcm.googleapis.com",
    ".push.services.mozilla.com",
    ".push.apple.com",
    ".notify.windows.com",
)
_UNICAST: Final = IPv6Network("2000::/3")
_POINT_BYTES: Final = 65
_AUTH_BYTES: Final = 16


@dataclass(frozen=True, slots=True)
class Subscription:
    """The push subscription of a browser (Push API, PushSubscription.toJSON): `p256dh` and `auth`
    are base64url without padding.
    """

    endpoint: str
    p256dh: str
    auth: str

    @property
    def id(self) -> str:
        """The id, derived from the endpoint: the same endpoint is the same device."""
        return str(uuid5(NAMESPACE_URL, self.endpoint))


def read_subscription(sent: Mapping[str, Any], extra_hosts: Sequence[str]) -> Subscription:
    """The subscription from JSON. Raises Refusal(endpoint=…): subscription_not_understood,
    push_service_unknown.
    """
    keys = sent.get("keys")
    if not isinstance(keys, dict):
        raise Refusal(endpoint="subscription_not_understood")
    texts = [sent.get("endpoint"), keys.get("p256dh"), keys.get("auth")]
    endpoint, p256dh, auth = [text if isinstance(text, str) else "" for text in texts]
    point = _bytes_of(p256dh)
    if len(point) != _POINT_BYTES or point[0] != 4 or len(_bytes_of(auth)) != _AUTH_BYTES:
        raise Refusal(endpoint="subscription_not_understood")
    if not is_push_service(endpoint, extra_hosts):
        raise Refusal(endpoint="push_service_unknown")
    return Subscription(endpoint, p256dh.rstrip("="), auth.rstrip("="))


def is_push_service(endpoint: str, extra_hosts: Sequence[str]) -> bool:
    """Whether the endpoint belongs to a known push service or to a host the operator added."""
    if len(endpoint) > LONGEST_ENDPOINT or not endpoint.isascii() or not endpoint.isprintable():
        return False
    if any(sign in endpoint for sign in "\\@ #"):
        return False
    if named_place(endpoint, extra_hosts):
        return True
    try:
        parts = urlsplit(endpoint)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    return parts.scheme == "https" and port in (None, 443) and _is_of(host, KNOWN_HOSTS)


def named_place(endpoint: str, extra_hosts: Sequence[str]) -> bool:
    """Whether the operator added this host: such a host may have a private address.

    `push.example.com`, `.example.com` with all its subdomains, both https at any port;
    `http://localhost:8030` is exactly that scheme, host and port.
    """
    try:
        parts = urlsplit(endpoint)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return False
    if f"{parts.scheme}://{parts.netloc}" in extra_hosts:
        return True
    return parts.scheme == "https" and _is_of(host, [h for h in extra_hosts if "://" not in h])


def _is_of(host: str, allowed: Sequence[str]) -> bool:
    """Whether a host is in the list. `.example.com` allows its subdomains, but not
    `evilexample.com`.
    """
    host = host.lower()
    return any(host.endswith(one) if one.startswith(".") else host == one for one in allowed)


def is_public(address: str) -> bool:
    """Whether the address is a public one and embeds no other address."""
    try:
        found: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, IPv6Address) and (
        found not in _UNICAST or found.sixtofour or found.teredo
    ):
        return False
    return found.is_global and not found.is_multicast


def _bytes_of(text: str) -> bytes:
    if len(text) > 200 or not text.isascii():
        return b""
    try:
        return urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        return b""
