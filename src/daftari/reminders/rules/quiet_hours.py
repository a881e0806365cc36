"""The hours of a shop: when its messages rest, and when they may go again."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from daftari.kernel.clock import moment_of
from daftari.reminders.rules.settings import MessagingSettings


def is_quiet(at: datetime, zone: str, settings: MessagingSettings) -> bool:
    """Whether no reminder may leave at this moment."""
    hour = at.astimezone(ZoneInfo(zone)).hour
    return not settings.quiet_until <= hour < settings.quiet_from


def next_open(at: datetime, zone: str, settings: MessagingSettings) -> datetime:
    """This moment, or the first after it at which reminders may leave."""
    if not is_quiet(at, zone, settings):
        return at
    there = at.astimezone(ZoneInfo(zone))
    until = time(settings.quiet_until)
    day = there.date() if there.time() < until else there.date() + timedelta(days=1)
    return moment_of(day, until, zone)
