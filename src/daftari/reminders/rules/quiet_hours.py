"""Quiet hours of a shop, in which no reminder is sent."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from daftari.kernel.clock import moment_of
from daftari.reminders.rules.settings import MessagingSettings


def is_quiet(at: datetime, zone: str, settings: MessagingSettings) -> bool:
    """Whether the moment is within the quiet hours."""
    hour = at.astimezone(ZoneInfo(zone)).hour
    return not settings.quiet_until <= hour < settings.quiet_from


def next_open(at: datetime, zone: str, settings: MessagingSettings) -> datetime:
    """The moment itself, or the end of the quiet hours it is in."""
    if not is_quiet(at, zone, settings):
        return at
    there = at.astimezone(ZoneInfo(zone))
    until = time(settings.quiet_until)
    day = there.date() if there.time() < until else there.date() + timedelta(days=1)
    return moment_of(day, until, zone)
