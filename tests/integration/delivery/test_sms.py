"""Short messages by three forms of API, and providers that misbehave: each has its outcome."""

import gzip
import json
import time
from base64 import b64decode
from datetime import timedelta

import pytest

from daftari.delivery.rules import State
from daftari.settings import SmsProvider
from tests.integration.delivery.conftest import HURRIED_SECONDS
from tests.providers import Asked, answer

TEXT = "عليك 45.00 ريال سعودي لبقالة النور {x} %s"
TWILIO_YES = answer({"sid": "SM1", "status": "queued", "price": "-0.05", "price_unit": "USD"}, 201)
UNIFONIC_DATA = {"MessageID": 42000348806924, "Status": "Queued", "Cost": 0.045}
UNIFONIC_YES = answer({"success": "true", "errorCode": "ER-00", "data": UNIFONIC_DATA})
WEBHOOK_YES = answer({"id": "w-1"})
FORMS = {
    SmsProvider.WEBHOOK: WEBHOOK_YES,
    SmsProvider.TWILIO: TWILIO_YES,
    SmsProvider.UNIFONIC: UNIFONIC_YES,
}


def by(form: SmsProvider, origin: str) -> dict[str, object]:
    """The operator's settings."""
    return {
        "sms_provider": form,
        "sms_url": origin,
        "sms_user": "AC1",
        "sms_token": "secret",
        "sms_sender": "Daftari",
    }


@pytest.mark.parametrize("form", FORMS)
async def test_a_message_is_accepted_and_the_providers_id_kept(office, sms, form):
    provider = sms(lambda _: FORMS[form])
    message_id = await office.enqueue(text=TEXT)
    await office.work(**by(form, provider.origin))
    row = await office.row(message_id)
    ids = {"webhook": "w-1", "twilio": "SM1", "unifonic": "42000348806924"}
    assert (row.state, row.provider_id, row.reason) == (State.ACCEPTED, ids[form], None)
    assert row.sent_at == office.clock.now()
    assert len(provider.asked) == 1


async def test_the_webhook_is_asked_as_it_is_described(office, sms):
    provider = sms(lambda _: answer({"id": "w-1", "cost": "0.031", "currency": "USD"}))
    message_id = await office.enqueue(text=TEXT)
    await office.work(**by(SmsProvider.WEBHOOK, f"{provider.origin}/hook"))
    (asked,) = provider.asked
    sent = {"id": message_id, "to": "+966501234567", "text": TEXT, "sender": "Daftari"}
    assert (asked.path, asked.fields) == ("/hook", sent)
    assert asked.headers["idempotency-key"] == message_id
    assert asked.headers["authorization"] == "Bearer secret"
    row = await office.row(message_id)
    assert (row.cost_micros, row.cost_currency) == (31_000, "USD")


@pytest.mark.parametrize("cost", ["9e30", 2**63, -(2**64), "NaN", "Infinity", {}, "free"])
async def test_a_cost_that_is_none_is_left_out(office, sms, cost):
    provider = sms(lambda _: answer({"id": "w-1", "cost": cost, "currency": "USD"}))
    message_id = await office.enqueue(text=TEXT)
    await office.work(**by(SmsProvider.WEBHOOK, provider.origin))
    row = await office.row(message_id)
    assert (row.state, row.cost_micros) == (State.ACCEPTED, None)


async def test_an_answer_is_asked_for_as_it_is_read(office, sms):
    def packs_if_it_may(asked):
        words = json.dumps({"id": "w-1"}).encode()
        if "gzip" in asked.headers.get("accept-encoding", ""):
            return answer(gzip.compress(words), Content_Encoding="gzip")
        return answer(words)

    provider = sms(packs_if_it_may)
    message_id = await office.enqueue(text=TEXT)
    await office.work(**by(SmsProvider.WEBHOOK, provider.origin))
    row = await office.row(message_id)
    assert (row.state, row.provider_id) == (State.ACCEPTED, "w-1")


