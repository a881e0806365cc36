"""The page of the messaging settings."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from daftari.db.base import ReadTx
from daftari.identity.rules import Member
from daftari.kernel.digits import shown
from daftari.kernel.refusal import Reason
from daftari.reminders.actions.candidates import moment_in
from daftari.reminders.actions.message_text import MessageContext, reminder_text
from daftari.reminders.forms.settings import MessagingSettingsForm
from daftari.reminders.rules.eligibility import Owed, ReminderCandidate
from daftari.reminders.rules.fields import HOURS
from daftari.reminders.rules.settings import BY_ITSELF, AvailableChannels, Tone
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
    reasons: Mapping[str, Reason]


def messaging_settings_page(
    tx: ReadTx,
    member: Member,
    at: datetime,
    available: AvailableChannels,
    form: MessagingSettingsForm | None = None,
    reasons: Mapping[str, Reason] | None = None,
) -> MessagingSettingsPage:
    form = form or MessagingSettingsForm.of(find_settings(tx))
    return MessagingSettingsPage(
        home=member.shop.home,
        form=form,
        tones=tuple(Tone),
        hours=tuple((hour, shown(f"{hour}:00", member.shop.digits)) for hour in HOURS),
        channels=tuple((one, one not in available.closed) for one in BY_ITSELF),
        examples=_examples(member, at, available, form.language),
        reasons=reasons or {},
    )


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
