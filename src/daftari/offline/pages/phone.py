"""The page of what this phone stores and has not sent yet; its script fills it in."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PhonePage:
    """View model of the phone page. `home`: the shop's address, `/s/<shop>`."""

    home: str
