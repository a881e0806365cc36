"""Everything that speaks against a reminder has a name, and the first of them is told."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from daftari.customers.rules.consent import OPT_INS, ConsentChannel, OptIn
from daftari.reminders.rules.eligibility import (
    LocalTime,
    Owed,
    ReminderCandidate,
    automatic_channel,
    why_not_automatic,
    why_not_by_hand,
)
from daftari.reminders.rules.settings import AvailableChannels, MessagingSettings

NOW = LocalTime(datetime(2026, 11, 23, 9, tzinfo=UTC), "Asia/Riyadh")
TODAY = date(2026, 11, 23)
LATE_EVENING = LocalTime(datetime(2026, 11, 23, 19, tzinfo=UTC), "Asia/Riyadh")
OPEN = AvailableChannels("https://daftari.example")
ABU_ALI = ReminderCandidate(
    customer_id="one",
    name="أبو علي",
    phone="+966501234567",
    email="ali@example.com",
    language=None,
    is_supplier=False,
    owed=(Owed("SAR", 25000, TODAY),),
    promise_on=None,
    last_payment_on=None,
    opt_ins=frozenset(OPT_INS),
    reminded_at=None,
)


def test_who_agreed_and_owes_may_be_reminded_by_every_way():
    assert [
        why_not_by_hand(ABU_ALI, one, NOW, MessagingSettings(), OPEN) for one in ConsentChannel
    ] == [None] * 3
    assert why_not_automatic(ABU_ALI, NOW) is None


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"is_supplier": True}, "supplier_not_reminded"),
        ({"owed": ()}, "nothing_to_remind_of"),
        ({"last_payment_on": TODAY}, "paid_today"),
        ({"last_payment_on": TODAY + timedelta(days=1)}, "paid_today"),
        ({"promise_on": TODAY}, "promise_ahead"),
        ({"promise_on": TODAY + timedelta(days=3)}, "promise_ahead"),
        ({"reminded_at": NOW.at - timedelta(hours=2)}, "reminded_today"),
        ({"reminded_at": NOW.at + timedelta(hours=20)}, "reminded_today"),
        ({"phone": None}, "no_phone"),
        ({"opt_ins": frozenset()}, "no_consent"),
        ({"opt_ins": frozenset({OptIn.named("email_reminder")})}, "no_consent"),
        ({"opt_ins": frozenset({OptIn.named("sms_receipt")})}, "no_consent"),
    ],
)
def test_what_speaks_against_it_has_a_name(changed, reason):
    candidate = replace(ABU_ALI, **changed)
    refused = why_not_by_hand(candidate, ConsentChannel.SMS, NOW, MessagingSettings(), OPEN)
    assert refused is not None
    assert refused.name == reason


@pytest.mark.parametrize(
    "changed",
    [
        {"last_payment_on": TODAY - timedelta(days=1)},
        {"promise_on": TODAY - timedelta(days=1)},
        {"reminded_at": NOW.at - timedelta(days=1)},
    ],
)
def test_what_is_over_speaks_against_nothing(changed):
    assert (
        why_not_by_hand(
            replace(ABU_ALI, **changed), ConsentChannel.SMS, NOW, MessagingSettings(), OPEN
        )
        is None
    )


def test_at_night_whatsapp_is_not_opened_and_what_goes_by_itself_waits():
    refused = why_not_by_hand(
        ABU_ALI, ConsentChannel.WHATSAPP, LATE_EVENING, MessagingSettings(), OPEN
    )
    assert refused is not None
    assert refused.name == "quiet_hours"
    assert (
        why_not_by_hand(ABU_ALI, ConsentChannel.SMS, LATE_EVENING, MessagingSettings(), OPEN)
        is None
    )


@pytest.mark.parametrize(
    ("days", "reason"),
    [(0, "reminded_today"), (1, "reminded_this_week"), (6.99, "reminded_this_week")],
)
def test_the_program_waits_a_week_after_any_reminder(days, reason):
    candidate = replace(ABU_ALI, reminded_at=NOW.at - timedelta(days=days))
    refused = why_not_automatic(candidate, NOW)
    assert refused is not None
    assert refused.name == reason


def test_after_the_week_it_may_go_on():
    candidate = replace(ABU_ALI, reminded_at=NOW.at - timedelta(days=7))
    assert why_not_automatic(candidate, NOW) is None


def test_what_has_no_day_is_brought_to_mind_by_hand_only():
    candidate = replace(ABU_ALI, owed=(Owed("SAR", 25000, None),))
    assert why_not_by_hand(candidate, ConsentChannel.SMS, NOW, MessagingSettings(), OPEN) is None
    refused = why_not_automatic(candidate, NOW)
    assert refused is not None
    assert refused.name == "nothing_due"


def test_the_program_takes_the_first_way_that_is_open():
    settings = MessagingSettings(automatic=(ConsentChannel.SMS, ConsentChannel.EMAIL))
    assert automatic_channel(ABU_ALI, settings, OPEN) is ConsentChannel.SMS
    assert automatic_channel(replace(ABU_ALI, phone=None), settings, OPEN) is ConsentChannel.EMAIL
    no_sms = AvailableChannels("", frozenset({ConsentChannel.SMS}))
    assert automatic_channel(ABU_ALI, settings, no_sms) is ConsentChannel.EMAIL
    assert automatic_channel(replace(ABU_ALI, opt_ins=frozenset()), settings, OPEN) is None
    assert automatic_channel(ABU_ALI, MessagingSettings(), OPEN) is None
