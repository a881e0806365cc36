"""The declared fields of the settings of a shop that are always editable."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from daftari.kernel.arabic import neutral
from daftari.kernel.digits import to_latin
from daftari.kernel.fields import Field, by_name
from daftari.kernel.forms import LONGEST_NAME, read_choice, read_days, read_name
from daftari.kernel.money import NOTATIONS
from daftari.kernel.refusal import Refusal

WEEK: Final = range(7)
HIJRI_SHIFTS: Final = ("-1", "0", "1")
DAY_ENDS: Final = tuple(str(hour) for hour in range(7))


def _choice(*choices: str) -> partial[str]:
    return partial(read_choice, choices=choices, refused="choice_unknown")


def _read_weekend(marked: Sequence[str]) -> tuple[int, ...]:
    """The days marked in the form, Monday is "0"; not all of them."""
    days = [str(day) for day in WEEK]
    if any(day not in days for day in marked) or len(set(marked)) == len(days):
        raise Refusal(weekend="choice_unknown")
    return tuple(sorted({int(day) for day in marked}))


def _read_shift(text: str) -> int:
    return int(read_choice(text, HIJRI_SHIFTS, "choice_unknown"))


def _read_percent(text: str) -> int | None:
    """A whole per cent from 1 to 100; None for an empty field.

    Raises Refusal(percent='percent_not_right').
    """
    typed = to_latin(neutral(text)).removesuffix("%").removesuffix("٪").strip()
    if not typed:
        return None
    if not (typed.isascii() and typed.isdigit() and len(typed) <= 3 and 1 <= int(typed) <= 100):
        raise Refusal(percent="percent_not_right")
    return int(typed)


def _read_day_end(text: str) -> int:
    return int(read_choice(text, DAY_ENDS, "choice_unknown"))


SHOP_SETTINGS: Final = by_name(
    Field("name", read_name, LONGEST_NAME, is_personal=True, is_offline=True),
    Field("digits", _choice("latn", "arab"), is_offline=True),
    Field("notation", _choice(*NOTATIONS), is_offline=True),
    Field("calendar", _choice("gregorian", "hijri"), is_offline=True),
    Field("zone", partial(read_choice, refused="choice_unknown"), is_offline=True),
    Field("weekend", _read_weekend),
    Field("due_days", read_days, 4, is_offline=True),
    Field("hijri_shift", _read_shift, is_offline=True),
    Field("day_ends", _read_day_end, is_offline=True),
    Field("free_discount", _read_percent, 5, is_offline=True),
)
"""`zone` is read with the zones that this shop may choose."""
