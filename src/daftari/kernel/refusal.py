"""Saying no with a reason that has a name; the words live in the catalogue."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something was refused: a stable name, and the values its sentence needs."""

    name: str
    params: Mapping[str, object] = field(default_factory=dict)


class Refusal(Exception):
    """What was asked is refused, with one reason per field; `form` stands for the whole form."""

    def __init__(self, **by_field: str | Reason) -> None:
        self.reasons: dict[str, Reason] = {
            name: reason if isinstance(reason, Reason) else Reason(reason)
            for name, reason in by_field.items()
        }
        super().__init__(", ".join(f"{name}: {r.name}" for name, r in self.reasons.items()))


class Conflict(Refusal):
    """The same id was sent before with other content; the first stands."""


class Missing(LookupError):
    """Not there, or not the asker's: the two are answered alike."""
