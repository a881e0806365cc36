"""The receipt of an entry: its exact text, and its open channels."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from daftari.db.base import ReadTx
from daftari.identity.rules import Member
from daftari.kernel.refusal import Missing, Reason
from daftari.reminders.actions.compose import compose_receipt, message_context_to, why_no_receipt
from daftari.reminders.pages.remind import ChannelView
from daftari.reminders.rules.settings import AvailableChannels, MessagingSettings
from daftari.reminders.store import receipts
from daftari.reminders.store.settings import find_settings


@dataclass(frozen=True, slots=True)
class ReceiptPage:
    """View model of a receipt. `text`: exactly what would be sent, '' when no channel is open;
    `by_itself`: the channel of its automatic receipt, '' for none.
    """

    home: str
    customer_id: str
    name: str
    action: str
    channels: tuple[ChannelView, ...]
    text: str
    language: str
    by_itself: str
    refused: Reason | None

    @property
    def url(self) -> str:
        return f"{self.home}/customers/{self.customer_id}"

    @property
    def open_channels(self) -> tuple[str, ...]:
        return tuple(way.channel for way in self.channels if way.reason is None)


def receipt_page(
    tx: ReadTx,
    member: Member,
    available: AvailableChannels,
    entry_id: str,
    refused: Reason | None = None,
) -> ReceiptPage:
    """The receipt of an entry. Writes nothing. Raises `Missing`."""
    entry = receipts.find_entry(tx, entry_id)
    if entry is None:
        raise Missing(entry_id)
    settings = find_settings(tx)
    views = tuple(
        ChannelView(one, why_no_receipt(tx, entry, one, available)) for one in available.open
    )
    open_channels = {view.channel for view in views if view.reason is None}
    text = ""
    if open_channels:
        context = message_context_to(
            tx, member.shop, settings, available, entry.customer_id, entry.language
        )
        text = compose_receipt(tx, context, entry)
    return ReceiptPage(
        home=member.shop.home,
        customer_id=entry.customer_id,
        name=entry.name,
        action=f"{member.shop.home}/entries/{entry_id}/receipts",
        channels=views,
        text=text,
        language=entry.language or settings.language,
        by_itself=_by_itself(tx, entry, settings, open_channels),
        refused=refused,
    )


def _by_itself(
    tx: ReadTx, entry: Any, settings: MessagingSettings, open_channels: Collection[str]
) -> str:
    """The channel of the automatic receipt, planned or already in the outbox."""
    channel = next((one for one in settings.receipts if one in open_channels), None)
    if channel is None or entry.kind not in receipts.BY_ITSELF:
        return ""
    made = receipts.find_made(tx, entry.id, channel)
    went = any(one.created_by is None and receipts.stands(one, entry) for one in made)
    return channel if went or entry.sequence > settings.receipts_after else ""
