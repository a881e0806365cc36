"""Transports of the channels, each created at its first message.

Their libraries take tens of megabytes, and most shops send nothing for most of the day.
"""

from typing import TYPE_CHECKING, Protocol

from daftari.db.databases import Databases
from daftari.delivery.rules import Channel, Outgoing
from daftari.delivery.rules.outcomes import Outcome
from daftari.delivery.rules.vapid import vapid_key
from daftari.identity.rules import Shop
from daftari.settings import Settings, SmsProvider

if TYPE_CHECKING:
    from daftari.delivery.jobs.push import Push


class TextTransport(Protocol):
    """A transport for texts to customers."""

    async def send(self, shop: Shop, message: Outgoing) -> Outcome: ...

    async def close(self) -> None: ...


class Transports:
    """The open channels and their transports. Call `close` at the end."""

    def __init__(self, databases: Databases, settings: Settings) -> None:
        self._databases, self._settings = databases, settings
        self._text_transports: dict[Channel, TextTransport] = {}
        self._push: Push | None = None

    @property
    def open(self) -> frozenset[Channel]:
        has_sms, has_mail = self._settings.sms_provider is not None, bool(self._settings.smtp_url)
        chosen = {Channel.PUSH: True, Channel.SMS: has_sms, Channel.EMAIL: has_mail}
        return frozenset(channel for channel, is_open in chosen.items() if is_open)

    @property
    def repeatable(self) -> frozenset[Channel]:
        """The channels that are safe to retry: the receiver recognises a message sent twice."""
        is_webhook = self._settings.sms_provider is SmsProvider.WEBHOOK
        return frozenset({Channel.PUSH, Channel.SMS} if is_webhook else {Channel.PUSH})

    def push(self) -> "Push":
        if self._push is None:
            from daftari.delivery.jobs.push import Push

            key, origin = vapid_key(self._databases.derived), self._settings.origin
            self._push = Push(key, origin, self._settings.push_hosts)
        return self._push

    def text_transport(self, channel: Channel) -> TextTransport:
        """The transport of a channel that is open."""
        if channel not in self._text_transports:
            self._text_transports[channel] = self._open_transport(channel)
        return self._text_transports[channel]

    async def close(self) -> None:
        if self._push:
            await self._push.close()
        for way in self._text_transports.values():
            await way.close()

    def _open_transport(self, channel: Channel) -> TextTransport:
        if channel is Channel.EMAIL:
            from daftari.delivery.jobs.mail import Mail

            return Mail(self._settings)
        from daftari.delivery.jobs.sms import Sms, provider_of

        return Sms(provider_of(self._settings))
