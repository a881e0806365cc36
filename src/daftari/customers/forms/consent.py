"""The question what a customer agrees to: kept as marked, and what it means."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from daftari.customers.rules.consent import OPT_INS, Agreed, ConsentMethod, OptIn
from daftari.identity.forms.fields import Typed
from daftari.kernel.refusal import Refusal

_ASKED = "consents"
ASKED_FIELDS = (_ASKED, "consent_how", *(f"agreed_{opt_in.name}" for opt_in in OPT_INS))


@dataclass(frozen=True, slots=True)
class ConsentForm:
    """What was marked. `is_asked`: the question was on the form, so that no mark means no.

    `marked`: names of wishes, «sms_reminder».
    """

    is_asked: bool
    marked: frozenset[str]
    how: str = ConsentMethod.IN_PERSON

    @classmethod
    def typed(cls, typed: Typed) -> Self:
        """The question as it came: a box for each wish, `agreed_sms_reminder`."""
        marked = frozenset(opt_in.name for opt_in in OPT_INS if typed.get(f"agreed_{opt_in.name}"))
        return cls(_ASKED in typed, marked, typed.get("consent_how", ConsentMethod.IN_PERSON))

    @classmethod
    def of(cls, opt_ins: Iterable[OptIn]) -> Self:
        """The question with what is agreed to now."""
        return cls(True, frozenset(opt_in.name for opt_in in opt_ins))


def read_agreed(form: ConsentForm, language: str) -> Agreed | None:
    """None where nobody was asked. Raises Refusal(consents='choice_unknown').

    `language`: the one the question was read in.
    """
    if not form.is_asked:
        return None
    if form.how not in tuple(ConsentMethod):
        raise Refusal(consents="choice_unknown")
    return Agreed(frozenset(map(OptIn.named, form.marked)), ConsentMethod(form.how), language)
