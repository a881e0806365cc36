"""Text messages to the people of Daftari themselves: codes, sent at once and not by the outbox.

A code is worthless minutes later, and belongs to no shop.
"""

from typing import TYPE_CHECKING

from daftari.delivery.rules import State
from daftari.settings import Settings

if TYPE_CHECKING:
    from daftari.delivery.jobs.sms import Sms


class CodeSender:
    """The sender of codes. Its libraries are loaded at the first one. Call `close` at the end."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._sms: Sms | None = None

    @property
    def is_open(self) -> bool:
        """Whether the operator has set up a provider of text messages."""
        return self._settings.sms_provider is not None

    async def send(self, phone: str, text: str) -> bool:
        """Send a text to an E.164 number. Returns whether it was accepted, or may have been."""
        if self._sms is None:
            from daftari.delivery.jobs.sms import Sms, provider_of

            self._sms = Sms(provider_of(self._settings))
        outcome = await self._sms.send_text(phone, text)
        return outcome.state in (State.ACCEPTED, State.UNKNOWN)

    async def close(self) -> None:
        if self._sms is not None:
            await self._sms.close()
