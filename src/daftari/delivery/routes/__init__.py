"""Routes of push devices, notification settings, alerts and their thresholds."""

from typing import Final

from daftari.delivery.routes import alerts, notifications, subscriptions, thresholds

route_handlers: Final = [
    *alerts.route_handlers,
    *notifications.route_handlers,
    *subscriptions.route_handlers,
    *thresholds.route_handlers,
]
