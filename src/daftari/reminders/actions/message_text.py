"""Texts of messages, and of reminders, addressed to the customer: «عليك», with full currency names.

Names and addresses are inserted after the format string is parsed: braces and percent signs in them
have no effect, and line breaks are removed. A name may run against the direction of the text, and
plain text has no isolation: so no sentence begins with a name, and none stands before a number,
which would change its place (Unicode Bidirectional Algorithm, UAX #9).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from gettext import GNUTranslations

from daftari.identity.rules import Shop
from daftari.kernel.arabic import neutral
from daftari.kernel.calendar import hijri_text
from daftari.kernel.digits import shown
from daftari.kernel.money import CURRENCIES, format_amount
from daftari.reminders.rules.eligibility import Owed, ReminderCandidate
from daftari.reminders.rules.seasons import Season
from daftari.reminders.rules.settings import Tone
from daftari.web.i18n import catalogue


@dataclass(frozen=True, slots=True)
class MessageContext:
    """The shop, the language and the stop link of a message."""

    shop: Shop
    language: str
    stop_url: str

    @property
    def words(self) -> GNUTranslations:
        return catalogue(self.language)

    def amount(self, minor: int, currency: str) -> str:
        decimals, shop = CURRENCIES[currency].decimals, self.shop
        return self.named(format_amount(minor, decimals, shop.digits, shop.notation), currency)

    def named(self, number: str, currency: str) -> str:
        """A number with the full name of its currency."""
        known = CURRENCIES[currency]
        return f"{number} {known.name_ar if self.language == 'ar' else known.name_en}"

    def day(self, day: date) -> str:
        text = shown(f"{day.day}/{day.month}/{day.year}", self.shop.digits)
        beside = hijri_text(day, self.language, self.shop.digits, self.shop.hijri_shift)
        return f"{text} ({beside})" if self.shop.calendar == "hijri" and beside else text

    def all_of(self, parts: Sequence[str]) -> str:
        return self.words.gettext(" and ").join(parts)


def reminder_text(
    context: MessageContext,
    candidate: ReminderCandidate,
    tone: Tone,
    today: date,
    season: Season | None,
) -> str:
    """The whole text of a reminder."""
    _ = context.words.gettext
    return message(
        greeting(context, candidate.name, season),
        _asked(context, candidate, tone, today),
        _("If you have paid already, please disregard this message."),
        context=context,
    )


def subject_of(purpose: str, context: MessageContext) -> str:
    """The subject of the e-mail."""
    _ = context.words.gettext
    shop = {"shop": neutral(context.shop.name)}
    if purpose == "receipt":
        return _("Receipt from %(shop)s") % shop
    return _("Your account with %(shop)s") % shop


def message(*lines: str, context: MessageContext) -> str:
    """A whole message: its lines, who sends it, and how to stop such messages."""
    _ = context.words.gettext
    stop = _("To stop these messages: %(url)s") % {"url": context.stop_url}
    return "\n".join((*lines, neutral(context.shop.name), stop))


def greeting(context: MessageContext, name: str, season: Season | None) -> str:
    """The first line, that of the season where there is one."""
    _ = context.words.gettext
    named = {"name": neutral(name)}
    if season is Season.RAMADAN:
        return _("Peace be upon you, %(name)s. Ramadan Kareem.") % named
    if season is not None:
        return _("Peace be upon you, %(name)s. Eid Mubarak.") % named
    return _("Peace be upon you, %(name)s.") % named


def _asked(context: MessageContext, candidate: ReminderCandidate, tone: Tone, today: date) -> str:
    """The request: late amounts are asked for, coming ones only mentioned."""
    _ = context.words.gettext
    late = [one for one in candidate.owed if one.due_on and one.due_on < today]
    coming = [one for one in candidate.owed if one.due_on and one.due_on >= today]
    if not late:
        return (_due if coming else _undated)(_)[tone] % _values(context, coming or candidate.owed)
    asked = _late(_)[tone] % _values(context, late)
    if not coming:
        return asked
    beside = _("Besides, %(amounts)s are to be paid on %(day)s.") % _values(context, coming)
    return f"{asked} {beside}"


def _values(context: MessageContext, owed: Sequence[Owed]) -> dict[str, str]:
    """The values of a sentence about amounts: «14/11/2026», or «14/11/2026 وما بعده» for several
    days.
    """
    days = [day for one in owed for day in (one.due_on, one.last_on) if day]
    day = context.day(min(days)) if days else ""
    if len(set(days)) > 1:
        day = context.words.gettext("%(day)s and after") % {"day": day}
    return {
        "shop": neutral(context.shop.name),
        "amounts": context.all_of([context.amount(one.minor, one.currency) for one in owed]),
        "day": day,
    }


def _undated(_: Callable[[str], str]) -> dict[Tone, str]:
    return {
        Tone.GENTLE: _(
            "A kind reminder: you owe %(amounts)s to %(shop)s."
            " Whenever it suits you, you are welcome."
        ),
        Tone.PLAIN: _("You owe %(amounts)s to %(shop)s."),
        Tone.FIRM: _("You owe %(amounts)s to %(shop)s. Please pay, or come to agree on a day."),
    }


def _due(_: Callable[[str], str]) -> dict[Tone, str]:
    return {
        Tone.GENTLE: _(
            "A kind reminder: you owe %(amounts)s to %(shop)s, to be paid on %(day)s. Thank you."
        ),
        Tone.PLAIN: _("You owe %(amounts)s to %(shop)s, to be paid on %(day)s."),
        Tone.FIRM: _(
            "You owe %(amounts)s to %(shop)s, to be paid on %(day)s. Please pay on that day."
        ),
    }


def _late(_: Callable[[str], str]) -> dict[Tone, str]:
    return {
        Tone.GENTLE: _(
            "A kind reminder: you owe %(amounts)s to %(shop)s, which was to be paid on %(day)s."
            " Whenever it suits you, you are welcome."
        ),
        Tone.PLAIN: _("You owe %(amounts)s to %(shop)s, which was to be paid on %(day)s."),
        Tone.FIRM: _(
            "You owe %(amounts)s to %(shop)s, which was to be paid on %(day)s and is late."
            " Please pay, or come to agree on a day."
        ),
    }
