"""What a browser says it is, and whether it is known as somebody's.

A browser somebody signed in with keeps a mark of that person, which only this installation can
make: it says nothing to anybody else, and nothing is kept here.
"""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from typing import Final

_MARK_BYTES: Final = 16
MOST_MARKS: Final = 4


@dataclass(frozen=True, slots=True)
class Device:
    """A browser at the door. `name`: «Android · Chrome»; `marks`: those it brought along."""

    name: str
    marks: tuple[str, ...]
    key: bytes

    def knows(self, person_id: str) -> bool:
        """Whether this person signed in here before."""
        return self._mark(person_id) in self.marks

    def marked(self, person_id: str) -> str:
        """What the browser keeps from now on: the marks of the last few who signed in."""
        mine = self._mark(person_id)
        others = [mark for mark in self.marks if mark != mine]
        return ".".join([mine, *others][:MOST_MARKS])

    def _mark(self, person_id: str) -> str:
        digest = hmac.digest(self.key, person_id.encode(), hashlib.sha256)
        return urlsafe_b64encode(digest[:_MARK_BYTES]).rstrip(b"=").decode()


_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)
_BROWSERS = (
    ("SamsungBrowser/", "Samsung Internet"),
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("CriOS/", "Chrome"),
    ("Safari/", "Safari"),
)


def device_of(user_agent: str) -> str:
    """The system and the browser of a User-Agent header; empty when it tells neither."""
    found = (_first(_SYSTEMS, user_agent), _first(_BROWSERS, user_agent))
    return " · ".join(name for name in found if name)


def _first(signs: tuple[tuple[str, str], ...], user_agent: str) -> str:
    return next((name for sign, name in signs if sign in user_agent), "")
