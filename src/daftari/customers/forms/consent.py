"""The question what a customer agrees to: kept as marked, and what it means."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from daftari.accounts.forms.fields import Typed
from daftari.customers.rules.consent import WISHES, Agreed, How, Wish
from daftari.kernel.refusal import Refusal

_ASKED = "consents"
ASKED_FIELDS = (_ASKED, "consent_how", *(f"agreed_{wish.name}" for wish in WISHES))


@dataclass(frozen=True, slots=True)
class ConsentForm:
    """What was marked. `is_asked`: the question was on the form, so that no mark means no.

    `marked`: names of wishes, «sms_reminder».
    """

    is_asked: bool
    marked: frozenset[str]
    how: str = How.IN_PERSON

    @classmethod
    def typed(cls, typed: Typed) -> Self:
        """The question as it came: a box for each wish, `agreed_sms_reminder`."""
        marked = frozenset(wish.name for wish in WISHES if typed.get(f"agreed_{wish.name}"))
        return cls(_ASKED in typed, marked, typed.get("consent_how", How.IN_PERSON))

    @classmethod
    def of(cls, wishes: Iterable[Wish]) -> Self:
        """The question with what is agreed to now."""
        return cls(True, frozenset(wish.name for wish in wishes))


def read_agreed(form: ConsentForm, language: str) -> Agreed | None:
    """None where nobody was asked. Raises Refusal(consents='choice_unknown').

    `language`: the one the question was read in.
    """
    if not form.is_asked:
        return None
    if form.how not in tuple(How):
        raise Refusal(consents="choice_unknown")
    return Agreed(frozenset(map(Wish.named, form.marked)), How(form.how), language)
