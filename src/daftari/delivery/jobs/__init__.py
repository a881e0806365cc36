"""Background jobs of the worker that send the messages of the outbox."""

from daftari.delivery.jobs.dispatcher import Dispatcher

__all__ = ["Dispatcher"]
