"""The form of the lock of a device."""

from daftari.identity.rules.held import LOCK_CHOICES
from daftari.kernel.forms import read_choice


def read_lock(text: str) -> int:
    """The minutes until the lock. Raises Refusal(choice='choice_unknown')."""
    return int(read_choice(text, tuple(map(str, LOCK_CHOICES)), "choice_unknown"))
