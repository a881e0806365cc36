"""Who carries a message: one worker of two, the next one after a crash, and at any hour a clock may
show."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from daftari.db.databases import open_databases
from daftari.delivery.actions import note_opened
from daftari.delivery.actions.dispatch import DispatchPolicy, claim_messages, settle_message
from daftari.delivery.rules import Channel, State
from daftari.delivery.rules.outcomes import LEASE, MOST_CUT_OFF, accepted
from daftari.kernel.refusal import Missing, Reason
from daftari.settings import SmsProvider
from tests.integration.delivery.test_sms import TWILIO_YES, by
from tests.providers import answer


@pytest.fixture
def webhook(sms):
    return sms(lambda asked: answer({"id": asked.fields["id"]}))


@pytest.mark.thorough
async def test_two_workers_at_once_send_every_message_once(office, webhook):
    ids = {await office.enqueue() for _ in range(120)}
    how = by(SmsProvider.WEBHOOK, webhook.origin)
    async with open_databases(office.settings) as second:
        other = replace(office, databases=second)
        await asyncio.gather(office.work(**how), other.work(**how))
        await office.work(**how)
    sent = [asked.fields["id"] for asked in webhook.asked]
    assert (len(sent), set(sent)) == (120, ids)
    assert {row.state for row in await office.rows()} == {State.ACCEPTED}


async def test_a_claim_holds_until_its_lease_ends(office, webhook):
    """Somebody took it and was gone: for a minute nobody else touches it."""
    message_id = await office.enqueue()
    await _take_and_vanish(office, repeatable={Channel.SMS})
    how = by(SmsProvider.WEBHOOK, webhook.origin)
    office.clock.move(seconds=59)
    await office.work(**how)
    assert webhook.asked == []
    office.clock.move(seconds=1)
    await office.work(**how)
    row = await office.row(message_id)
    assert (row.state, row.attempts, len(webhook.asked)) == (State.ACCEPTED, 2, 1)


async def test_what_was_cut_off_at_a_provider_that_forgets_is_unknown(office, sms):
    provider = sms(lambda _: TWILIO_YES)
    message_id = await office.enqueue()
    await _take_and_vanish(office, repeatable=set())
    office.clock.move(hours=1)
    await office.work(**by(SmsProvider.TWILIO, provider.origin))
    row = await office.row(message_id)
    assert (row.state, row.reason, provider.asked) == (State.UNKNOWN, "cut_off", [])
    assert row.sent_at is not None


@pytest.mark.parametrize("jump", [timedelta(days=-400), timedelta(minutes=-2), timedelta(days=400)])
async def test_a_claim_made_under_another_clock_does_not_hold_for_ever(office, webhook, jump):
    message_id = await office.enqueue()
    await _take_and_vanish(office, repeatable={Channel.SMS})
    office.clock.at += jump
    await office.work(**by(SmsProvider.WEBHOOK, webhook.origin))
    office.clock.move(hours=1)
    await office.work(**by(SmsProvider.WEBHOOK, webhook.origin))
    if jump > timedelta(0):
        assert (await office.row(message_id)).state == State.ACCEPTED
        return
    office.clock.at -= jump  # what was enqueued under the later clock waits for its own hour
    await office.work(**by(SmsProvider.WEBHOOK, webhook.origin))
    assert (await office.row(message_id)).state == State.ACCEPTED
    assert len(webhook.asked) == 1


async def test_whoever_was_slow_may_still_say_how_it_ended(office, sms):
    """A worker whose clock ran ahead called it unknown while it was under way."""
    provider = sms(lambda _: TWILIO_YES)
    message_id = await office.enqueue()
    claimed = await _take_and_vanish(office, repeatable=set())
    office.clock.move(minutes=5)
    await office.work(**by(SmsProvider.TWILIO, provider.origin))
    assert (await office.row(message_id)).state == State.UNKNOWN
    await office.write(settle_message, office.clock.now(), claimed[0].message, accepted("SM1"))
    row = await office.row(message_id)
    assert (row.state, row.provider_id) == (State.ACCEPTED, "SM1")


async def test_a_message_that_brings_every_worker_down_is_given_up(office, sms):
    """So many were cut off with it: it is not sent once more."""
    provider = sms(lambda asked: answer({"id": asked.fields["id"]}))
    message_id = await office.enqueue()
    for _ in range(MOST_CUT_OFF):
        await _take_and_vanish(office, repeatable={Channel.SMS})
        office.clock.move(minutes=2)
    await office.work(**by(SmsProvider.WEBHOOK, provider.origin))
    row = await office.row(message_id)
    assert (row.state, row.reason, provider.asked) == (State.UNKNOWN, "cut_off", [])


async def test_what_was_erased_while_it_waited_is_not_sent(office, webhook):
    message_id = await office.enqueue()
    erase = text("UPDATE messages SET payload = '{}' WHERE id = :id")
    await office.write(lambda tx: tx.execute(erase, {"id": message_id}))
    await office.work(**by(SmsProvider.WEBHOOK, webhook.origin))
    row = await office.row(message_id)
    assert (row.state, row.reason, webhook.asked) == (State.CANCELLED, "address_refused", [])


async def test_a_check_is_asked_at_the_moment_of_sending(office, webhook):
    """Paid a minute ago; and at night it waits for the morning."""
    paid = await office.enqueue(customer_id=None, details={"is_paid": True})
    night = await office.enqueue(details={"wait": 8})
    good = await office.enqueue(details={})
    receipt = await office.enqueue(purpose="receipt", details={"is_paid": True})
    asked = []

    def check(tx, shop, at, message):
        asked.append((shop.id, message.id, message.details))
        if message.details.get("is_paid"):
            return Reason("too_late")
        hours = message.details.get("wait", 0)
        ready_at = message.created_at + timedelta(hours=hours)
        return ready_at if at < ready_at else None

    office.checks = {"reminder": check}
    how = by(SmsProvider.WEBHOOK, webhook.origin)
    await office.work(**how)
    assert (await office.row(paid)).state == State.CANCELLED
    assert (await office.row(paid)).reason == "too_late"
    waiting = await office.row(night)
    assert (waiting.state, waiting.attempts) == (State.READY, 0)
    assert waiting.not_before == office.clock.now() + timedelta(hours=8)
    assert {one.fields["id"] for one in webhook.asked} == {good, receipt}
    office.clock.move(hours=8)
    await office.work(**how)
    assert (await office.row(night)).state == State.ACCEPTED
    assert all(shop_id == office.shop_id for shop_id, _, _ in asked)


async def test_a_message_waits_for_its_hour(office, webhook):
    later = office.clock.now() + timedelta(hours=3)
    message_id = await office.enqueue(not_before=later)
    how = by(SmsProvider.WEBHOOK, webhook.origin)
    await office.work(**how)
    assert webhook.asked == []
    office.clock.move(hours=3)
    await office.work(**how)
    assert (await office.row(message_id)).state == State.ACCEPTED


async def test_what_is_asked_for_twice_is_kept_once(office):
    for _ in range(3):
        await office.enqueue(dedupe="due:1:2026-11-23:sms")
    assert len(await office.rows()) == 1


async def test_a_prepared_text_is_opened_by_hand_and_never_sent(office, webhook):
    message_id = await office.enqueue(Channel.WHATSAPP)
    await office.work(**by(SmsProvider.WEBHOOK, webhook.origin))
    assert (await office.row(message_id)).state == State.PREPARED
    for _ in range(2):
        await office.write(note_opened, office.clock.now(), message_id, office.umm_salim.id)
    row = await office.row(message_id)
    assert (row.state, row.opened_by) == (State.OPENED, office.umm_salim.id)
    assert webhook.asked == []
    with pytest.raises(Missing):
        await office.write(note_opened, office.clock.now(), "nothing", office.umm_salim.id)


async def _take_and_vanish(office, repeatable):
    """Claim as a worker does, and send nothing."""
    policy = DispatchPolicy(frozenset({Channel.SMS}), frozenset(repeatable), {}, 1000)
    shop, now = await office.shop(), office.clock.now()
    claimed = await office.write(claim_messages, shop, now, policy, [])
    assert claimed
    assert all(row.lease_until == now + LEASE for row in await office.rows())
    return claimed
