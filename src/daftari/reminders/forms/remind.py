"""The form of a reminder or a receipt: message id, channel, tone."""

from collections.abc import Iterable

from daftari.customers.rules.consent import ConsentChannel
from daftari.kernel.forms import Readings, Typed, read_choice, read_new_id
from daftari.kernel.ids import is_id
from daftari.kernel.refusal import Refusal
from daftari.reminders.rules.settings import Tone


def read_channel(text: str) -> ConsentChannel:
    """The channel. Raises Refusal(choice='choice_unknown')."""
    return ConsentChannel(read_choice(text, tuple(ConsentChannel), "choice_unknown"))


def read_asking(typed: Typed, usual: Tone) -> tuple[str, ConsentChannel, Tone]:
    """The id, a new one when missing; the channel; the tone, the default when missing.

    Raises Refusal: id_not_an_id, choice_unknown.
    """
    form = Readings()
    message_id = form.read("id", lambda: read_new_id(typed.get("id")), "")
    channel = form.read(
        "channel", lambda: read_channel(typed.get("channel", "")), ConsentChannel.SMS
    )
    tone = form.read("tone", lambda: read_tone(typed.get("tone", ""), usual), usual)
    form.settle()
    return message_id, channel, tone


def read_tone(text: str, usual: Tone) -> Tone:
    """The tone. Raises Refusal(choice='choice_unknown')."""
    return Tone(read_choice(text, tuple(Tone), "choice_unknown")) if text else usual


def read_picks(picked: Iterable[str]) -> list[tuple[str, ConsentChannel, str]]:
    """The selected rows of a batch, `{message id}.{channel}.{customer id}`.

    Raises Refusal(form='batch_empty'), Refusal(form='choice_unknown').
    """
    picks = [_read_pick(pick) for pick in picked]
    if not picks:
        raise Refusal(form="batch_empty")
    return picks


def _read_pick(pick: str) -> tuple[str, ConsentChannel, str]:
    message_id, _, rest = pick.partition(".")
    channel, _, customer_id = rest.partition(".")
    if not is_id(message_id) or channel not in tuple(ConsentChannel):
        raise Refusal(form="choice_unknown")
    return message_id, ConsentChannel(channel), customer_id
