"""The form of the messaging settings."""

from dataclasses import dataclass
from typing import Self

from daftari.kernel.edits import SURE, Seen
from daftari.kernel.forms import Readings, Typed
from daftari.reminders.rules.commands import ChangeMessagingSettings
from daftari.reminders.rules.fields import MESSAGING_SETTINGS
from daftari.reminders.rules.settings import (
    BY_ITSELF,
    MessagingSettings,
    refuse_hours,
)


@dataclass(frozen=True, slots=True)
class MessagingSettingsForm:
    """The messaging settings as submitted. `automatic`, `receipts`: the selected channels."""

    tone: str
    language: str
    greets: bool
    quiet_from: str
    quiet_until: str
    automatic: frozenset[str]
    days_before: str
    receipts: frozenset[str]

    @classmethod
    def typed(cls, typed: Typed) -> Self:
        def marked(name: str) -> frozenset[str]:
            return frozenset(one.value for one in BY_ITSELF if typed.get(f"{name}_{one}"))

        return cls(
            tone=typed.get("tone", ""),
            language=typed.get("language", ""),
            greets="greets" in typed,
            quiet_from=typed.get("quiet_from", ""),
            quiet_until=typed.get("quiet_until", ""),
            automatic=marked("automatic"),
            days_before=typed.get("days_before", "0"),
            receipts=marked("receipts"),
        )

    @classmethod
    def of(cls, settings: MessagingSettings) -> Self:
        return cls(
            tone=settings.tone,
            language=settings.language,
            greets=settings.greets,
            quiet_from=str(settings.quiet_from),
            quiet_until=str(settings.quiet_until),
            automatic=frozenset(settings.automatic),
            days_before=str(settings.days_before),
            receipts=frozenset(settings.receipts),
        )


def read_messaging_settings(
    form: MessagingSettingsForm, seen: Seen = SURE
) -> ChangeMessagingSettings:
    """The command of the form. Raises Refusal: choice_unknown, quiet_hours_not_right."""
    readings = Readings(MESSAGING_SETTINGS)
    usual = MessagingSettings()
    values = {
        name: readings.field(name, getattr(form, name), getattr(usual, name))
        for name in MESSAGING_SETTINGS
    }
    read = ChangeMessagingSettings(**values, seen=seen)
    readings.read("quiet_from", lambda: refuse_hours(read.quiet_from, read.quiet_until), None)
    readings.settle()
    return read
