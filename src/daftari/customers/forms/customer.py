"""The customer form: the text as typed, and the commands read from it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from functools import partial
from typing import Any, Self

from daftari.customers.forms.consent import ASKED_FIELDS
from daftari.customers.rules import (
    LONGEST_NAME,
    LONGEST_NICKNAME,
    LONGEST_NOTE,
    CustomerRole,
    Details,
)
from daftari.customers.rules.commands import AddCustomer, ChangeCustomer
from daftari.customers.rules.email import parse_email
from daftari.identity.rules import Shop
from daftari.identity.rules.phones import parse_phone, shown_phone
from daftari.kernel.arabic import neutral
from daftari.kernel.digits import shown
from daftari.kernel.forms import Readings, Typed, read_choice, read_days, read_name
from daftari.kernel.ids import is_id, new_id
from daftari.kernel.money import format_amount, parse_amount
from daftari.kernel.paydays import Payday
from daftari.kernel.refusal import Reason, Refusal
from daftari.web.i18n import LANGUAGES


@dataclass(frozen=True, slots=True)
class CustomerForm:
    """The customer form as typed. None: the field was not on the form.

    A missing field keeps the stored value; an empty one deletes it.
    """

    name: str
    id: str | None = None
    nickname: str | None = None
    phone: str | None = None
    role: str | None = None
    note: str | None = None
    credit_limit: str | None = None
    due_days: str | None = None
    email: str | None = None
    language: str | None = None
    payday: str | None = None
    same_name_ok: str | None = None

    @classmethod
    def typed(cls, typed: Typed) -> Self:
        """The form from submitted values."""
        known = {field.name for field in fields(cls)}
        return cls(**{"name": ""} | {name: typed[name] for name in known & typed.keys()})

    @classmethod
    def of(cls, details: Details, shop: Shop) -> Self:
        """The form with the stored details, in the shop's formatting."""
        limit, days = details.credit_limit_minor, details.due_days
        decimals, digits, notation = shop.money.decimals, shop.digits, shop.notation
        return cls(
            name=details.name,
            nickname=details.nickname,
            phone=shown_phone(details.phone) if details.phone else "",
            role=details.role,
            note=details.note,
            credit_limit="" if limit is None else format_amount(limit, decimals, digits, notation),
            due_days="" if days is None else shown(str(days), digits),
            email=details.email or "",
            language=details.language or "",
            payday=details.payday or "",
        )


SAVED = (*(field.name for field in fields(CustomerForm)), *ASKED_FIELDS)


def read_new(form: CustomerForm, shop: Shop) -> AddCustomer:
    """The command to add a customer; an id is generated when the form has none.

    Raises one Refusal for all fields: id_not_an_id, name_missing, name_too_long, nickname_too_long,
    phone_not_a_phone, email_not_an_email, role_unknown, choice_unknown, note_too_long,
    days_not_right, and for credit_limit the reasons of `parse_amount`.
    """
    readings = Readings()
    customer_id = readings.read("id", lambda: _read_id(form.id), "")
    values = _read_details(form, shop, readings)
    readings.settle()
    return AddCustomer(customer_id, Details(**values), same_name_ok=bool(form.same_name_ok))


def read_change(form: CustomerForm, shop: Shop, customer_id: str) -> ChangeCustomer:
    """The command to change a customer. Raises what `read_new` raises."""
    readings = Readings()
    values = _read_details(form, shop, readings)
    readings.settle()
    return ChangeCustomer(customer_id, values)


def _read_details(form: CustomerForm, shop: Shop, readings: Readings) -> dict[str, Any]:
    """Values of the fields on the form, by their names in `rules.Details`."""
    values: dict[str, Any] = {}
    for field, (detail, reader) in _READERS.items():
        text: str | None = getattr(form, field)
        if text is not None:
            values[detail] = readings.read(field, partial(reader, text, shop), None)
    return values


def _read_name(text: str, _: Shop) -> str:
    return read_name(text, LONGEST_NAME)


def _read_nickname(text: str, _: Shop) -> str:
    return _no_longer_than(LONGEST_NICKNAME, neutral(text), "nickname_too_long")


def _read_phone(text: str, shop: Shop) -> str | None:
    return parse_phone(text, shop.country) if neutral(text) else None


def _read_role(text: str, _: Shop) -> CustomerRole:
    return CustomerRole(read_choice(text, tuple(CustomerRole), "role_unknown"))


def _read_note(text: str, _: Shop) -> str:
    return _no_longer_than(LONGEST_NOTE, neutral(text, multiline=True), "note_too_long")


def _read_limit(text: str, shop: Shop) -> int | None:
    return parse_amount(text, shop.money.decimals, shop.notation) if neutral(text) else None


def _read_days(text: str, _: Shop) -> int | None:
    return read_days(text)


def _read_email(text: str, _: Shop) -> str | None:
    return parse_email(text) if neutral(text) else None


def _read_language(text: str, _: Shop) -> str | None:
    return read_choice(text, LANGUAGES, "choice_unknown") if text else None


def _read_payday(text: str, _: Shop) -> str | None:
    try:
        return str(Payday.parse(text)) if text else None
    except ValueError:
        raise Refusal(payday="choice_unknown") from None


_READERS: Mapping[str, tuple[str, Callable[[str, Shop], object]]] = {
    "name": ("name", _read_name),
    "nickname": ("nickname", _read_nickname),
    "phone": ("phone", _read_phone),
    "role": ("role", _read_role),
    "note": ("note", _read_note),
    "credit_limit": ("credit_limit_minor", _read_limit),
    "due_days": ("due_days", _read_days),
    "email": ("email", _read_email),
    "language": ("language", _read_language),
    "payday": ("payday", _read_payday),
}


def _no_longer_than(longest: int, text: str, refused: str) -> str:
    if len(text) > longest:
        raise Refusal(text=Reason(refused, {"longest": longest}))
    return text


def _read_id(text: str | None) -> str:
    if text is None:
        return new_id()
    if not is_id(text):
        raise Refusal(id="id_not_an_id")
    return text
