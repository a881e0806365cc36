"""Routes of push devices, notification settings and alerts."""

from typing import Final

from daftari.delivery.routes import alerts, notifications, subscriptions

route_handlers: Final = [
    *alerts.route_handlers,
    *notifications.route_handlers,
    *subscriptions.route_handlers,
]
