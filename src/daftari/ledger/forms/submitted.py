"""Forms of the book as they were submitted. They become commands inside the transaction, which
looks up their ids first.
"""

from dataclasses import dataclass
from datetime import date

from daftari.kernel.forms import Typed
from daftari.ledger.forms.entry import EntryForm
from daftari.ledger.forms.plan import PlanForm, Says
from daftari.ledger.forms.promise import PromiseForm
from daftari.ledger.rules.commands import Photo
from daftari.ledger.rules.goods import Goods


@dataclass(frozen=True, slots=True)
class SubmittedEntry:
    """An entry form of a customer, with the photo that came with it.

    `sent_on`: the day of an entry that names none; the photo may arrive after midnight.
    """

    customer_id: str
    form: EntryForm
    sent_on: date
    photo: Photo | None = None


@dataclass(frozen=True, slots=True)
class SubmittedCorrection:
    """A correction form of an entry: `typed` has the fields that may change, the others stay.

    `amount_minor`, `paid_minor`, `rate_e8`, `goods`: where they were not typed, but sent by a
    phone.
    """

    entry_id: str
    typed: Typed
    amount_minor: int | None = None
    paid_minor: int | None = None
    rate_e8: int | None = None
    goods: Goods | None = None


@dataclass(frozen=True, slots=True)
class SubmittedPromise:
    """A promise form of a customer."""

    customer_id: str
    form: PromiseForm


@dataclass(frozen=True, slots=True)
class SubmittedPlan:
    """A plan form of a customer. `says`: the notes of its entries, in the member's language."""

    customer_id: str
    form: PlanForm
    says: Says
