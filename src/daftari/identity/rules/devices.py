"""Recognition of devices: what browser it is, and whether a person signed in with it before.

After a sign-in the browser keeps a mark in a cookie: an HMAC of the person's id. Others can neither
read nor make it, and nothing is stored on the server.
"""

import hashlib
import hmac
import re
from base64 import urlsafe_b64encode
from collections.abc import Collection
from dataclasses import dataclass
from itertools import count
from typing import Final

_MARK_BYTES: Final = 16
MOST_MARKS: Final = 4
LONGEST_DEVICE: Final = 40


@dataclass(frozen=True, slots=True)
class Device:
    """The browser of a request. `name`: «هاتف Android»; `marks`: those in its cookie; `till`: the
    SHA-256 of the token of a shared till.
    """

    name: str
    marks: tuple[str, ...]
    key: bytes
    till: bytes | None = None

    def knows(self, person_id: str) -> bool:
        """Whether this person signed in with this browser before."""
        return self._mark(person_id) in self.marks

    @property
    def is_known(self) -> bool:
        """Whether anybody signed in with this browser before."""
        return any(self.marks)

    def marked(self, person_id: str) -> str:
        """The new value of the cookie: the marks of the last few people who signed in."""
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


_USUAL: Final = {
    ("Android", "Chrome"),
    ("iPhone", "Safari"),
    ("iPad", "Safari"),
    ("Windows", "Edge"),
    ("ChromeOS", "Chrome"),
    ("Mac", "Safari"),
}


def device_of(user_agent: str) -> tuple[str, str]:
    """The system and the browser of a User-Agent header; '' for what is unknown, and for the
    browser that comes with the system.
    """
    found = _first(_SYSTEMS, user_agent), _first(_BROWSERS, user_agent)
    return (found[0], "") if found in _USUAL else found


def distinct_name(name: str, taken: Collection[str]) -> str:
    """The name, with the first free number behind it where it is taken: «هاتف Android 2»."""
    if not name or name not in taken:
        return name
    plain = re.sub(r" [0-9]+$", "", name)
    return next(one for n in count(2) if (one := f"{plain} {n}") not in taken)


def _first(signs: tuple[tuple[str, str], ...], user_agent: str) -> str:
    return next((name for sign, name in signs if sign in user_agent), "")
