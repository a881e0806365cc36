"""The details of a customer, and the declaration of each.

To add one, see `docs/how-to/add-a-field.md`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, Final, NamedTuple, Self

from daftari.customers.rules.email import LONGEST_EMAIL, parse_email
from daftari.identity.rules import Shop
from daftari.identity.rules.phones import LONGEST_TYPED, parse_phone, shown_phone
from daftari.kernel.arabic import neutral
from daftari.kernel.digits import shown
from daftari.kernel.fields import Field
from daftari.kernel.forms import LONGEST_NAME, read_choice, read_days, read_name
from daftari.kernel.languages import LANGUAGES
from daftari.kernel.money import format_amount, parse_amount
from daftari.kernel.paydays import Payday
from daftari.kernel.refusal import Reason, Refusal


class CustomerRole(StrEnum):
    """The role of a customer: a supplier is somebody whom the shop owes."""

    CUSTOMER = "customer"
    SUPPLIER = "supplier"


@dataclass(frozen=True, slots=True)
class Details:
    """The details of a customer, each declared in `DETAILS`.

    `phone` is E.164; `credit_limit_minor` is in the shop's currency; `due_days` are the days until
    a new debt falls due; `language` (`ar`, `en`) is that of messages to the customer; `payday` (as
    in `kernel.paydays`) has precedence over `due_days`. None: no phone, no limit, the shop's
    default.
    """

    name: str
    nickname: str = ""
    phone: str | None = None
    role: CustomerRole = CustomerRole.CUSTOMER
    note: str = ""
    credit_limit_minor: int | None = None
    due_days: int | None = None
    email: str | None = None
    language: str | None = None
    payday: str | None = None
    neighbourhood: str = ""

    @classmethod
    def of(cls, row: Mapping[Any, Any]) -> Self:
        """The details in a row of the table."""
        values = {detail.column: row[detail.column] for detail in DETAILS}
        return cls(**values | {"role": CustomerRole(row["role"])})


class ListedDetails(NamedTuple):
    """The details that the book's list shows beside the name; its template unpacks them."""

    nickname: str
    neighbourhood: str


def _as_it_is(value: object, _: Shop) -> str:
    return str(value)


@dataclass(frozen=True, slots=True)
class Detail(Field):
    """A field of a customer. `read` takes the typed text and the shop.

    `show`: the stored value as the form shows it. `is_searched`: a search looks through it.
    `is_term`: a term of credit, which not everybody may set.
    """

    read: Callable[[str, Shop], object]
    show: Callable[[Any, Shop], str] = _as_it_is
    is_searched: bool = False
    is_term: bool = False


def _text(
    name: str,
    longest: int,
    refused: str = "words_too_long",
    *,
    multiline: bool = False,
    is_offline: bool = True,
    is_searched: bool = False,
) -> Detail:
    """The declaration of free text, which is refused by this reason where it is longer."""

    def read(text: str, _: Shop) -> str:
        words = neutral(text, multiline=multiline)
        if len(words) > longest:
            raise Refusal(text=Reason(refused, {"longest": longest}))
        return words

    return Detail(
        name,
        read,
        longest,
        is_personal=True,
        is_offline=is_offline,
        is_searched=is_searched,
    )


def _read_name(text: str, _: Shop) -> str:
    return read_name(text, LONGEST_NAME)


def _read_phone(text: str, shop: Shop) -> str | None:
    return parse_phone(text, shop.country) if neutral(text) else None


def _show_phone(phone: str, _: Shop) -> str:
    return shown_phone(phone)


def _read_role(text: str, _: Shop) -> CustomerRole:
    return CustomerRole(read_choice(text, tuple(CustomerRole), "role_unknown"))


def _read_limit(text: str, shop: Shop) -> int | None:
    """Empty is no limit; 0 is a limit: no debt at all."""
    if not neutral(text):
        return None
    try:
        return parse_amount(text, shop.money.decimals, shop.notation)
    except Refusal as refused:
        if refused.reasons["amount"].name == "amount_zero":
            return 0
        raise


def _show_limit(minor: int, shop: Shop) -> str:
    return format_amount(minor, shop.money.decimals, shop.digits, shop.notation)


def _read_days(text: str, _: Shop) -> int | None:
    return read_days(text)


def _show_days(days: int, shop: Shop) -> str:
    return shown(str(days), shop.digits)


def _read_email(text: str, _: Shop) -> str | None:
    return parse_email(text) if neutral(text) else None


def _read_language(text: str, _: Shop) -> str | None:
    return read_choice(text, LANGUAGES, "choice_unknown") if text else None


def _read_payday(text: str, _: Shop) -> str | None:
    try:
        return str(Payday.parse(text)) if text else None
    except ValueError:
        raise Refusal(payday="choice_unknown") from None


DETAILS: Final = (
    Detail("name", _read_name, LONGEST_NAME, is_personal=True, is_offline=True, is_searched=True),
    _text("nickname", 40, "nickname_too_long", is_searched=True),
    Detail(
        "phone",
        _read_phone,
        LONGEST_TYPED,
        show=_show_phone,
        is_personal=True,
        is_offline=True,
    ),
    Detail("role", _read_role, is_offline=True),
    _text("note", 500, "note_too_long", multiline=True),
    Detail(
        "credit_limit",
        _read_limit,
        40,
        stored_as="credit_limit_minor",
        show=_show_limit,
        is_offline=True,
        is_term=True,
    ),
    Detail("due_days", _read_days, 20, show=_show_days, is_offline=True, is_term=True),
    Detail("email", _read_email, LONGEST_EMAIL, is_personal=True),
    Detail("language", _read_language),
    Detail("payday", _read_payday, is_term=True),
    _text("neighbourhood", 80, is_searched=True),
)
"""Every detail, in the order of `Details`."""


def values_of(details: Details) -> dict[str, Any]:
    """The details by the names of their fields."""
    return {detail.name: getattr(details, detail.column) for detail in DETAILS}


SEARCHED: Final = tuple(one.column for one in DETAILS if one.is_searched)

LONGEST: Final[Mapping[str, int]] = {one.name: one.longest for one in DETAILS if one.longest}
"""The longest text of each typed field in characters, for `maxlength`."""

BLANK: Final[Mapping[str, Any]] = {field.name: field.default for field in fields(Details)} | {
    "name": ""
}
"""What each detail is where nobody has filled it in."""
