"""Commands to the room of delivery, which a form makes and an action carries out."""

from collections.abc import Mapping
from dataclasses import dataclass

from daftari.delivery.rules.push_devices import Subscription
from daftari.kernel.edits import SURE, Seen


@dataclass(frozen=True, slots=True)
class AddPhone:
    """The command to add a push device. `session_id`: the session it belongs to."""

    subscription: Subscription
    session_id: str
    name: str


@dataclass(frozen=True, slots=True)
class ChangePhone:
    """The command to change the name and the wording of a push device. `seen`: what its form
    showed.
    """

    phone_id: str
    values: Mapping[str, str]
    seen: Seen = SURE


@dataclass(frozen=True, slots=True)
class ReadAlerts:
    """The command to mark all alerts as read. `shown`: the ids of the unread ones on the page."""

    shown: frozenset[str]


@dataclass(frozen=True, slots=True)
class NotificationSettings:
    """The command to change the notification settings of a shop. `digest_hour`: None for no
    digest.
    """

    digest_hour: int | None
