"""The form of the answer about a sign-in on a new phone."""

from daftari.identity.rules.signins import PhoneAnswer
from daftari.kernel.forms import read_choice


def read_phone_answer(text: str) -> PhoneAnswer:
    """Raises Refusal(choice='choice_unknown')."""
    return PhoneAnswer(read_choice(text, tuple(PhoneAnswer), "choice_unknown"))