async def test_twilio_is_asked_in_its_own_way(office, sms):
    provider = sms(lambda _: TWILIO_YES)
    message_id = await office.enqueue(text=TEXT)
    await office.work(**by(SmsProvider.TWILIO, provider.origin))
    (asked,) = provider.asked
    assert asked.path == "/2010-04-01/Accounts/AC1/Messages.json"
    assert asked.fields == {"To": "+966501234567", "Body": TEXT, "From": "Daftari"}
    assert b64decode(asked.headers["authorization"].removeprefix("Basic ")) == b"AC1:secret"
    row = await office.row(message_id)
    assert (row.cost_micros, row.cost_currency) == (50_000, "USD")


async def test_unifonic_is_asked_in_its_own_way(office, sms):
    provider = sms(lambda _: UNIFONIC_YES)
    message_id = await office.enqueue(text=TEXT)
    await office.work(**by(SmsProvider.UNIFONIC, provider.origin))
    (asked,) = provider.asked
    assert asked.fields == {
        "AppSid": "secret",
        "SenderID": "Daftari",
        "Recipient": "966501234567",
        "Body": TEXT,
        "CorrelationID": message_id,
        "responseType": "JSON",
    }


BAD = [
    # a refusal inside a good answer
    (SmsProvider.WEBHOOK, answer({"error": "no such number"}), State.FAILED, "provider_refused"),
    (
        SmsProvider.TWILIO,
        answer({"sid": "SM1", "status": "failed", "error_code": 30006}),
        State.FAILED,
        "provider_refused",
    ),
    (
        SmsProvider.UNIFONIC,
        answer({"success": False, "message": "Dest num is too short", "errorCode": "ER-04"}),
        State.FAILED,
        "provider_refused",
    ),
    (
        SmsProvider.UNIFONIC,
        answer({"success": "true", "data": {"MessageID": 1, "Status": "Rejected"}}),
        State.FAILED,
        "provider_refused",
    ),
    *(
        (form, answer({"message": "no"}, status, **more), state, reason)
        for form in FORMS
        for status, more, state, reason in [
            (400, {}, State.FAILED, "provider_refused"),
            (401, {}, State.READY, "provider_knows_us_not"),
            (402, {}, State.READY, "provider_unpaid"),
            (403, {}, State.READY, "provider_knows_us_not"),
            (429, {"Retry_After": "900"}, State.READY, "provider_busy"),
            (503, {}, State.READY, "provider_busy"),
            (302, {"Location": "http://127.0.0.1:1/"}, State.FAILED, "provider_moved"),
        ]
    ),
    # nobody can say whether it was taken: asked again only where that does no harm
    *(
        (form, said, State.READY if form is SmsProvider.WEBHOOK else State.UNKNOWN, reason)
        for form in FORMS
        for said, reason in [
            (answer({}, 500), "provider_failed"),
            (answer(b"<html>Bad gateway", 502), "provider_failed"),
            (answer(b"OK"), "provider_not_understood"),
            (answer(b"\xff\xfe\x00"), "provider_not_understood"),
            (answer([1, 2]), "provider_not_understood"),
            (answer({"hello": "world"}), "provider_not_understood"),
            (answer(b"[" * 5000), "provider_not_understood"),
        ]
    ),
]


@pytest.mark.thorough
@pytest.mark.parametrize(("form", "reply", "state", "reason"), BAD)
async def test_a_bad_answer_has_its_outcome(office, sms, form, reply, state, reason):
    provider = sms(lambda _: reply)
    message_id = await office.enqueue()
    await office.work(**by(form, provider.origin))
    row = await office.row(message_id)
    assert (row.state, row.reason) == (state, reason)
    if state is State.READY:
        assert row.not_before > office.clock.now()
    office.clock.move(days=1)
    again = len(provider.asked)
    await office.work(**by(form, provider.origin))
    assert len(provider.asked) == again + (1 if state is State.READY else 0)


