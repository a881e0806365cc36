"""View models of a customer's details."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from daftari.customers.forms import CustomerForm, text_of
from daftari.customers.forms.consent import ConsentForm
from daftari.customers.pages.consent import ConsentQuestion, question_of
from daftari.customers.rules import DETAILS, LONGEST, Customer, Details, values_of
from daftari.customers.store import customer as store
from daftari.db.base import ReadTx
from daftari.identity.rules import Member, Permission
from daftari.identity.rules.phones import shown_phone
from daftari.kernel.arabic import fold, neutral
from daftari.kernel.edits import Shown, Stale
from daftari.kernel.forms import Typed
from daftari.kernel.ids import is_id, new_id
from daftari.kernel.paydays import PAYDAYS, Payday
from daftari.kernel.refusal import Reason, Refusal

_DETAILS = {detail.name: detail for detail in DETAILS}
IN_SIGHT = ("name", "phone")
USUAL = {"role": "customer"}


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of a customer with their refusals.

    `form`: the text of each; `is_unfolded`: fields beyond name and phone are in sight, when a
    stored customer is changed, and where one of them has a value or a refusal; `paydays`: choices
    by kind; `longest`: of each text, in characters.
    """

    form: Mapping[str, str]
    reasons: Mapping[str, Reason]
    currency: str
    usual_due_days: int | None
    may_set_terms: bool
    may_choose_role: bool
    is_unfolded: bool
    consents: ConsentQuestion | None
    paydays: Mapping[str, tuple[Payday, ...]]
    longest: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Namesake:
    """A customer with the same name, maybe archived. `phone` is in groups; '' for none."""

    url: str
    name: str
    nickname: str
    phone: str
    is_archived: bool


@dataclass(frozen=True, slots=True)
class NewPage:
    """View model of the new customer form. `id`: of the customer to be; `saved_url`: the customer
    saved under this id before, or ''.
    """

    id: str
    fields: Fields
    action: str
    back: str
    namesakes: tuple[Namesake, ...] = ()
    saved_url: str = ""


@dataclass(frozen=True, slots=True)
class EditPage:
    """View model of the details form. `name`: the stored name, whatever was typed."""

    fields: Fields
    shown: Shown
    name: str
    action: str
    back: str
    is_frozen: bool
    may_freeze: bool


def customer_url(member: Member, customer_id: str) -> str:
    return f"{member.shop.home}/customers/{customer_id}"


def blank_page(member: Member, name: str = "") -> NewPage:
    """An empty form, or one with the name that was searched for and not found."""
    return new_page(member, CustomerForm({"name": neutral(name)}), ConsentForm.blank(), {})


def new_page(
    member: Member,
    form: CustomerForm,
    consents: ConsentForm,
    reasons: Mapping[str, Reason],
    namesakes: tuple[Namesake, ...] = (),
) -> NewPage:
    """The form as typed, with its refusals. An invalid id is replaced by a new one."""
    is_spent = "form" in reasons and reasons["form"].name == "customer_conflict"
    saved_url = customer_url(member, form.id) if is_spent and form.id else ""
    typed_id = form.id or ""
    customer_id = typed_id if is_id(typed_id) and not is_spent else new_id()
    fields = _fields(member, form, consents, reasons, may_choose_role=True)
    home = member.shop.home
    return NewPage(customer_id, fields, f"{home}/customers", f"{home}/", namesakes, saved_url)


def edit_page(
    member: Member,
    customer: Customer,
    typed: Typed | None = None,
    refusal: Refusal | None = None,
) -> EditPage:
    """The form with the stored details, or as typed with its refusals. Where others changed them
    meanwhile it is as it would be now, but for what was changed here.
    """
    shop, details = member.shop, customer.details
    form, shown = CustomerForm.of(details, shop), _shown(member, details)
    reasons = refusal.reasons if refusal else {}
    if isinstance(refusal, Stale) and typed is not None:
        kept = {name: typed[name] for name in refusal.touched}
        form = CustomerForm({**form.texts, **kept})
        shown = _shown(member, details, refusal.conflicts)
        reasons = refusal.asking(lambda name, value: text_of(_DETAILS[name], value, shop))
    elif typed is not None:
        form, shown = CustomerForm.typed(typed), Shown.sent(typed)
    url = customer_url(member, customer.id)
    return EditPage(
        fields=_fields(member, form, None, reasons, may_choose_role=not customer.last_entry_at),
        shown=shown,
        name=customer.details.name,
        action=url,
        back=url,
        is_frozen=customer.frozen_at is not None,
        may_freeze=member.may(Permission.FREEZE_CUSTOMER),
    )


def _shown(member: Member, details: Details, asked: Collection[str] = ()) -> Shown:
    """The details that the form shows: terms only to those who may set them."""
    has_terms = member.may(Permission.SET_CREDIT_LIMIT)
    values = {
        name: value
        for name, value in values_of(details).items()
        if has_terms or not _DETAILS[name].is_term
    }
    return Shown.of(values, asked)


def find_namesakes(tx: ReadTx, member: Member, name: str) -> tuple[Namesake, ...]:
    """Customers with the same normalised name."""
    return tuple(_namesake(member, one) for one in store.same_name(tx, fold(neutral(name))))


def _namesake(member: Member, customer: Customer) -> Namesake:
    details = customer.details
    phone = shown_phone(details.phone) if details.phone else ""
    return Namesake(
        url=customer_url(member, customer.id),
        name=details.name,
        nickname=details.nickname,
        phone=phone,
        is_archived=customer.archived_at is not None,
    )


def _fields(
    member: Member,
    form: CustomerForm,
    consents: ConsentForm | None,
    reasons: Mapping[str, Reason],
    may_choose_role: bool,
) -> Fields:
    texts = {detail.name: form.texts.get(detail.name, "") for detail in DETAILS}
    return Fields(
        form=texts,
        reasons=reasons,
        currency=member.shop.currency,
        usual_due_days=member.shop.due_days,
        may_set_terms=member.may(Permission.SET_CREDIT_LIMIT),
        may_choose_role=may_choose_role,
        is_unfolded=consents is None or bool(consents.marked) or _is_any_filled(texts, reasons),
        consents=question_of(consents, member.person.language) if consents else None,
        paydays=PAYDAYS,
        longest=LONGEST,
    )


def _is_any_filled(texts: Mapping[str, str], reasons: Mapping[str, Reason]) -> bool:
    """Whether a field beyond name and phone has a value that is not the usual one, or a refusal."""
    filled = {name for name, text in texts.items() if text and text != USUAL.get(name)}
    return bool((filled | set(reasons)) - {*IN_SIGHT, "form", "id"})
