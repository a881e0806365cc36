"""The verbs of the book."""

from daftari.ledger.actions.append import Recorded
from daftari.ledger.actions.record import record_entry, record_new_entry
from daftari.ledger.actions.reverse import reverse_entry

__all__ = ["Recorded", "record_entry", "record_new_entry", "reverse_entry"]
