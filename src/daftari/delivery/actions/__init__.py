"""Commands of the outbox."""

from daftari.delivery.actions.outbox import enqueue, note_opened, notify

__all__ = ["enqueue", "note_opened", "notify"]
