"""The geometry of a small bar chart, in the direction in which its reader reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

WIDTH: Final = 256
HEIGHT: Final = 96
_TOP: Final = 4
_LABELS: Final = 20
_WIDEST: Final = 28


class Bar(NamedTuple):
    """A bar of the chart; `look`: the name of its colour."""

    x: int
    y: int
    width: int
    height: int
    look: str


class ChartLabel(NamedTuple):
    """A label below the group of bars whose middle it has."""

    x: int
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A bar chart, `WIDTH` by `HEIGHT`. `says`: its numbers in a sentence, for who sees none."""

    bars: tuple[Bar, ...]
    labels: tuple[ChartLabel, ...]
    base: int
    says: str


def chart_of(
    groups: Sequence[tuple[str, Sequence[tuple[str, int]]]], says: str, *, is_rtl: bool
) -> Chart:
    """The chart of groups of bars. A group: its label, and (look, value) of each bar. Not to be
    called with no group.
    """
    highest = max((value for _, bars in groups for _, value in bars), default=0)
    cell, base = WIDTH / len(groups), HEIGHT - _LABELS
    bars, labels = [], []
    for place, (label, values) in enumerate(groups):
        at = len(groups) - 1 - place if is_rtl else place
        middle = (at + 0.5) * cell
        width = min(_WIDEST, cell * 0.8 / len(values))
        labels.append(ChartLabel(round(middle), label))
        for number, (look, value) in enumerate(values):
            order = len(values) - 1 - number if is_rtl else number
            x = middle + (order - len(values) / 2) * width
            height = _height(value, highest, base - _TOP)
            bars.append(Bar(round(x + 1), base - height, max(round(width - 2), 2), height, look))
    return Chart(tuple(bars), tuple(labels), base, says)


def _height(value: int, highest: int, most: int) -> int:
    """In proportion; what is more than nothing can be seen."""
    return max(value * most // highest, 1) if value else 0
