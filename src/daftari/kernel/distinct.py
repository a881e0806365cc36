"""Counting the distinct things that each of many doers touched within a time, in memory alone."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

MOST_DOERS: Final = 1024
MOST_THINGS: Final = 1024


@dataclass(slots=True)
class _Seen:
    """The things of one doer by their hashes, the latest at the end, and the last text."""

    things: dict[int, datetime] = field(default_factory=dict)
    last_text: str = ""


@dataclass(slots=True)
class DistinctCounter:
    """How many distinct things each doer touched within a time.

    Only hashes are kept, which differ in every process (PEP 456), and nothing on a disk; of more
    doers or things than `MOST_…` the oldest are forgotten.
    """

    within: timedelta
    _seen: dict[Hashable, _Seen] = field(default_factory=dict)

    def add(self, doer: Hashable, thing: str, at: datetime) -> int:
        """Note a thing. Returns how many distinct ones there are within the time, with this one."""
        seen = self._latest(doer)
        things = seen.things
        for old in [one for one, since in things.items() if since <= at - self.within]:
            del things[old]
        things.pop(hash(thing), None)
        things[hash(thing)] = at
        if len(things) > MOST_THINGS:
            del things[next(iter(things))]
        return len(things)

    def add_text(self, doer: Hashable, text: str, at: datetime) -> int:
        """As `add` for a text that grows while it is typed: what goes on with the last text takes
        its place.
        """
        seen = self._latest(doer)
        if text.startswith(seen.last_text) or seen.last_text.startswith(text):
            seen.things.pop(hash(seen.last_text), None)
        seen.last_text = text
        return self.add(doer, text, at)

    def forget(self, doer: Hashable) -> None:
        """Begin anew for a doer."""
        self._seen.pop(doer, None)

    def _latest(self, doer: Hashable) -> _Seen:
        seen = self._seen.pop(doer) if doer in self._seen else _Seen()
        self._seen[doer] = seen
        if len(self._seen) > MOST_DOERS:
            del self._seen[next(iter(self._seen))]
        return seen
