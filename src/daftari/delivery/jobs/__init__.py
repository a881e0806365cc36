"""What the worker does for this room: carry messages out of the door."""

from daftari.delivery.jobs.dispatcher import Dispatcher

__all__ = ["Dispatcher"]
