"""Data subject and retention of each table, as each package declares them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class Claim:
    """The data subject, retention and erasure of one table.

    `about`: the kind of data subject; `by`: the column with the subject's id, '' when there is
    none. `kept`: how long a row is kept, and why.
    At erasure the row is deleted (`leaves`), or the columns of `erase` get the values given there.
    """

    about: Literal["customer", "person", "shop", "nobody"]
    by: str
    kept: str
    leaves: bool = False
    erase: Mapping[str, str | None] = field(default_factory=dict)
