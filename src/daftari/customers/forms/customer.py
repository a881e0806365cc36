"""The customer form: the text as typed, and the commands read from it."""

from dataclasses import dataclass
from functools import partial
from typing import Any, Final, Self

from daftari.customers.forms.consent import ASKED_FIELDS, ConsentForm
from daftari.customers.rules import DETAILS, Detail, Details, Source, customer_key
from daftari.customers.rules.commands import AddCustomer, ChangeCustomer
from daftari.idempotency.rules import RequestKey
from daftari.identity.rules import Shop
from daftari.kernel.edits import ASKED, SEEN, SURE, TAKE, Seen
from daftari.kernel.forms import Readings, Typed, read_new_id

SAVED: Final = (
    *("id", "same_name_ok", SEEN, ASKED),
    *(detail.name for detail in DETAILS),
    *(TAKE + detail.name for detail in DETAILS),
    *ASKED_FIELDS,
)


@dataclass(frozen=True, slots=True)
class CustomerForm:
    """The customer form as typed. `texts`: of the details that were on the form.

    A missing detail keeps the stored value; an empty one deletes it.
    """

    texts: Typed
    id: str | None = None
    same_name_ok: bool = False

    @classmethod
    def typed(cls, typed: Typed) -> Self:
        """The form from submitted values."""
        texts = {detail.name: typed[detail.name] for detail in DETAILS if detail.name in typed}
        return cls({"name": ""} | texts, typed.get("id"), bool(typed.get("same_name_ok")))

    @classmethod
    def of(cls, details: Details, shop: Shop) -> Self:
        """The form with the stored details, in the shop's formatting."""
        stored = {detail: getattr(details, detail.column) for detail in DETAILS}
        return cls({detail.name: text_of(detail, value, shop) for detail, value in stored.items()})


@dataclass(frozen=True, slots=True)
class SubmittedCustomer:
    """A form of a new customer as submitted, with his consents."""

    form: CustomerForm
    consents: ConsentForm
    source: Source = Source.TYPED


def text_of(detail: Detail, value: object, shop: Shop) -> str:
    """A stored value as the form shows it, in the shop's formatting."""
    return detail.show(value, shop) if value not in (None, "") else ""


def read_new(form: CustomerForm, shop: Shop) -> AddCustomer:
    """The command to add a customer; an id is generated when the form has none.

    Raises one Refusal for all fields: id_not_an_id, and what the readers of `DETAILS` raise.
    """
    readings = Readings()
    customer_id = readings.read("id", lambda: read_new_id(form.id), "")
    values = _read_details(form, shop, readings)
    readings.settle()
    return AddCustomer(customer_id, Details(**values), same_name_ok=form.same_name_ok)


def key_of_new(form: CustomerForm, shop: Shop) -> RequestKey:
    """The idempotency key of the form. All of a customer's details can be erased: they are texts
    of the key.
    """
    readings = Readings()
    customer_id = readings.read("id", lambda: read_new_id(form.id), "")
    details = Details(**_read_details(form, shop, readings))
    return customer_key(customer_id, details).without(readings.refused)


def read_change(
    form: CustomerForm, shop: Shop, customer_id: str, seen: Seen = SURE
) -> ChangeCustomer:
    """The command to change a customer. Raises what `read_new` raises."""
    readings = Readings()
    values = _read_details(form, shop, readings)
    readings.settle()
    return ChangeCustomer(customer_id, values, seen)


def _read_details(form: CustomerForm, shop: Shop, readings: Readings) -> dict[str, Any]:
    """Values of the fields on the form, by their names in `rules.Details`."""
    typed = ((detail, form.texts.get(detail.name)) for detail in DETAILS)
    return {
        detail.column: readings.read(detail.name, partial(detail.read, text, shop), None)
        for detail, text in typed
        if text is not None
    }
