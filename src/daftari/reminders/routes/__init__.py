"""Routes of reminders, receipts and messages."""

from typing import Final

from daftari.reminders.routes import batch, message, receipt, remind, settings, stop

route_handlers: Final = [
    *remind.route_handlers,
    *batch.route_handlers,
    *receipt.route_handlers,
    *message.route_handlers,
    *settings.route_handlers,
    *stop.route_handlers,
]
