"""The receipt of a line: the exact words, and by which way they may go."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from daftari.accounts.rules import Member
from daftari.customers.rules.consent import Channel
from daftari.db.base import Tx
from daftari.kernel.refusal import Missing, Reason
from daftari.reminders.pages.remind import WayView
from daftari.reminders.rules.ways import Post, Ways
from daftari.reminders.store import receipts
from daftari.reminders.store.letters import speech_to, why_no_receipt, words_of_receipt
from daftari.reminders.store.ways import find_ways


@dataclass(frozen=True, slots=True)
class ReceiptPage:
    """`text`: exactly what would be sent, '' where no way is open; `by_itself`: the channel that
    takes it without a hand, '' for none.
    """

    home: str
    customer_id: str
    name: str
    action: str
    ways: tuple[WayView, ...]
    text: str
    language: str
    by_itself: str
    refused: Reason | None

    @property
    def url(self) -> str:
        return f"{self.home}/customers/{self.customer_id}"

    @property
    def open_ways(self) -> tuple[str, ...]:
        return tuple(way.channel for way in self.ways if way.reason is None)


def receipt_page(
    tx: Tx, member: Member, post: Post, entry_id: str, refused: Reason | None = None
) -> ReceiptPage:
    """Writes nothing. Raises `Missing`."""
    line = receipts.find_line(tx, entry_id)
    if line is None:
        raise Missing(entry_id)
    ways = find_ways(tx)
    views = tuple(WayView(one, why_no_receipt(tx, line, one, post)) for one in Channel)
    open_ways = {view.channel for view in views if view.reason is None}
    text = ""
    if open_ways:
        speech = speech_to(tx, member.shop, ways, post, line.customer_id, line.language)
        text = words_of_receipt(tx, speech, line)
    return ReceiptPage(
        home=member.shop.home,
        customer_id=line.customer_id,
        name=line.name,
        action=f"{member.shop.home}/entries/{entry_id}/receipts",
        ways=views,
        text=text,
        language=line.language or ways.language,
        by_itself=_by_itself(tx, line, ways, open_ways),
        refused=refused,
    )


def _by_itself(tx: Tx, line: Any, ways: Ways, open_ways: Collection[str]) -> str:
    """It waits for its turn, or was put into the outbox when that came."""
    channel = next((one for one in ways.receipts if one in open_ways), None)
    if channel is None or line.kind not in receipts.BY_ITSELF:
        return ""
    made = receipts.find_made(tx, line.id, channel)
    went = any(one.created_by is None and receipts.stands(one, line) for one in made)
    return channel if went or line.sequence > ways.receipts_after else ""
