"""Forms of the notification settings and of a push device."""

from collections.abc import Mapping
from typing import Final

from daftari.delivery.rules.commands import NotificationSettings
from daftari.delivery.rules.push_devices import WORDINGS
from daftari.identity.rules import Shop
from daftari.kernel.arabic import neutral
from daftari.kernel.forms import Readings, read_choice, read_name
from daftari.kernel.money import parse_amount

LONGEST_NAME: Final = 40
NEVER: Final = "never"
HOURS: Final = tuple(str(hour) for hour in range(24))


def read_notification_settings(typed: Mapping[str, str], shop: Shop) -> NotificationSettings:
    """The notification settings from a form. Raises Refusal: choice_unknown, and for large_reversal
    the reasons of `parse_amount`.
    """
    form = Readings()
    hour = typed.get("digest_hour", "")
    amount = typed.get("large_reversal", "")

    def large() -> int | None:
        if not neutral(amount):
            return None
        return parse_amount(amount, shop.money.decimals, shop.notation)

    chosen = form.read(
        "digest_hour", lambda: read_choice(hour, (NEVER, *HOURS), "choice_unknown"), NEVER
    )
    settings = NotificationSettings(
        digest_hour=None if chosen == NEVER else int(chosen),
        large_reversal_minor=form.read("large_reversal", large, None),
    )
    form.settle()
    return settings


def alert_values(settings: NotificationSettings) -> dict[str, int | None]:
    """The settings by the fields of their form."""
    return {
        "digest_hour": settings.digest_hour,
        "large_reversal": settings.large_reversal_minor,
    }


def read_phone(typed: Mapping[str, str]) -> dict[str, str]:
    """The name and the wording of a device. Raises Refusal: name_missing, name_too_long,
    choice_unknown.
    """
    form = Readings()
    name = form.read("name", lambda: read_name(typed.get("name", ""), LONGEST_NAME), "")
    text = typed.get("wording", "")
    wording = form.read("wording", lambda: read_choice(text, WORDINGS, "choice_unknown"), "")
    form.settle()
    return {"name": name, "wording": wording}
