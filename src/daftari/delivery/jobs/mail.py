"""E-mail over SMTP (RFC 5321). A lost reply after the text was sent leaves the outcome
`unknown`.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from email.utils import format_datetime
from typing import Final
from urllib.parse import unquote, urlsplit

import aiosmtplib

from daftari.delivery.rules import Outgoing
from daftari.delivery.rules.outcomes import (
    ATTEMPT_SECONDS,
    LONGEST_SAID,
    Outcome,
    accepted,
    failed,
    passing,
    unknown,
)
from daftari.identity.rules import Shop
from daftari.settings import Settings

_AT_HOME: Final = ("localhost", "127.0.0.1", "::1")
_PORTS: Final = {"smtp": 587, "smtps": 465}


class Mail:
    """The e-mail transport. TLS is required, except for a server on this machine."""

    def __init__(self, settings: Settings) -> None:
        parts = urlsplit(settings.smtp_url)
        self._host = parts.hostname or ""
        self._port = parts.port or _PORTS[parts.scheme]
        self._is_tls = parts.scheme == "smtps"
        self._user, self._password = unquote(parts.username or ""), unquote(parts.password or "")
        self._from = settings.mail_from or f"daftari@{settings.rp_id}"

    async def send(self, shop: Shop, message: Outgoing) -> Outcome:
        try:
            email = letter_of(shop, message, self._from)
        except ValueError:
            return failed("address_refused")
        dialogue = _Dialogue()
        try:
            async with asyncio.timeout(ATTEMPT_SECONDS), self._connected() as server:
                await self._transmit(server, message.to, email, dialogue)
        except aiosmtplib.SMTPResponseException as error:
            return dialogue.outcome or _answered(error)
        except (aiosmtplib.SMTPException, OSError, TimeoutError):
            if dialogue.outcome:
                return dialogue.outcome
            return unknown("provider_silent") if dialogue.is_under_way else _unreachable()
        return dialogue.outcome or _unreachable()

    async def close(self) -> None:
        """Nothing to close: every message has a connection of its own."""

    async def _transmit(
        self, server: aiosmtplib.SMTP, to: str, email: bytes, dialogue: "_Dialogue"
    ) -> None:
        await server.mail(self._from)
        await server.rcpt(to)
        dialogue.is_under_way = True
        response = await server.data(email)
        dialogue.outcome = accepted(_id_of(response.message))

    @asynccontextmanager
    async def _connected(self) -> AsyncIterator[aiosmtplib.SMTP]:
        may_be_clear = self._is_tls or self._host in _AT_HOME
        server = aiosmtplib.SMTP(
            hostname=self._host,
            port=self._port,
            use_tls=self._is_tls,
            start_tls=None if may_be_clear else True,
            username=self._user or None,
            password=self._password or None,
            timeout=7,
        )
        try:
            await server.connect()
            yield server
        finally:
            server.close()


class _Dialogue:
    """One SMTP dialogue. `is_under_way`: the server may have received the text."""

    is_under_way = False
    outcome: Outcome | None = None


def letter_of(shop: Shop, message: Outgoing, sender: str) -> bytes:
    """The e-mail in the format of SMTP. Raises ValueError for an invalid address."""
    if not message.to or not message.to.isascii():
        raise ValueError
    name = " ".join(shop.name.split())
    email = EmailMessage(policy=SMTP_POLICY)
    email["From"] = Address(name, addr_spec=sender)
    email["To"] = Address(addr_spec=message.to)
    email["Subject"] = " ".join(message.subject.split())
    email["Date"] = format_datetime(message.created_at)
    email["Message-ID"] = f"<{message.id}@{sender.rpartition('@')[2]}>"
    if stop := message.details.get("stop_url"):
        email["List-Unsubscribe"] = f"<{stop}>"
        email["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    email.set_content(message.text)
    return email.as_bytes()


def _answered(error: aiosmtplib.SMTPResponseException) -> Outcome:
    said = f"{error.code} {error.message}"[:LONGEST_SAID]
    if isinstance(error, aiosmtplib.SMTPAuthenticationError):
        return passing("provider_knows_us_not", said)
    return passing("provider_busy", said) if error.code < 500 else failed("provider_refused", said)


def _unreachable() -> Outcome:
    return passing("provider_unreachable")


def _id_of(words: str) -> str | None:
    """The server's id of the message, from the end of a reply like «250 … queued as
    4F9D195432C».
    """
    return words.rpartition(" ")[2][:LONGEST_SAID] or None
