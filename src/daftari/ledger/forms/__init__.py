"""The forms of the book: kept as typed, and what they mean."""

from daftari.ledger.forms.entry import (
    SAVED_OF_ENTRY,
    SAVED_OF_REVERSAL,
    EntryForm,
    read_reversal,
)
from daftari.ledger.forms.plan import PlanForm
from daftari.ledger.forms.promise import PromiseForm

__all__ = [
    "SAVED_OF_ENTRY",
    "SAVED_OF_REVERSAL",
    "EntryForm",
    "PlanForm",
    "PromiseForm",
    "read_reversal",
]
