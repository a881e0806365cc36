"""The ways out of the house, each made when the first message takes it.

What they are built on takes tens of megabytes, and most shops send nothing for most of the day.
"""

from typing import TYPE_CHECKING, Protocol

from daftari.accounts.rules import Shop
from daftari.db.house import House
from daftari.delivery.rules import Channel, Outgoing
from daftari.delivery.rules.outcomes import Outcome
from daftari.delivery.rules.vapid import vapid_key
from daftari.settings import Settings, SmsProvider

if TYPE_CHECKING:
    from daftari.delivery.jobs.push import Push


class Letters(Protocol):
    """A way for texts to customers."""

    async def send(self, shop: Shop, message: Outgoing) -> Outcome: ...

    async def close(self) -> None: ...


class Ways:
    """Which ways the operator opened, and the ways themselves. `close` them at the end."""

    def __init__(self, house: House, settings: Settings) -> None:
        self._house, self._settings = house, settings
        self._letters: dict[Channel, Letters] = {}
        self._push: Push | None = None

    @property
    def open(self) -> frozenset[Channel]:
        has_sms, has_mail = self._settings.sms_provider is not None, bool(self._settings.smtp_url)
        chosen = {Channel.PUSH: True, Channel.SMS: has_sms, Channel.EMAIL: has_mail}
        return frozenset(channel for channel, is_open in chosen.items() if is_open)

    @property
    def repeatable(self) -> frozenset[Channel]:
        """Those that know a message again, so that it may be sent once more after a crash."""
        is_webhook = self._settings.sms_provider is SmsProvider.WEBHOOK
        return frozenset({Channel.PUSH, Channel.SMS} if is_webhook else {Channel.PUSH})

    def push(self) -> "Push":
        if self._push is None:
            from daftari.delivery.jobs.push import Push

            key, origin = vapid_key(self._house.derived), self._settings.origin
            self._push = Push(key, origin, self._settings.push_hosts)
        return self._push

    def letters(self, channel: Channel) -> Letters:
        """For a channel that is open."""
        if channel not in self._letters:
            self._letters[channel] = self._made(channel)
        return self._letters[channel]

    async def close(self) -> None:
        if self._push:
            await self._push.close()
        for way in self._letters.values():
            await way.close()

    def _made(self, channel: Channel) -> Letters:
        if channel is Channel.EMAIL:
            from daftari.delivery.jobs.mail import Mail

            return Mail(self._settings)
        from daftari.delivery.jobs.sms import Sms, provider_of

        return Sms(provider_of(self._settings))
