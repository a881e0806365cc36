"""The consent form: checkboxes as submitted, and the opt-ins read from them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from daftari.customers.rules.consent import OPT_INS, Agreed, ConsentMethod, OptIn
from daftari.kernel.forms import Typed
from daftari.kernel.refusal import Refusal

_ASKED = "consents"
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
    def of(cls, opt_ins: Iterable[OptIn]) -> Self:
        """The form with the active opt-ins checked."""
        return cls(True, frozenset(opt_in.name for opt_in in opt_ins))


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
