"""Commands to the room of delivery, which a form makes and an action carries out."""

from dataclasses import dataclass

from daftari.delivery.rules.push_devices import Subscription


@dataclass(frozen=True, slots=True)
class AddPhone:
    """The command to add a push device. `session_id`: the session it belongs to."""

    subscription: Subscription
    session_id: str
    name: str


@dataclass(frozen=True, slots=True)
class ChangePhone:
    """The command to change the name and the wording of a push device."""

    phone_id: str
    name: str
    wording: str


@dataclass(frozen=True, slots=True)
class NotificationSettings:
    """The command to change the notification settings of a shop, fields of `identity.rules.Shop`.

    `digest_hour`: None for no digest. `large_reversal_minor`: None for the default threshold.
    """

    digest_hour: int | None
    large_reversal_minor: int | None
