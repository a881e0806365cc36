"""Time: UTC moments in the program, local dates and hours in the shop's time zone."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


class Clock:
    """The source of the current time; a test passes a fixed clock."""

    def now(self) -> datetime:
        """The current time as an aware datetime in UTC."""
        return datetime.now(UTC)


def civil_date(at: datetime, zone_name: str) -> date:
    """The local date in a time zone at a moment. `zone_name` is an IANA name."""
    return at.astimezone(ZoneInfo(zone_name)).date()


def business_day(at: datetime, zone_name: str, ends: int) -> date:
    """The business day of a moment: until the hour `ends` of the night it is the day before."""
    there = at.astimezone(ZoneInfo(zone_name))
    return there.date() - timedelta(days=there.hour < ends)


def moment_of(day: date, hour: time, zone_name: str) -> datetime:
    """The moment in UTC of a local date and time in a time zone.

    A local time that a clock change skips uses the offset before the change; of one that occurs
    twice, the first is used (RFC 5545, 3.3.5).
    """
    return datetime.combine(day, hour, ZoneInfo(zone_name)).astimezone(UTC)


def as_text(at: datetime) -> str:
    """The moment as text, `2026-11-23T09:00:00.000Z`: UTC with milliseconds, sortable as text."""
    if at.tzinfo is None:
        raise ValueError("a moment without a time zone")
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"


def from_text(text: str) -> datetime:
    """Parse an ISO 8601 text with an offset. Raises ValueError for anything else."""
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError("a moment without a time zone")
    return at.astimezone(UTC)
