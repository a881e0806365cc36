"""Web push: a message encrypted for one device (RFC 8291), signed with the key of this installation
(RFC 8292), and stored by the push service (RFC 8030) until the device fetches it.

Push is safe to retry: an undelivered message is replaced by a newer one of the same topic, and a
delivered one carries a tag by which the device replaces it silently.
"""

import asyncio
import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any, Final
from urllib.parse import urlsplit

import httpx
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

from daftari.delivery.jobs.egress import PrivateAddress, PublicOnlyConnector
from daftari.delivery.jobs.provider_request import (
    ProviderResponse,
    Unanswered,
    Unsent,
    ask,
    new_client,
    refused,
)
from daftari.delivery.rules import Outgoing
from daftari.delivery.rules.outcomes import Outcome, accepted, failed, in_doubt, passing
from daftari.delivery.rules.push_devices import Subscription, is_push_service, named_place

TOKEN_HOLDS: Final = timedelta(hours=12)
LONGEST_KEPT: Final = timedelta(days=3)
_DOUBT: Final = in_doubt(is_idempotent=True)
_GONE: Final = (404, 410)


class Push:
    """The push transport."""

    def __init__(
        self, key: EllipticCurvePrivateKey, origin: str, extra_hosts: Sequence[str]
    ) -> None:
        self._key, self._extra_hosts = key, extra_hosts
        # RFC 8292 wants a contact of the operator: a page, or else an e-mail address.
        self._contact = origin if origin.startswith("https:") else "mailto:daftari@localhost"
        self._client = new_client(PublicOnlyConnector(self._may_be_anywhere))
        self._tokens: dict[str, tuple[Mapping[str, str], datetime]] = {}
        self._library: Any = None

    async def send(
        self, phone: Subscription, message: Outgoing, payload: bytes, at: datetime
    ) -> Outcome:
        """Send the encrypted payload to the push service of the device.

        No request is sent to an endpoint that belongs to no known push service.
        """
        if not is_push_service(phone.endpoint, self._extra_hosts):
            return failed("push_service_unknown", is_gone=True)
        try:
            content = await self._sealed(phone, payload)
        except ValueError:
            return failed("subscription_not_understood", is_gone=True)
        headers = {**self._token(phone.endpoint, at), **_handling(message, at)}
        try:
            answer = await ask(self._client, phone.endpoint, content=content, headers=headers)
        except PrivateAddress:
            return failed("push_points_inside", is_gone=True)
        except Unsent:
            return passing("provider_unreachable")
        except Unanswered:
            return _DOUBT("provider_silent", None)
        return _read(answer)

    async def close(self) -> None:
        await self._client.aclose()

    async def _sealed(self, phone: Subscription, payload: bytes) -> bytes:
        """The payload encrypted as aes128gcm. The library is imported late: that takes about a
        second.
        """
        if self._library is None:
            self._library = await asyncio.to_thread(import_module, "pywebpush")
        keys = {"p256dh": phone.p256dh, "auth": phone.auth}
        pusher = self._library.WebPusher({"endpoint": phone.endpoint, "keys": keys})
        sealed: bytes = pusher.encode(payload, content_encoding="aes128gcm")["body"]
        return sealed

    def _token(self, endpoint: str, at: datetime) -> Mapping[str, str]:
        """The Authorization header for this push service, renewed every few hours."""
        parts = urlsplit(endpoint)
        audience = f"{parts.scheme}://{parts.netloc}"
        token, until = self._tokens.get(audience, ({}, at))
        if not token or not at < until <= at + TOKEN_HOLDS:
            until = at + TOKEN_HOLDS
            claims = {"aud": audience, "exp": int(until.timestamp()), "sub": self._contact}
            token = import_module("py_vapid").Vapid02(self._key).sign(claims)
            self._tokens[audience] = token, until - TOKEN_HOLDS / 2
        return token

    def _may_be_anywhere(self, url: str) -> bool:
        return named_place(url, self._extra_hosts)


def _handling(message: Outgoing, at: datetime) -> Mapping[str, str]:
    """The HTTP headers of a message: TTL, Urgency, Topic, encoding."""
    kept = min(message.expires_at - at, LONGEST_KEPT) if message.expires_at else LONGEST_KEPT
    topic = urlsafe_b64encode(hashlib.sha256(message.id.encode()).digest()[:24]).decode()
    return {
        "TTL": str(max(0, int(kept.total_seconds()))),
        "Urgency": "normal" if message.purpose == "digest" else "high",
        "Topic": topic,
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
    }


def _read(answer: ProviderResponse) -> Outcome:
    if answer.status in _GONE:
        return failed("phone_gone", str(answer.status), is_gone=True)
    return refused(answer, _DOUBT) or accepted(_message_id(answer))


def _message_id(answer: ProviderResponse) -> str | None:
    """The service's id of the message: the last part of the Location header."""
    try:
        place = httpx.URL(answer.headers.get("location", "")).path
    except httpx.InvalidURL:
        return None
    return place.rpartition("/")[2][:200] or None
