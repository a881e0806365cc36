"""What the worker does for this room: carry messages out of the door."""

from daftari.delivery.jobs.postman import Postman

__all__ = ["Postman"]
