"""SQL of the messaging settings, a single row."""

from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import select, update

from daftari.customers.rules.consent import ConsentChannel
from daftari.db.base import ReadTx, WriteTx, put
from daftari.reminders.rules.settings import MessagingSettings, Tone
from daftari.reminders.tables import reminder_settings

_ROW = "ways"
_FIND = select(reminder_settings).where(reminder_settings.c.id == _ROW)


def find_settings(tx: ReadTx) -> MessagingSettings:
    """The settings of the shop, or the defaults."""
    row: Any = tx.execute(_FIND).one_or_none()
    if row is None:
        return MessagingSettings()
    return MessagingSettings(
        tone=Tone(row.tone),
        language=row.language,
        greets=row.greets,
        quiet_from=row.quiet_from,
        quiet_until=row.quiet_until,
        automatic=_channels(row.automatic),
        days_before=row.days_before,
        receipts=_channels(row.receipts),
        receipts_after=row.receipts_after,
        planned_on=row.planned_on,
        digest_on=row.digest_on,
    )


def put_settings(tx: WriteTx, settings: MessagingSettings) -> None:
    """Store all settings."""
    row = asdict(settings)
    row |= {name: " ".join(row[name]) for name in ("automatic", "receipts")}
    tx.execute(put(reminder_settings, *row).values(id=_ROW, **row))


def update_progress(tx: WriteTx, settings: MessagingSettings, **moved: date | int) -> None:
    """Update the progress of the daily plan, by the field names of `MessagingSettings`."""
    if tx.scalar(select(reminder_settings.c.id)) is None:
        put_settings(tx, settings)
    tx.execute(update(reminder_settings).values(moved))


def _channels(kept: str) -> tuple[ConsentChannel, ...]:
    return tuple(ConsentChannel(name) for name in kept.split())
