"""Forms of the book: the text as typed, and the commands read from it."""

from daftari.ledger.forms.correction import SAVED_OF_CORRECTION, CorrectionForm
from daftari.ledger.forms.entry import (
    SAVED_OF_ENTRY,
    SAVED_OF_REVERSAL,
    EntryForm,
    EntryReading,
    read_reversal,
)
from daftari.ledger.forms.plan import PlanForm
from daftari.ledger.forms.promise import PromiseForm
from daftari.ledger.forms.submitted import (
    SubmittedCorrection,
    SubmittedEntry,
    SubmittedPlan,
    SubmittedPromise,
)

__all__ = [
    "SAVED_OF_CORRECTION",
    "SAVED_OF_ENTRY",
    "SAVED_OF_REVERSAL",
    "CorrectionForm",
    "EntryForm",
    "EntryReading",
    "PlanForm",
    "PromiseForm",
    "SubmittedCorrection",
    "SubmittedEntry",
    "SubmittedPlan",
    "SubmittedPromise",
    "read_reversal",
]
