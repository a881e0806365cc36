"""What the shop's day does by itself: a word to its phones, reminders to who agreed; no more."""

from sqlalchemy import select

from daftari.delivery.tables import messages, subscriptions
from daftari.kernel.ids import new_id
from daftari.reminders.store.settings import find_settings
from tests.integration.ledger.shop_client import errors, text_of, value_of
from tests.integration.reminders.conftest import Counter


async def outbox(app, counter: Counter, purpose: str):
    asked = select(messages).where(messages.c.purpose == purpose).order_by(messages.c.id)
    shop_id = counter.umm_salim.home.split("/")[2]
    return await app.state.shops.read(shop_id, lambda tx: tx.execute(asked).all())


async def test_nobody_is_reminded_by_itself_until_the_shop_says_so(counter: Counter, clock):
    await counter.debtor()
    for _ in range(3):
        await counter.work()
        clock.move(days=1)
    assert counter.texts == []


async def test_who_is_due_and_agreed_is_reminded_once_a_week(counter: Counter, clock):
    await counter.debtor()
    await counter.debtor("سعاد", agreed="sms_receipt whatsapp_reminder")
    await counter.choose(automatic_sms="yes", tone="firm")
    sent = []
    for _ in range(16):
        await counter.work()
        await counter.work()
        sent.append(len(counter.texts))
        clock.move(days=1)
    assert sent == [0] + [1] * 7 + [2] * 7 + [3]  # what is written in the day has tomorrow
    assert all("نرجو السداد" in text for text in counter.texts)


async def test_what_can_still_be_undone_is_not_asked_for(counter: Counter, clock):
    """Written twenty seconds before the hour; what is older goes, and says nothing of it."""
    abu_ali = await counter.debtor()
    await counter.choose(automatic_sms="yes")
    clock.move(hours=21, minutes=59, seconds=40)  # 09:59:40 in Riyadh
    late = {"occurred_on": "2026-11-01", "due_on": "2026-11-20"}
    await counter.umm_salim.wrote(abu_ali, "debt", "77", **late)
    fresh = await counter.customer("سعاد")
    await counter.umm_salim.wrote(fresh, "debt", "10", **late)
    clock.move(seconds=20)
    await counter.work()
    assert len(counter.texts) == 1
    assert "250.00" in counter.texts[0]
    clock.move(days=1)
    await counter.work()
    assert len(counter.texts) == 2
    assert "10.00" in counter.texts[1]


async def test_a_debt_is_brought_to_mind_on_its_day_or_before_it_as_chosen(counter: Counter, clock):
    await counter.debtor(days=3)
    await counter.choose(automatic_sms="yes", days_before="2")
    days = []
    for _ in range(5):
        await counter.work()
        days.append(len(counter.texts))
        clock.move(days=1)
    assert days == [0, 1, 1, 1, 1]
    assert "موعد السداد 26/11/2026" in counter.texts[0]


async def test_not_before_the_hour_and_not_after_it(counter: Counter, clock):
    await counter.debtor()
    await counter.choose(automatic_sms="yes", quiet_until="12", quiet_from="14")
    clock.move(hours=-1)  # 11:00 in Riyadh
    await counter.work()
    assert counter.texts == []
    clock.move(hours=4)
    await counter.work()
    assert counter.texts == []
    clock.move(hours=21)
    await counter.work()
    assert len(counter.texts) == 1


async def test_what_the_provider_did_not_take_today_is_planned_again(counter: Counter, clock):
    await counter.debtor()
    await counter.choose(automatic_sms="yes")
    clock.move(days=1)
    taking, counter.sms.says = counter.sms.says, lambda asked: (503, {}, b"later")
    await counter.work()
    asked = len(counter.sms.asked)
    assert asked >= 1
    clock.move(days=1)
    counter.sms.says = taking
    await counter.work()
    assert len(counter.sms.asked) == asked + 1


async def test_the_phones_are_told_once_a_day_how_many_are_due(app, counter: Counter, clock):
    await counter.debtor()
    await counter.debtor("سعاد", days=1)
    await counter.debtor("سالم", days=1)
    await counter.debtor("فهد", days=5)
    clock.move(days=1)
    await counter.debtor("هند", days=1)  # after the hour: not among them today
    await a_phone(app, counter, clock)
    for _ in range(3):
        await counter.work()
    told = await outbox(app, counter, "digest")
    assert len(told) == 1
    assert '"due":2' in told[0].payload
    assert '"late":1' in told[0].payload
    assert '"badge":3' in told[0].payload
    clock.move(days=1)
    await a_phone(app, counter, clock)
    await counter.work()
    assert len(await outbox(app, counter, "digest")) == 2


async def test_what_a_phone_was_told_of_a_customer_stands_in_the_log(app, counter, clock):
    await a_phone(app, counter, clock)
    abu_ali = await counter.umm_salim.add("أبو علي", credit_limit="10")
    await counter.umm_salim.wrote(abu_ali, "debt", "20")
    await counter.work()
    assert len(await outbox(app, counter, "alert")) == 1
    for path in ("/messages", f"/customers/{abu_ali}/messages"):
        log = await counter.umm_salim.get(path)
        assert log.status_code == 200
        assert "data-message-state" in log.text


async def test_phones_are_not_told_of_nothing(app, counter: Counter, clock):
    await counter.debtor(days=4)
    await a_phone(app, counter, clock)
    for _ in range(3):
        await counter.work()
        clock.move(days=1)
    assert await outbox(app, counter, "digest") == []


async def test_the_settings_are_kept_and_shown(app, counter: Counter):
    chosen = {"tone": "firm", "language": "en", "automatic_email": "yes", "receipts_sms": "yes"}
    assert (await counter.choose(**chosen, days_before="3")).status_code == 303
    shop_id = counter.umm_salim.home.split("/")[2]
    ways = await app.state.shops.read(shop_id, find_settings)
    assert (ways.tone, ways.language, ways.days_before, ways.greets) == ("firm", "en", 3, False)
    assert (ways.automatic, ways.receipts) == (("email",), ("sms",))
    page = await counter.umm_salim.get("/more/messages")
    assert 'name="automatic_email" value="yes" checked' in page.text
    assert "you owe 250.00 Saudi riyal to بقالة النور" in text_of(page)


async def test_the_night_cannot_be_chosen(counter: Counter):
    for hours in (
        {"quiet_until": "7"},
        {"quiet_from": "22"},
        {"quiet_until": "20", "quiet_from": "12"},
    ):
        refused = await counter.choose(**hours)
        assert refused.status_code == 422, hours
        assert errors(refused)[0] in ("choice_unknown", "quiet_hours_not_right")


async def test_karim_does_not_choose(counter: Counter, karim):
    assert (await karim.get("/more/messages")).status_code == 404
    assert value_of(await counter.umm_salim.get("/more/messages"), "tone")


async def a_phone(app, counter: Counter, clock) -> None:
    """A phone that asked to be told; its sign-in is over, so that nothing leaves for it."""
    row = {
        "id": new_id(),
        "person_id": counter.umm_salim.person_id,
        "session_id": new_id(),
        "endpoint": "https://push.example/one",
        "p256dh": "",
        "auth": "",
        "name": "Android",
        "wording": "full",
        "created_at": clock.now(),
    }
    shop_id = counter.umm_salim.home.split("/")[2]
    await app.state.shops.write(shop_id, lambda tx: tx.execute(subscriptions.insert().values(row)))
