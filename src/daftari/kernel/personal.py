"""What a room answers for: whom each of its tables speaks of, and what is left of it afterwards."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class Claim:
    """One table's duty towards the people in it.

    `about`: whose the rows are; `by`: the column that holds that one's id, '' when none does.
    `kept`: how long a row stays, and why.
    At erasure the row `leaves`, or the columns of `erase` take the value named there.
    """

    about: Literal["customer", "person", "shop", "nobody"]
    by: str
    kept: str
    leaves: bool = False
    erase: Mapping[str, str | None] = field(default_factory=dict)
