"""The settings of messages."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from daftari.accounts.rules import Member
from daftari.db.base import Tx
from daftari.kernel.digits import shown
from daftari.kernel.refusal import Reason
from daftari.reminders.forms.ways import HOURS, WaysForm
from daftari.reminders.rules.cases import Case, Owed
from daftari.reminders.rules.ways import BY_ITSELF, Post, Tone
from daftari.reminders.rules.words import Speech, reminder_text
from daftari.reminders.store.cases import moment_in
from daftari.reminders.store.ways import find_ways


@dataclass(frozen=True, slots=True)
class WaysPage:
    """`channels`: those that need no hand, and whether the operator opened them.

    `examples`: for each tone what a reminder would say, of a customer made up for it.
    """

    home: str
    form: WaysForm
    tones: tuple[str, ...]
    hours: tuple[tuple[str, str], ...]
    channels: tuple[tuple[str, bool], ...]
    examples: tuple[tuple[str, str], ...]
    reasons: Mapping[str, Reason]


def ways_page(
    tx: Tx,
    member: Member,
    at: datetime,
    post: Post,
    form: WaysForm | None = None,
    reasons: Mapping[str, Reason] | None = None,
) -> WaysPage:
    form = form or WaysForm.of(find_ways(tx))
    return WaysPage(
        home=member.shop.home,
        form=form,
        tones=tuple(Tone),
        hours=tuple((hour, shown(f"{hour}:00", member.shop.digits)) for hour in HOURS),
        channels=tuple((one, one not in post.closed) for one in BY_ITSELF),
        examples=_examples(member, at, post, form.language),
        reasons=reasons or {},
    )


def _examples(
    member: Member, at: datetime, post: Post, language: str
) -> tuple[tuple[str, str], ...]:
    shop, today = member.shop, moment_in(member.shop, at).today
    speech = Speech(shop, language if language == "en" else "ar", f"{post.origin}/stop/…")
    name = "Abu Ali" if speech.language == "en" else "أبو علي"
    owed = (Owed(shop.currency, 250 * 10**shop.money.decimals, today),)
    case = Case("", name, None, None, None, False, owed, None, None, frozenset(), None)
    return tuple((tone, reminder_text(speech, case, tone, today, None)) for tone in Tone)
