"""Commands to the room of offline use, which a form makes and an action carries out."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SettleRefused:
    """The command to enter what a phone held and the book refused, or to leave it out for good."""

    id: str
    enters: bool
