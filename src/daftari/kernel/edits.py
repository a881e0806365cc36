"""Edits of a state that a form shows: what was changed, and what others changed meanwhile.

A form carries the values that it showed. What is typed as it was shown is no change, and leaves
what others wrote; what both changed is asked about. A form whose values cannot be read may be of
any age: it is asked about all that it says differently. A request without them comes from no form
of ours but from a program, and means what it says.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final, Self

import msgspec

from daftari.kernel.forms import Typed
from daftari.kernel.refusal import Conflict, Reason, Refusal

SEEN: Final = "seen"
ASKED: Final = "asked"
TAKE: Final = "take_"
_NOT_SHOWN: Final = object()


class Take(StrEnum):
    """The answer to the question which value of a field is to stand."""

    TYPED = "typed"
    NOW = "now"


@dataclass(frozen=True, slots=True)
class Shown:
    """What a form says of the state it showed: its values, and the fields that it asks about."""

    seen: str
    asked: Collection[str] = ()

    @classmethod
    def of(cls, values: Mapping[str, Any], asked: Collection[str] = ()) -> Self:
        return cls(msgspec.json.encode(values).decode(), asked)

    @classmethod
    def sent(cls, typed: Typed) -> Self:
        """What the form said, to be said again when it is refused for another reason."""
        return cls(typed.get(SEEN, ""), typed.get(ASKED, "").split())


class Stale(Conflict):
    """The refusal of an edit of a state that others changed meanwhile.

    `conflicts`: the typed and the present value by field. `touched`: all fields that the edit
    changes; the others are to be shown as they are now.
    """

    def __init__(
        self,
        conflicts: Mapping[str, tuple[Any, Any]],
        touched: Collection[str],
        *,
        is_seen: bool,
    ) -> None:
        of_form = {} if is_seen else {"form": Reason("version_unknown")}
        super().__init__(**of_form, **dict.fromkeys(conflicts, Reason("changed_meanwhile")))
        self.conflicts = conflicts
        self.touched = touched

    def asking(self, text_of: Callable[[str, Any], str]) -> dict[str, Reason]:
        """The reasons, each with both values as the page shows them."""
        return self.reasons | {
            name: Reason(
                "changed_meanwhile", {"typed": text_of(name, typed), "now": text_of(name, now)}
            )
            for name, (typed, now) in self.conflicts.items()
        }


@dataclass(frozen=True, slots=True)
class EditForm:
    """The form of a state of a few texts as a page shows it, with the refusals beside its fields.
    Where others changed the state meanwhile it is as it is now, but for what was changed here.
    """

    typed: Mapping[str, str]
    shown: Shown
    reasons: Mapping[str, Reason]

    @classmethod
    def of(
        cls, values: Mapping[str, str], typed: Typed | None = None, refusal: Refusal | None = None
    ) -> Self:
        if typed is None or refusal is None:
            return cls(values, Shown.of(values), {})
        if isinstance(refusal, Stale):
            kept = {name: typed[name] for name in refusal.touched}
            asked = Shown.of(values, refusal.conflicts)
            return cls({**values, **kept}, asked, refusal.asking(lambda _, value: value))
        return cls(
            {name: typed.get(name, "") for name in values}, Shown.sent(typed), refusal.reasons
        )


@dataclass(frozen=True, slots=True)
class Seen:
    """What somebody had seen when he changed a state.

    `values` is None where they cannot be read. `asked`: the fields that the form asked about;
    `taken`: the answers. `is_sure`: no form; what is given is to stand, whatever stands now.
    """

    values: Mapping[str, Any] | None
    asked: Collection[str] = ()
    taken: Mapping[str, str] = field(default_factory=dict)
    is_sure: bool = False

    @classmethod
    def sent(cls, typed: Typed) -> Self:
        """What a submitted form had shown."""
        if SEEN not in typed:
            return cls({}, is_sure=True)
        asked = typed.get(ASKED, "").split()
        taken = {name: typed.get(TAKE + name, "") for name in asked}
        return cls(_read_seen(typed[SEEN]), asked, taken)

    def changes(self, typed: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
        """Those of the typed values that are to be stored, of a state as it is `now`.

        Raises `Stale`.
        """
        touched = {name: value for name, value in typed.items() if self._touches(name, value, now)}
        conflicts = {
            name: (value, now[name])
            for name, value in touched.items()
            if self._is_conflict(name, now[name])
        }
        if conflicts:
            raise Stale(conflicts, touched, is_seen=self.values is not None)
        return touched

    def _touches(self, name: str, value: Any, now: Mapping[str, Any]) -> bool:
        as_typed = _plain(value)
        is_left = as_typed == self._shown(name) or self.taken.get(name) == Take.NOW
        return not is_left and as_typed != _plain(now[name])

    def _is_conflict(self, name: str, now: Any) -> bool:
        if self.is_sure:
            return False
        if name in self.asked and self.taken.get(name) != Take.TYPED:
            return True
        return _plain(now) != self._shown(name)

    def _shown(self, name: str) -> object:
        return _NOT_SHOWN if self.values is None else self.values.get(name, _NOT_SHOWN)


SURE: Final = Seen({}, is_sure=True)


def _read_seen(text: str) -> Mapping[str, Any] | None:
    try:
        seen = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError, UnicodeError):
        return None
    return seen if isinstance(seen, dict) else None


def _plain(value: Any) -> object:
    """A value as it comes back from a form."""
    return msgspec.json.decode(msgspec.json.encode(value))