async def test_the_wait_a_provider_asks_for_is_kept(office, sms):
    provider = sms(lambda _: answer({}, 429, Retry_After="900"))
    message_id = await office.enqueue()
    await office.work(**by(SmsProvider.TWILIO, provider.origin))
    row = await office.row(message_id)
    assert row.not_before == office.clock.now() + timedelta(seconds=900)


@pytest.mark.thorough
@pytest.mark.parametrize("form", FORMS)
async def test_a_provider_that_never_answers_costs_one_attempt_once(office, sms, hurried, form):
    """The good message beside it is sent at once, and the slow one costs no more in the crowd."""

    def says(asked: Asked):
        to = asked.fields.get("to") or asked.fields.get("To") or asked.fields["Recipient"]
        return FORMS[form] if to.endswith("1") else None

    provider = sms(says)
    slow = [await office.enqueue(to=f"+96650123456{n}") for n in range(2, 9)]
    good = await office.enqueue(to="+966501234561")
    begun = time.monotonic()
    await office.work(**by(form, provider.origin))
    assert time.monotonic() - begun < 7 * HURRIED_SECONDS, "they were asked one after another"
    assert (await office.row(good)).state == State.ACCEPTED
    idempotent = form is SmsProvider.WEBHOOK
    for message_id in slow:
        row = await office.row(message_id)
        assert row.state == (State.READY if idempotent else State.UNKNOWN)
        assert row.reason == "provider_silent"


async def test_nobody_there_is_tried_again_by_every_form(office):
    for form in FORMS:
        message_id = await office.enqueue()
        await office.work(**by(form, "http://127.0.0.1:1"))
        row = await office.row(message_id)
        assert (row.state, row.reason) == (State.READY, "provider_unreachable")


async def test_the_same_key_goes_with_every_repetition(office, sms):
    replies = iter([answer({}, 500), answer(b"?"), WEBHOOK_YES])
    provider = sms(lambda _: next(replies))
    message_id = await office.enqueue()
    for _ in range(4):
        await office.work(**by(SmsProvider.WEBHOOK, provider.origin))
        office.clock.move(hours=7)
    keys = [asked.headers["idempotency-key"] for asked in provider.asked]
    assert keys == [message_id] * 3
    assert (await office.row(message_id)).state == State.ACCEPTED


async def test_what_the_provider_said_is_kept_short(office, sms):
    provider = sms(lambda _: answer({"message": "ض" * 1000}, 400))
    message_id = await office.enqueue()
    await office.work(**by(SmsProvider.TWILIO, provider.origin))
    row = await office.row(message_id)
    assert row.provider_said.startswith("400 ض")
    assert len(row.provider_said) <= 200


async def test_a_shops_day_has_room_for_so_many_parts(office, sms):
    """Two parts each, five a day: two go today, two tomorrow, one the day after."""
    provider = sms(lambda asked: answer({"id": asked.fields["id"]}))
    ids = [await office.enqueue(text="ض" * 100) for _ in range(5)]
    how = {**by(SmsProvider.WEBHOOK, provider.origin), "sms_daily": 5}
    sent = []
    for _ in range(3):
        await office.work(**how)
        sent.append(len(provider.asked))
        office.clock.move(days=1)
    assert sent == [2, 4, 5]
    assert {asked.fields["id"] for asked in provider.asked} == set(ids)
    assert {row.segments for row in await office.rows()} == {2}


async def test_what_no_day_has_room_for_is_not_sent(office, sms):
    provider = sms(lambda _: WEBHOOK_YES)
    message_id = await office.enqueue(text="ض" * 400)
    await office.work(**{**by(SmsProvider.WEBHOOK, provider.origin), "sms_daily": 3})
    row = await office.row(message_id)
    assert (row.state, row.reason, provider.asked) == (State.CANCELLED, "beyond_daily_cap", [])


async def test_without_a_provider_nothing_waits_for_ever(office):
    message_id = await office.enqueue()
    await office.work()
    row = await office.row(message_id)
    assert (row.state, row.reason) == (State.CANCELLED, "channel_off")
