"""What this phone keeps of the book, and what has not arrived yet: the phone itself fills it in."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PhonePage:
    """`home`: the shop's address, `/s/<shop>`."""

    home: str
