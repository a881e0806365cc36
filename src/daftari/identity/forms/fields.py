"""Parsers of single fields, shared by the forms of all packages."""

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from daftari.kernel.arabic import neutral
from daftari.kernel.digits import to_latin
from daftari.kernel.refusal import Reason, Refusal

T = TypeVar("T")
Typed = Mapping[str, str]
"""The fields of a form as typed; a field that was not sent is missing."""

LONGEST_NAME = 80


class Readings:
    """A collector of field values and refusals, so that one refusal reports all fields."""

    def __init__(self) -> None:
        self._reasons: dict[str, Reason] = {}

    def read(self, field: str, reader: Callable[[], T], instead: T) -> T:
        """The parsed value of a field, or `instead` when it is refused."""
        try:
            return reader()
        except Refusal as refusal:
            self._reasons[field] = next(iter(refusal.reasons.values()))
            return instead

    def settle(self) -> None:
        """Raise one Refusal with the reasons of all refused fields, if there are any."""
        if self._reasons:
            raise Refusal(**self._reasons)


def read_name(text: str, longest: int = LONGEST_NAME) -> str:
    """Parse a name that is safe to show.

    Raises Refusal(name=…): name_missing, name_too_long (`longest`).
    """
    name = neutral(text)
    if not name:
        raise Refusal(name="name_missing")
    if len(name) > longest:
        raise Refusal(name=Reason("name_too_long", {"longest": longest}))
    return name


def read_choice(text: str, choices: Iterable[str], refused: str) -> str:
    """Parse one of `choices`. Raises Refusal(choice=refused)."""
    if text not in choices:
        raise Refusal(choice=refused)
    return text


def read_days(text: str, most: int = 365) -> int | None:
    """Parse a whole number of days from 0 to `most`; None for an empty field.

    Raises Refusal(days='days_not_right') with `most`.
    """
    typed = to_latin(neutral(text))
    if not typed:
        return None
    if not (typed.isascii() and typed.isdigit() and len(typed) <= 4 and int(typed) <= most):
        raise Refusal(days=Reason("days_not_right", {"most": most}))
    return int(typed)
