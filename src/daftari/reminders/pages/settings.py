"""The page of the messaging settings."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from daftari.db.base import ReadTx
from daftari.identity.rules import Member
from daftari.kernel.digits import shown
from daftari.kernel.edits import Shown, Stale
from daftari.kernel.forms import Typed
from daftari.kernel.refusal import Reason, Refusal
from daftari.reminders.actions.candidates import moment_in
from daftari.reminders.actions.message_text import MessageContext, reminder_text
from daftari.reminders.forms.settings import MessagingSettingsForm
from daftari.reminders.rules.eligibility import Owed, ReminderCandidate
from daftari.reminders.rules.fields import HOURS
from daftari.reminders.rules.settings import BY_ITSELF, AvailableChannels, Tone, chosen_of
from daftari.reminders.store.settings import find_settings


@dataclass(frozen=True, slots=True)
class MessagingSettingsPage:
    """View model of the messaging settings. `channels`: the automatic ones, and whether each is
    open.

    `examples`: a reminder in each tone, to an invented customer.
    """

    home: str
    form: MessagingSettingsForm
    tones: tuple[str, ...]
    hours: tuple[tuple[str, str], ...]
    channels: tuple[tuple[str, bool], ...]
    examples: tuple[tuple[str, str], ...]
    shown: Shown
    reasons: Mapping[str, Reason]


def messaging_settings_page(
    tx: ReadTx,
    member: Member,
    at: datetime,
    available: AvailableChannels,
    typed: Typed | None = None,
    refusal: Refusal | None = None,
) -> MessagingSettingsPage:
    """The stored settings, or as typed with their refusals. Where others changed them meanwhile the
    form is as it would be now, but for what was changed here.
    """
    values = chosen_of(settings := find_settings(tx))
    form, said = MessagingSettingsForm.of(settings), Shown.of(values)
    reasons = refusal.reasons if refusal else {}
    if isinstance(refusal, Stale) and typed is not None:
        marked = MessagingSettingsForm.typed(typed)
        form = replace(form, **{name: getattr(marked, name) for name in refusal.touched})
        said, reasons = Shown.of(values, refusal.conflicts), refusal.asking(_text_of)
    elif typed is not None:
        form, said = MessagingSettingsForm.typed(typed), Shown.sent(typed)
    return MessagingSettingsPage(
        home=member.shop.home,
        form=form,
        tones=tuple(Tone),
        hours=tuple((hour, shown(f"{hour}:00", member.shop.digits)) for hour in HOURS),
        channels=tuple((one, one not in available.closed) for one in BY_ITSELF),
        examples=_examples(member, at, available, form.language),
        shown=said,
        reasons=reasons,
    )


def _text_of(name: str, value: Any) -> str:
    """A value as its choice in the form has it; of several choices a line each."""
    if isinstance(value, bool):
        return "yes" if value else ""
    return "\n".join(value) if isinstance(value, tuple) else str(value)


def _examples(
    member: Member, at: datetime, available: AvailableChannels, language: str
) -> tuple[tuple[str, str], ...]:
    shop, today = member.shop, moment_in(member.shop, at).today
    context = MessageContext(
        shop, language if language == "en" else "ar", f"{available.origin}/stop/…"
    )
    name = "Abu Ali" if context.language == "en" else "أبو علي"
    owed = (Owed(shop.currency, 250 * 10**shop.money.decimals, today),)
    candidate = ReminderCandidate(
        "", name, None, None, None, False, owed, None, None, frozenset(), None
    )
    return tuple((tone, reminder_text(context, candidate, tone, today, None)) for tone in Tone)
