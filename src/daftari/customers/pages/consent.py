"""The consent form, and the page of a customer's consents with their history."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from daftari.customers.forms.consent import ConsentForm
from daftari.customers.rules.consent import (
    TEXT_VERSION,
    TEXTS,
    Consent,
    ConsentChannel,
    ConsentMethod,
    OptIn,
    Purpose,
)
from daftari.customers.store.consent import find_consents
from daftari.customers.store.customer import find
from daftari.db.base import ReadTx
from daftari.identity.rules import Member, Permission
from daftari.kernel.ids import new_id
from daftari.kernel.refusal import Missing, Reason


@dataclass(frozen=True, slots=True)
class ConsentOption:
    """A checkbox of the consent form. `name`: `sms_reminder`. `is_given`: he has agreed to it."""

    name: str
    purpose: str
    is_marked: bool
    is_given: bool


@dataclass(frozen=True, slots=True)
class ConsentQuestion:
    """View model of the consent form. `text`: to be read out. `rows`: the options of each channel.
    `how`: the selected one of `hows`. `asked`: what the form says it asked.
    """

    asked: str
    text: str
    rows: tuple[tuple[str, tuple[ConsentOption, ...]], ...]
    hows: tuple[str, ...]
    how: str
    has_marks: bool


@dataclass(frozen=True, slots=True)
class ConsentView:
    """An active or ended consent. `given_by`, `ended_by`: names; '' for nobody known."""

    channel: str
    purpose: str
    given_at: datetime
    given_by: str
    how: str
    ended_at: datetime | None
    ended_by: str
    ended_how: str | None
    end_action: str


@dataclass(frozen=True, slots=True)
class ConsentsPage:
    """View model of a customer's consents. `living`: active ones; `ended`: the others."""

    name: str
    back: str
    action: str
    id: str
    question: ConsentQuestion
    living: tuple[ConsentView, ...]
    ended: tuple[ConsentView, ...]
    has_phone: bool
    has_email: bool
    may_change: bool
    reasons: Mapping[str, Reason]


def question_of(
    form: ConsentForm, language: str, given: Collection[OptIn] | None = None
) -> ConsentQuestion:
    """The consent form in the language in which the shopkeeper reads it out.

    `given`: what an existing customer has agreed to, None for a new one.
    """
    living = {opt_in.name for opt_in in given or ()}
    rows = tuple(
        (
            channel.value,
            tuple(
                ConsentOption(name, purpose, name in form.marked, name in living)
                for purpose in Purpose
                for name in (f"{channel}_{purpose}",)
            ),
        )
        for channel in ConsentChannel
    )
    text = TEXTS[TEXT_VERSION][language]
    asked = "asked" if given is None else "anew"
    return ConsentQuestion(asked, text, rows, tuple(ConsentMethod), form.how, bool(form.marked))


def consents_page(
    tx: ReadTx,
    member: Member,
    names: Mapping[str, str],
    customer_id: str,
    form: ConsentForm | None = None,
    reasons: Mapping[str, Reason] | None = None,
) -> ConsentsPage:
    """The consents of a customer. `names`: names of the shop's people by id. Raises `Missing`."""
    customer, consents = find(tx, customer_id), find_consents(tx, customer_id)
    if customer is None:
        raise Missing(customer_id)
    url = f"{member.shop.home}/customers/{customer_id}"
    views = [_view(one, names, url) for one in consents]
    opt_ins = [one.opt_in for one in consents if one.ended_at is None]
    return ConsentsPage(
        name=customer.details.name,
        back=url,
        action=f"{url}/consents",
        id=new_id(),
        question=question_of(form or ConsentForm.blank(), member.person.language, opt_ins),
        living=tuple(view for view in views if view.ended_at is None),
        ended=tuple(view for view in views if view.ended_at is not None),
        has_phone=customer.details.phone is not None,
        has_email=customer.details.email is not None,
        may_change=member.may(Permission.ADD_CUSTOMER),
        reasons=reasons or {},
    )


def _view(consent: Consent, names: Mapping[str, str], url: str) -> ConsentView:
    return ConsentView(
        channel=consent.opt_in.channel,
        purpose=consent.opt_in.purpose,
        given_at=consent.given_at,
        given_by=names.get(consent.given_by, ""),
        how=consent.how,
        ended_at=consent.ended_at,
        ended_by=names.get(consent.ended_by or "", ""),
        ended_how=consent.ended_how,
        end_action=f"{url}/consents/{consent.id}/end",
    )
