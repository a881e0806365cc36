"""What the page shows: who, about whom, of which kind, in which days, and from where on."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Self

from daftari.audit.rules.kinds import ActivityKind
from daftari.kernel.ids import is_id

_LONGEST_NUMBER: Final = 16


@dataclass(frozen=True, slots=True)
class ActivityFilter:
    """The filters of the page; None where there is none. `since`, `until`: moments, the second
    excluded.
    """

    person_id: str | None = None
    customer_id: str | None = None
    kind: ActivityKind | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page begins: with entries before a sequence, and records before a time and an id.

    Entries and records are two sequences, each in its own order; a page takes the newest of both.
    """

    sequence: int = 2**53
    at: datetime = datetime(9999, 12, 31, tzinfo=UTC)
    record_id: str = "ffffffff-ffff-ffff-ffff-ffffffffffff"

    @classmethod
    def parse(cls, text: str) -> Self:
        """The cursor of an address; the beginning for any other text."""
        sequence, _, rest = text.partition("-")
        milliseconds, _, record_id = rest.partition("-")
        if not (_is_number(sequence) and _is_number(milliseconds) and is_id(record_id)):
            return cls()
        try:
            at = datetime.fromtimestamp(int(milliseconds) / 1000, UTC)
        except (ValueError, OverflowError, OSError):
            return cls()
        return cls(int(sequence), at, record_id)

    def __str__(self) -> str:
        return f"{self.sequence}-{round(self.at.timestamp() * 1000)}-{self.record_id}"


START: Final = Cursor()


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER
