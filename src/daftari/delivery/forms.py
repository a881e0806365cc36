"""Forms of the notification settings, of the thresholds of alerts, and of a push device."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from daftari.delivery.rules.commands import NotificationSettings
from daftari.delivery.rules.push_devices import WORDINGS
from daftari.identity.rules import Shop
from daftari.kernel.arabic import neutral
from daftari.kernel.digits import to_latin
from daftari.kernel.forms import Readings, read_choice, read_name
from daftari.kernel.money import parse_amount
from daftari.kernel.refusal import Reason, Refusal

LONGEST_NAME: Final = 40
NEVER: Final = "never"
HOURS: Final = tuple(str(hour) for hour in range(24))
MOST_IN_AN_HOUR: Final = 500


def read_notification_settings(typed: Mapping[str, str]) -> NotificationSettings:
    """The notification settings from a form. Raises Refusal(digest_hour='choice_unknown')."""
    form = Readings()
    hour = typed.get("digest_hour", "")
    chosen = form.read(
        "digest_hour", lambda: read_choice(hour, (NEVER, *HOURS), "choice_unknown"), NEVER
    )
    form.settle()
    return NotificationSettings(None if chosen == NEVER else int(chosen))


def read_thresholds(
    typed: Mapping[str, str], stored: Mapping[str, int | None], shop: Shop
) -> dict[str, int | None]:
    """The thresholds from a form, by its fields; one that was not sent stays as it is `stored`.

    Raises Refusal: choice_unknown for what is chosen, number_not_right (`most`) for numbers, and
    for amounts the reasons of `parse_amount`.
    """
    form, values = Readings(), {name: stored[name] for name in _READERS}
    for name in _READERS.keys() & typed.keys():
        values[name] = form.read(name, partial(_READERS[name], typed[name], shop), None)
    form.settle()
    return values


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


def _amount(text: str, shop: Shop) -> int | None:
    """An amount; None for an empty field, which is the usual one, 0 for never."""
    if not neutral(text):
        return None
    try:
        return parse_amount(text, shop.money.decimals, shop.notation)
    except Refusal as refused:
        if {reason.name for reason in refused.reasons.values()} == {"amount_zero"}:
            return 0
        raise


def _number(text: str, _: Shop) -> int | None:
    """A whole number; None for an empty field. Raises Refusal: number_not_right."""
    typed = to_latin(neutral(text))
    if not typed:
        return None
    is_number = typed.isascii() and typed.isdigit() and len(typed) <= len(str(MOST_IN_AN_HOUR))
    if not (is_number and int(typed) <= MOST_IN_AN_HOUR):
        raise Refusal(number=Reason("number_not_right", {"most": MOST_IN_AN_HOUR}))
    return int(typed)


def _hour(text: str, _: Shop) -> int:
    return int(read_choice(text, HOURS, "choice_unknown"))


def _switch(text: str, _: Shop) -> int:
    return int(read_choice(text, ("1", "0"), "choice_unknown"))


_READERS: Final[Mapping[str, Callable[[str, Shop], int | None]]] = {
    "large_reversal": _amount,
    "many_reversals": _number,
    "large_at_night": _amount,
    "night_from": _hour,
    "night_until": _hour,
    "many_accounts": _number,
    "on_export": _switch,
    "on_new_phone": _switch,
}
