"""Time: UTC inside, the shop's own clock outside."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo


class Clock:
    """Where the moment comes from; a test hands in one that stands still."""

    def now(self) -> datetime:
        """This moment, aware, in UTC."""
        return datetime.now(UTC)


def civil_date(at: datetime, zone_name: str) -> date:
    """The day a shop's wall calendar shows at this moment. `zone_name` is an IANA name."""
    return at.astimezone(ZoneInfo(zone_name)).date()


def moment_of(day: date, hour: time, zone_name: str) -> datetime:
    """The moment, in UTC, at which a shop's wall clock shows this hour of this day.

    An hour that the night of a clock change leaves out is counted on as if the clocks had not been
    changed yet; of one it repeats it is the first (RFC 5545, 3.3.5).
    """
    return datetime.combine(day, hour, ZoneInfo(zone_name)).astimezone(UTC)


def as_text(at: datetime) -> str:
    """`2026-11-23T09:00:00.000Z`: always UTC and milliseconds, so that text sorts like time."""
    if at.tzinfo is None:
        raise ValueError("a moment without a time zone")
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"


def from_text(text: str) -> datetime:
    """The moment of an ISO 8601 text that names its offset; ValueError for anything else."""
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError("a moment without a time zone")
    return at.astimezone(UTC)
