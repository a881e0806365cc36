"""The form of the messaging settings."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Self

from daftari.kernel.forms import Readings, Typed, read_choice
from daftari.kernel.languages import LANGUAGES
from daftari.reminders.rules.commands import ChangeMessagingSettings
from daftari.reminders.rules.settings import (
    BEFORE,
    BY_ITSELF,
    EARLIEST_HOUR,
    LATEST_HOUR,
    MessagingSettings,
    Tone,
    chosen,
    refuse_hours,
)

HOURS = tuple(str(hour) for hour in range(EARLIEST_HOUR, LATEST_HOUR + 1))


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


def read_messaging_settings(form: MessagingSettingsForm) -> ChangeMessagingSettings:
    """The command of the form. Raises Refusal: choice_unknown, quiet_hours_not_right."""
    readings = Readings()

    def choice(field: str, choices: Collection[str], instead: str) -> str:
        text = getattr(form, field)
        return readings.read(field, lambda: read_choice(text, choices, "choice_unknown"), instead)

    read = ChangeMessagingSettings(
        tone=Tone(choice("tone", tuple(Tone), Tone.GENTLE)),
        language=choice("language", LANGUAGES, LANGUAGES[0]),
        greets=form.greets,
        quiet_from=int(choice("quiet_from", HOURS, str(LATEST_HOUR))),
        quiet_until=int(choice("quiet_until", HOURS, str(EARLIEST_HOUR))),
        automatic=chosen(form.automatic),
        days_before=int(choice("days_before", [str(days) for days in BEFORE], "0")),
        receipts=chosen(form.receipts),
    )
    readings.read("quiet_from", lambda: refuse_hours(read.quiet_from, read.quiet_until), None)
    readings.settle()
    return read
