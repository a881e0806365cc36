"""The form of an answer to a request for approval."""

from typing import Final

from daftari.kernel.forms import Typed, read_words
from daftari.kernel.refusal import Refusal
from daftari.ledger.rules.commands import AnswerApproval

ANSWERS: Final = ("yes", "no")
ASKS: Final = "yes"
"""The value of the field `ask`, by which a form asks for approval."""
LONGEST_WORDS: Final = 300


def read_answer(approval_id: str, typed: Typed) -> AnswerApproval:
    """Parse an answer. Raises Refusal: form=choice_unknown, words=words_too_long."""
    answer = typed.get("answer", "")
    if answer not in ANSWERS:
        raise Refusal(form="choice_unknown")
    words = read_words(typed.get("words", ""), LONGEST_WORDS)
    return AnswerApproval(approval_id, answer == "yes", words)


def asks(typed: Typed) -> bool:
    """Whether a form asks for approval where that is all it lacks."""
    return typed.get("ask", "") == ASKS
