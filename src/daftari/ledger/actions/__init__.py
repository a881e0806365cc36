"""Actions of the book."""

from daftari.ledger.actions.append import Recorded
from daftari.ledger.actions.correct import submit_correction
from daftari.ledger.actions.photo import add_photo
from daftari.ledger.actions.plan import make_plan, reverse_plan
from daftari.ledger.actions.promise import make_promise, withdraw_promise
from daftari.ledger.actions.record import record_entry, record_new_entry
from daftari.ledger.actions.reverse import reverse_entry
from daftari.ledger.actions.submit import submit_entry, submit_plan, submit_promise

__all__ = [
    "Recorded",
    "add_photo",
    "make_plan",
    "make_promise",
    "record_entry",
    "record_new_entry",
    "reverse_entry",
    "reverse_plan",
    "submit_correction",
    "submit_entry",
    "submit_plan",
    "submit_promise",
    "withdraw_promise",
]
