"""Rules of messages: channels, states, push devices, notifications and outcomes."""

from daftari.delivery.rules.messages import (
    AUTOMATIC,
    SENT,
    Channel,
    Message,
    Outgoing,
    State,
)
from daftari.delivery.rules.notifications import Notification
from daftari.delivery.rules.segments import segments_of

__all__ = [
    "AUTOMATIC",
    "SENT",
    "Channel",
    "Message",
    "Notification",
    "Outgoing",
    "State",
    "segments_of",
]
