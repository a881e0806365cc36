"""The consent form: checkboxes as submitted, and the opt-ins read from them."""

from dataclasses import dataclass
from typing import Self

from daftari.customers.rules.commands import Agree
from daftari.customers.rules.consent import OPT_INS, Agreed, ConsentMethod, OptIn
from daftari.kernel.forms import Typed, read_id
from daftari.kernel.refusal import Refusal

_ASKED = "consents"
_ANEW = "anew"
ASKED_FIELDS = (_ASKED, "consent_how", *(f"agreed_{opt_in.name}" for opt_in in OPT_INS))


@dataclass(frozen=True, slots=True)
class ConsentForm:
    """The consent form as submitted. `is_asked`: it was on the page, so unchecked means no.

    `marked`: names of opt-ins, «sms_reminder».
    """

    is_asked: bool
    marked: frozenset[str]
    how: str = ConsentMethod.IN_PERSON

    @classmethod
    def typed(cls, typed: Typed) -> Self:
        """The form from submitted values: a checkbox for each opt-in, `agreed_sms_reminder`."""
        marked = frozenset(opt_in.name for opt_in in OPT_INS if typed.get(f"agreed_{opt_in.name}"))
        return cls(_ASKED in typed, marked, typed.get("consent_how", ConsentMethod.IN_PERSON))

    @classmethod
    def blank(cls) -> Self:
        """The form with nothing checked."""
        return cls(True, frozenset())


def read_agreed_anew(typed: Typed, customer_id: str, language: str) -> Agree:
    """The command of the form of an existing customer, which shows nothing as marked.

    A form that showed what he had agreed to is refused: of that some may have ended. Raises
    Refusal: consents=consents_page_too_old, choice_unknown, form=id_not_an_id.
    """
    agreed = read_agreed(ConsentForm.typed(typed), language)
    if agreed is None or typed[_ASKED] != _ANEW:
        raise Refusal(consents="consents_page_too_old")
    return Agree(read_id(typed.get("id", "")), customer_id, agreed)


def refuse_consents(typed: Typed) -> None:
    """Raises Refusal(form='consents_elsewhere') for a form of details that also sets consents."""
    if _ASKED in typed:
        raise Refusal(form="consents_elsewhere")


def read_agreed(form: ConsentForm, language: str) -> Agreed | None:
    """The consents of the form; None when it was not on the page. Raises
    Refusal(consents='choice_unknown').

    `language`: of the text that was read out.
    """
    if not form.is_asked:
        return None
    if form.how not in tuple(ConsentMethod):
        raise Refusal(consents="choice_unknown")
    return Agreed(frozenset(map(OptIn.named, form.marked)), ConsentMethod(form.how), language)
