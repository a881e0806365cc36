"""Old and new values of a change, in the reader's words: labels, choices, amounts, days."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from daftari.audit.pages.labels import CHOICES, LABELS
from daftari.audit.pages.words import Words
from daftari.audit.store import EntryActivity
from daftari.identity.rules.phones import shown_phone
from daftari.kernel.calendar import weekday_name
from daftari.kernel.countries import COUNTRIES
from daftari.kernel.money import CURRENCIES
from daftari.kernel.paydays import Payday, PaydayKind
from daftari.kernel.rates import format_rate


@dataclass(frozen=True, slots=True)
class Change:
    """A value that was changed. `old`, `new`: as a reader reads them; '' where there is none."""

    label: str
    old: str
    new: str


def changes_of(words: Words, verb: str, details: Mapping[str, Any]) -> tuple[Change, ...]:
    """The changes that a record tells, each as a pair of old and new."""
    if verb in ("agree", "stop_messages"):
        return tuple(_opt_ins(words, details))
    if verb == "change_member" and "role" in details:
        details = {**details, "member_role": details["role"], "role": None}
    labelled = _rate_change if verb == "change_rates" else _field_change
    found = (labelled(words, name, value) for name, value in details.items() if _is_pair(value))
    return tuple(change for change in found if change is not None)


def entry_changes(words: Words, row: EntryActivity) -> tuple[Change, ...]:
    """What a correction changed besides the amount, which its sentence tells."""
    if row.corrects_id is None or row.old_kind is None:
        return ()
    pairs: dict[str, tuple[object, object]] = {
        "occurred_on": (row.old_occurred_on, row.occurred_on),
        "due_on": (row.old_due_on, row.due_on),
        "method": (row.old_method, row.method),
        "note": (row.old_note or "", row.note or ""),
    }
    changed = {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
    found = (_field_change(words, name, pair) for name, pair in changed.items())
    return tuple(change for change in found if change is not None)


def choice_word(words: Words, field: str, value: object) -> str:
    """The word of a choice; the value as it is stored where there is none."""
    message = CHOICES[field].get(str(value))
    return str(value or "—") if message is None else words.gettext(message)


def _field_change(words: Words, name: str, pair: Any) -> Change | None:
    if name not in LABELS:
        return None
    old, new = (_shown(words, name, value) for value in pair)
    return Change(words.gettext(LABELS[name]), old, new)


def _rate_change(words: Words, name: str, pair: Any) -> Change | None:
    currency = CURRENCIES[name]
    shop = words.shop

    def rate(rate_e8: int | None) -> str:
        if rate_e8 is None:
            return ""
        return words.ltr(format_rate(rate_e8, shop.digits, shop.notation))

    return Change(
        currency.name_ar if words.language == "ar" else currency.name_en, *map(rate, pair)
    )


def _shown(words: Words, name: str, value: Any) -> str:
    """A value as its form would show it; '' where there is none."""
    if value is None or value in ("", [], ()):
        return ""
    if name.endswith("_minor"):
        return words.amount(int(value), words.shop.currency)
    if shape := _SHAPES.get(name):
        return shape(words, value)
    if name in CHOICES:
        return words.name(choice_word(words, name, value))
    return words.name(value)


def _opt_ins(words: Words, details: Mapping[str, Any]) -> Iterable[Change]:
    for name in ("given", "ended"):
        pairs = [str(one).partition("_") for one in details.get(name, ())]
        told = [
            f"{choice_word(words, 'purpose', purpose)} ({choice_word(words, 'channel', channel)})"
            for channel, between, purpose in pairs
            if between
        ]
        if told:
            yield Change(
                words.gettext(LABELS[name]), "", words.name(words.gettext(", ").join(told))
            )


def _day(words: Words, value: Any) -> str:
    return words.day(value if isinstance(value, date) else date.fromisoformat(str(value)))


def _hour(words: Words, value: Any) -> str:
    return words.ltr(f"{words.number(int(value)).rjust(2, words.number(0))}:{words.number(0) * 2}")


def _weekend(words: Words, value: Any) -> str:
    days = [date(2026, 1, 5 + int(day)) for day in str(value).split(",")]
    return words.gettext(", ").join(weekday_name(day, words.language) for day in days)


def _payday(words: Words, value: Any) -> str:
    payday = Payday.parse(str(value))
    number = {"number": words.number(payday.number)}
    if payday.kind is PaydayKind.DAY:
        return words.gettext("day %(number)s of the month") % number
    if payday.kind is PaydayKind.HIJRI:
        return words.gettext("day %(number)s of the Hijri month") % number
    if payday.kind is PaydayKind.WEEKDAY:
        weekday = weekday_name(payday.in_some_week, words.language)
        return words.gettext("every %(weekday)s") % {"weekday": weekday}
    return words.gettext("last working day of the month")


def _currency(words: Words, value: Any) -> str:
    currency = CURRENCIES[str(value)]
    return currency.name_ar if words.language == "ar" else currency.name_en


def _country(words: Words, value: Any) -> str:
    country = COUNTRIES[str(value)]
    return country.name_ar if words.language == "ar" else country.name_en


def _channels(words: Words, value: Any) -> str:
    return words.gettext(", ").join(choice_word(words, "channel", one) for one in value)


def _permissions(words: Words, value: Any) -> str:
    told = [choice_word(words, "permission", one) for one in str(value).split()]
    return words.name(words.gettext(", ").join(told))


_SHAPES: Final[Mapping[str, Callable[[Words, Any], str]]] = {
    "phone": lambda words, value: words.ltr(shown_phone(str(value))),
    "email": lambda words, value: words.ltr(str(value)),
    "zone": lambda words, value: words.ltr(str(value)),
    "due_days": lambda words, value: words.number(int(value)),
    "days_before": lambda words, value: words.number(int(value)),
    "free_discount": lambda words, value: words.number(int(value)),
    "occurred_on": _day,
    "due_on": _day,
    "digest_hour": _hour,
    "day_ends": _hour,
    "quiet_from": _hour,
    "quiet_until": _hour,
    "night_from": _hour,
    "night_until": _hour,
    "many_reversals": lambda words, value: words.number(int(value)),
    "many_accounts": lambda words, value: words.number(int(value)),
    "weekend": _weekend,
    "payday": _payday,
    "currency": _currency,
    "country": _country,
    "automatic": _channels,
    "receipts": _channels,
    "granted": _permissions,
    "denied": _permissions,
}


def _is_pair(value: object) -> bool:
    return isinstance(value, list) and len(value) == 2
