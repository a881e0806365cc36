"""The declared fields of the messaging settings of a shop."""

from collections.abc import Iterable
from typing import Final

from daftari.kernel.fields import Field, by_name
from daftari.kernel.forms import read_choice
from daftari.kernel.languages import LANGUAGES
from daftari.reminders.rules.settings import BEFORE, EARLIEST_HOUR, LATEST_HOUR, Tone, chosen

HOURS: Final = tuple(str(hour) for hour in range(EARLIEST_HOUR, LATEST_HOUR + 1))


def _choice(text: str, choices: Iterable[str]) -> str:
    return read_choice(text, choices, "choice_unknown")


def _read_tone(text: str) -> Tone:
    return Tone(_choice(text, tuple(Tone)))


def _read_language(text: str) -> str:
    return _choice(text, LANGUAGES)


def _read_hour(text: str) -> int:
    return int(_choice(text, HOURS))


def _read_days_before(text: str) -> int:
    return int(_choice(text, [str(days) for days in BEFORE]))


MESSAGING_SETTINGS: Final = by_name(
    Field("tone", _read_tone),
    Field("language", _read_language),
    Field("greets", bool),
    Field("quiet_from", _read_hour),
    Field("quiet_until", _read_hour),
    Field("automatic", chosen),
    Field("days_before", _read_days_before),
    Field("receipts", chosen),
)
