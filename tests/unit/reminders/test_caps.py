"""However many are due, a day has a cap that no setting moves, and nobody is forgotten by it."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from daftari.customers.actions.consent import agree
from daftari.customers.rules.commands import Agree
from daftari.customers.rules.consent import Agreed, ConsentChannel, ConsentMethod, OptIn
from daftari.delivery.actions.dispatch import DispatchPolicy, claim_messages, settle_message
from daftari.delivery.rules import Channel
from daftari.delivery.rules.outcomes import accepted
from daftari.kernel.ids import new_id
from daftari.ledger.rules.kinds import Kind
from daftari.reminders.actions.checks import CHECKS
from daftari.reminders.actions.plan import plan
from daftari.reminders.rules.settings import (
    MOST_AUTOMATIC_A_DAY,
    AvailableChannels,
    MessagingSettings,
)
from daftari.reminders.store.log import find_log
from daftari.reminders.store.settings import put_settings
from tests.book import NOW, SHOP, UMM_SALIM, Book, open_book

MORE = 3
POLICY = DispatchPolicy(frozenset(Channel), frozenset(), CHECKS, 10_000)
POST = AvailableChannels("https://daftari.example")


@pytest.mark.thorough
def test_the_days_cap_holds_and_the_rest_have_tomorrow():
    agreed = Agreed(frozenset({OptIn.named("sms_reminder")}), ConsentMethod.IN_PERSON, "ar")
    with open_book() as book:
        book.at = NOW - timedelta(days=40)
        for n in range(MOST_AUTOMATIC_A_DAY + MORE):
            customer = book.customer(f"زبون {n}", phone=f"+96650{n:07}")
            book.write(agree, UMM_SALIM, book.at, Agree(new_id(), customer, agreed))
            book.entry(customer, Kind.DEBT, 1000)
        book.write(put_settings, replace(MessagingSettings(), automatic=(ConsentChannel.SMS,)))
        planned = []
        for day in range(3):
            book.write(plan, SHOP, NOW + timedelta(days=day), POST)
            send_all(book, NOW + timedelta(days=day))
            planned.append(len(book.write(find_log, None, None, 1000)))
        assert planned == [MOST_AUTOMATIC_A_DAY] + [MOST_AUTOMATIC_A_DAY + MORE] * 2


def send_all(book: Book, at: datetime) -> None:
    """Everything that is ready leaves."""
    while claimed := book.write(claim_messages, SHOP, at, POLICY, ()):
        for one in claimed:
            book.write(settle_message, at, one.message, accepted(one.message.id))
