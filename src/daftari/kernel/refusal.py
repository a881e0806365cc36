"""Refusals: exceptions for invalid input, with named reasons; the catalogue holds their texts."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Reason:
    """The reason of a refusal: a stable name, and the parameters of its sentence."""

    name: str
    params: Mapping[str, object] = field(default_factory=dict)


class Refusal(Exception):
    """The refusal of a request, with one reason per field; the field `form` is the whole form.

    A field whose name is a word of Python is given with an underscore at its end.
    """

    def __init__(self, **by_field: str | Reason) -> None:
        self.reasons: dict[str, Reason] = {
            name.rstrip("_"): reason if isinstance(reason, Reason) else Reason(reason)
            for name, reason in by_field.items()
        }
        super().__init__(", ".join(f"{name}: {r.name}" for name, r in self.reasons.items()))


class Conflict(Refusal):
    """The refusal of an id that was sent before with other content; the first content stays."""


class Missing(LookupError):
    """The object does not exist, or the caller may not see it: the two look the same."""
