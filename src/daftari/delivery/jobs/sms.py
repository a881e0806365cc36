"""SMS over one of three provider APIs.

Each API reports acceptance and the message id in its own format. Only the webhook deduplicates by
`Idempotency-Key`; with the other two an unclear response makes the outcome `unknown`.
"""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Final, Protocol

import httpx

from daftari.delivery.jobs.provider_request import (
    ProviderResponse,
    Unanswered,
    Unsent,
    ask,
    new_client,
    refused,
)
from daftari.delivery.rules import Outgoing
from daftari.delivery.rules.outcomes import (
    LONGEST_SAID,
    Outcome,
    accepted,
    failed,
    in_doubt,
    passing,
)
from daftari.identity.rules import Shop
from daftari.kernel.ids import new_id
from daftari.settings import Settings, SmsProvider

_LARGEST_COST: Final = 2**63 - 1  # the largest integer of SQLite
_LOST: Final = ("failed", "undelivered", "rejected", "canceled")
TWILIO: Final = "https://api.twilio.com"
UNIFONIC: Final = "https://el.cloud.unifonic.com/rest/SMS/messages"


class Provider(Protocol):
    """A provider API. `is_idempotent`: a message sent twice is accepted only once."""

    is_idempotent: bool

    def request(self, message_id: str, to: str, text: str) -> tuple[str, Mapping[str, Any]]:
        """The URL and the arguments of the POST request."""

    def read(self, payload: Mapping[str, Any]) -> Outcome | None:
        """The outcome from the JSON of a 2xx response; None when it is not understood."""


class Sms:
    """The SMS transport."""

    def __init__(self, provider: Provider) -> None:
        self._provider = provider
        self._doubt = in_doubt(provider.is_idempotent)
        self._client = new_client()

    async def send(self, shop: Shop, message: Outgoing) -> Outcome:
        return await self._send(message.id, message.to, message.text)

    async def send_text(self, to: str, text: str) -> Outcome:
        """Send a text that is in no outbox, to an E.164 number."""
        return await self._send(new_id(), to, text)

    async def _send(self, message_id: str, to: str, text: str) -> Outcome:
        url, request = self._provider.request(message_id, to, text)
        try:
            answer = await ask(self._client, url, **request)
        except Unsent:
            return passing("provider_unreachable")
        except Unanswered:
            return self._doubt("provider_silent", None)
        return refused(answer, self._doubt) or self._read(answer)

    async def close(self) -> None:
        await self._client.aclose()

    def _read(self, answer: ProviderResponse) -> Outcome:
        outcome = self._provider.read(answer.json())
        return outcome or self._doubt("provider_not_understood", str(answer.status))


def provider_of(settings: Settings) -> Provider:
    """The provider API from the operator's settings."""
    match settings.sms_provider:
        case SmsProvider.TWILIO:
            return Twilio(settings)
        case SmsProvider.UNIFONIC:
            return Unifonic(settings)
    return Webhook(settings)


class Webhook:
    """A program of the operator's own: JSON {id, to, text, sender}, answered by {"id": …}, or by
    {"error": …} when the message is refused for good.
    """

    is_idempotent = True

    def __init__(self, settings: Settings) -> None:
        self._url, self._sender = settings.sms_url, settings.sms_sender
        self._known_by = {"Authorization": f"Bearer {settings.sms_token}"}

    def request(self, message_id: str, to: str, text: str) -> tuple[str, Mapping[str, Any]]:
        content = {"id": message_id, "to": to, "text": text}
        headers = {**self._known_by, "Idempotency-Key": message_id}
        return self._url, {"json": {**content, "sender": self._sender}, "headers": headers}

    def read(self, payload: Mapping[str, Any]) -> Outcome | None:
        if payload.get("error"):
            return _refusal(payload["error"])
        cost = _cost(payload.get("cost"), payload.get("currency"))
        return accepted(str(payload["id"]), *cost) if payload.get("id") else None


class Twilio:
    """The Messages resource of Twilio's API of 2010-04-01, which other providers offer as well."""

    is_idempotent = False

    def __init__(self, settings: Settings) -> None:
        base, account = settings.sms_url or TWILIO, settings.sms_user
        self._url = f"{base.rstrip('/')}/2010-04-01/Accounts/{account}/Messages.json"
        self._auth = httpx.BasicAuth(account, settings.sms_token)
        service = settings.sms_sender.startswith("MG")
        self._sender = {"MessagingServiceSid" if service else "From": settings.sms_sender}

    def request(self, message_id: str, to: str, text: str) -> tuple[str, Mapping[str, Any]]:
        form = {"To": to, "Body": text, **self._sender}
        return self._url, {"data": form, "auth": self._auth}

    def read(self, payload: Mapping[str, Any]) -> Outcome | None:
        if payload.get("error_code") or payload.get("status") in _LOST:
            return _refusal(
                payload.get("error_message") or payload.get("error_code") or payload["status"]
            )
        cost = _cost(payload.get("price"), payload.get("price_unit"))
        return accepted(str(payload["sid"]), *cost) if payload.get("sid") else None


class Unifonic:
    """Unifonic's REST API, which reports errors in responses with status 200 too."""

    is_idempotent = False

    def __init__(self, settings: Settings) -> None:
        self._url = settings.sms_url or UNIFONIC
        self._ours = {"AppSid": settings.sms_token, "SenderID": settings.sms_sender}

    def request(self, message_id: str, to: str, text: str) -> tuple[str, Mapping[str, Any]]:
        form = {
            **self._ours,
            "Recipient": to.removeprefix("+"),
            "Body": text,
            "CorrelationID": message_id,
            "responseType": "JSON",
        }
        return self._url, {"data": form, "headers": {"Accept": "application/json"}}

    def read(self, payload: Mapping[str, Any]) -> Outcome | None:
        if "success" not in payload:
            return None
        data = payload["data"] if isinstance(payload.get("data"), dict) else {}
        is_lost = str(data.get("Status", "")).lower() in _LOST
        if is_lost or str(payload["success"]).lower() != "true":
            return _refusal(
                payload.get("message") or payload.get("errorCode") or data.get("Status")
            )
        cost = _cost(data.get("Cost"), data.get("CurrencyCode"))
        return accepted(str(data["MessageID"]), *cost) if data.get("MessageID") else None


def _refusal(said: object) -> Outcome:
    return failed("provider_refused", str(said)[:LONGEST_SAID])


def _cost(amount: object, currency: object) -> tuple[int | None, str | None]:
    """The cost in millionths of the currency. Twilio reports it as a negative price."""
    try:
        micros = int(abs(Decimal(str(amount))) * 1_000_000)
    except (InvalidOperation, ValueError, OverflowError):
        return None, None
    if micros > _LARGEST_COST:
        return None, None
    return micros, str(currency)[:3] if currency else None
