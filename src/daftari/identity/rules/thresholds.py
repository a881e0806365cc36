"""The thresholds from which odd things make an alert, as a shop has chosen them."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The chosen thresholds; None for the usual one, 0 for never.

    `many_reversals`: reversals by one person within an hour; `large_at_night_minor`: the amount of
    an entry at night; `night_from`, `night_until`: hours of the shop's clock, the second excluded;
    `many_accounts`: accounts that one person opens or searches for within an hour; `on_export`,
    `on_new_phone`: 1 or 0.
    """

    many_reversals: int | None = None
    large_at_night_minor: int | None = None
    night_from: int | None = None
    night_until: int | None = None
    many_accounts: int | None = None
    on_export: int | None = None
    on_new_phone: int | None = None


USUAL: Final = Thresholds()
