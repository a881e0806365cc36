"""Reminding somebody: the exact words first, by the way he agreed to, and only what is right."""

from dataclasses import replace
from typing import Any

import httpx
import pytest

from daftari.kernel.ids import new_id
from tests.integration.ledger.shop_client import HTMX, errors, plain
from tests.integration.reminders.conftest import (
    EVERYTHING,
    Counter,
    letter_of,
    letters_of,
    state_of,
)


async def test_what_is_seen_is_what_is_sent(counter: Counter):
    abu_ali = await counter.debtor()
    sheet = await counter.umm_salim.get(f"/customers/{abu_ali}/remind?channel=sms&tone=firm")
    seen = letter_of(sheet)
    assert "عليك 250.00 ريال سعودي عند بقالة النور" in seen
    assert "14/11/2026" in seen
    message = await counter.message(abu_ali, tone="firm")
    assert state_of(message) == "ready"
    assert letter_of(message) == seen
    await counter.work()
    assert counter.texts == [seen]
    assert counter.sms.asked[0].fields["to"] == "+966501234567"


async def whatsapp_of(counter: Counter, message: httpx.Response) -> httpx.URL:
    """Where the button of a message leads."""
    answer = await counter.umm_salim.browser.get(f"{message.url.path}/open")
    assert answer.status_code == 303
    return httpx.URL(answer.headers["location"])


async def test_looking_writes_nothing(counter: Counter):
    abu_ali = await counter.debtor()
    for _ in range(2):
        await counter.umm_salim.get(f"/customers/{abu_ali}/remind")
    log = await counter.umm_salim.get(f"/customers/{abu_ali}/messages")
    assert "data-message-state" not in log.text
    await counter.work()
    assert counter.texts == []


async def test_whatsapp_is_prepared_and_opened_and_never_called_sent(counter: Counter):
    abu_ali = await counter.debtor()
    message = await counter.message(abu_ali, "whatsapp")
    assert state_of(message) == "prepared"
    place = await whatsapp_of(counter, message)
    assert (place.host, place.path) == ("wa.me", "/966501234567")
    assert place.params["text"] == letter_of(message)
    await counter.work()
    assert counter.texts == []
    opened = await counter.umm_salim.browser.post(f"{message.url.path}/opened")
    assert opened.status_code == 303
    again = await counter.umm_salim.browser.post(f"{message.url.path}/opened")
    assert again.status_code == 303
    page = await counter.umm_salim.browser.get(message.url.path)
    assert state_of(page) == "opened"


async def test_an_email_says_the_same_with_a_subject(counter: Counter):
    abu_ali = await counter.debtor()
    seen = letter_of(await counter.message(abu_ali, "email"))
    await counter.work()
    assert len(counter.post.letters) == 1
    assert counter.post.letters[0].rcpt_tos == ["ali@example.com"]
    assert "250.00" in seen


@pytest.mark.parametrize(
    ("typed", "channel", "reason"),
    [
        ({"agreed": "email_reminder"}, "sms", "no_consent"),
        ({"agreed": "sms_receipt whatsapp_receipt"}, "whatsapp", "no_consent"),
        ({"agreed": "email_reminder", "phone": ""}, "sms", "no_phone"),
        ({"agreed": "sms_reminder", "email": ""}, "email", "no_email"),
    ],
)
async def test_without_consent_or_address_it_is_off_and_says_why(
    counter: Counter, typed, channel, reason
):
    abu_ali = await counter.debtor(**typed)
    sheet = await counter.umm_salim.get(f"/customers/{abu_ali}/remind")
    assert reason in errors(sheet)
    refused = await counter.remind(abu_ali, channel)
    assert refused.status_code == 422
    assert errors(refused)[0] == reason
    await counter.work()
    assert counter.texts == []


async def test_a_debt_paid_a_minute_ago_is_not_reminded(counter: Counter):
    abu_ali = await counter.debtor()
    message = await counter.message(abu_ali)
    assert state_of(message) == "ready"
    await counter.umm_salim.wrote(abu_ali, "payment", "250")
    await counter.work()
    assert counter.texts == []
    page = await counter.umm_salim.browser.get(message.url.path)
    assert state_of(page) == "cancelled"
    assert errors(page) == ["nothing_to_remind_of"]
    assert errors(await counter.remind(abu_ali))[0] == "nothing_to_remind_of"


async def test_a_part_paid_today_leaves_him_alone_until_tomorrow(counter: Counter, clock):
    abu_ali = await counter.debtor()
    await counter.umm_salim.wrote(abu_ali, "payment", "50")
    assert errors(await counter.remind(abu_ali))[0] == "paid_today"
    clock.move(days=1)
    assert "200.00 ريال سعودي" in letter_of(await counter.message(abu_ali))


async def test_a_text_that_no_longer_says_the_truth_is_held_back(counter: Counter):
    abu_ali = await counter.debtor()
    message = await counter.message(abu_ali, "whatsapp")
    line = {"occurred_on": "2026-11-01", "due_on": "2026-11-20"}
    await counter.umm_salim.wrote(abu_ali, "debt", "10", **line)
    place = await whatsapp_of(counter, message)
    assert place.path == message.url.path
    await counter.umm_salim.browser.post(f"{message.url.path}/opened")
    page = await counter.umm_salim.browser.get(message.url.path)
    assert errors(page) == ["balance_changed"]
    assert state_of(page) == "prepared"
    assert f"{message.url.path}/open" not in page.text.split("<form")[0]


async def test_what_was_opened_is_not_opened_again_against_his_will(counter: Counter):
    abu_ali = await counter.debtor()
    message = await counter.message(abu_ali, "whatsapp")
    await counter.umm_salim.browser.post(f"{message.url.path}/opened")
    assert (await whatsapp_of(counter, message)).host == "wa.me"
    await counter.umm_salim.wrote(abu_ali, "payment", "250")
    assert (await whatsapp_of(counter, message)).path == message.url.path


async def test_a_text_is_of_the_day_it_was_made_and_of_the_day_it_was_opened(
    counter: Counter, clock
):
    abu_ali = await counter.debtor()
    forgotten = await counter.message(abu_ali, "whatsapp")
    clock.move(days=1)
    assert (await whatsapp_of(counter, forgotten)).path == forgotten.url.path
    page = await counter.umm_salim.browser.get(forgotten.url.path)
    assert errors(page) == ["text_of_another_day"]
    assert f"/customers/{abu_ali}/remind" in page.text
    opened = await counter.message(abu_ali, "whatsapp")
    await counter.umm_salim.browser.post(f"{opened.url.path}/opened")
    clock.move(days=1)
    await counter.message(abu_ali)
    await counter.work()
    assert (await whatsapp_of(counter, opened)).path == opened.url.path
    assert len(counter.texts) == 1


async def test_what_is_not_whatsapp_has_no_such_door(counter: Counter):
    message = await counter.message(await counter.debtor(), "email")
    answer = await counter.umm_salim.browser.get(f"{message.url.path}/open")
    assert answer.status_code == 404


async def test_who_gave_his_word_is_left_alone_until_its_day_is_over(counter: Counter, clock):
    abu_ali = await counter.debtor()
    promised = {"id": new_id(), "promised_on": "2026-11-25", "currency": "SAR"}
    said = await counter.umm_salim.post(f"/customers/{abu_ali}/promises", **promised)
    assert said.status_code == 303, said.text
    assert errors(await counter.remind(abu_ali))[0] == "promise_ahead"
    clock.move(days=3)
    assert (await counter.remind(abu_ali)).status_code == 303


@pytest.mark.parametrize("due_on", ["", "2026-12-30"])
async def test_his_word_holds_for_what_has_no_day_or_a_later_one(counter: Counter, due_on):
    abu_ali = await counter.customer()
    await counter.umm_salim.wrote(abu_ali, "debt", "12.50", due_on=due_on)
    promised = {"id": new_id(), "promised_on": "2026-11-25", "currency": "SAR"}
    await counter.umm_salim.post(f"/customers/{abu_ali}/promises", **promised)
    assert errors(await counter.remind(abu_ali))[0] == "promise_ahead"


async def test_once_a_day_is_enough_by_whatever_way(counter: Counter, clock):
    abu_ali = await counter.debtor()
    await counter.message(abu_ali)
    await counter.work()
    assert errors(await counter.remind(abu_ali, "email"))[0] == "reminded_today"
    clock.move(days=1)
    assert (await counter.remind(abu_ali, "email")).status_code == 303


async def test_the_same_form_sent_twice_is_one_message(counter: Counter):
    abu_ali, message_id = await counter.debtor(), new_id()
    for _ in range(2):
        assert (await counter.remind(abu_ali, id=message_id)).status_code == 303
    await counter.work()
    assert len(counter.texts) == 1
    other = await counter.debtor("سالم")
    assert (await counter.remind(other, id=message_id)).status_code == 409


async def test_what_is_asked_for_at_night_goes_in_the_morning(counter: Counter, clock):
    abu_ali = await counter.debtor()
    clock.move(hours=11)  # 23:00 in Riyadh
    assert errors(await counter.remind(abu_ali, "whatsapp"))[0] == "quiet_hours"
    await counter.message(abu_ali)
    await counter.work()
    assert counter.texts == []
    clock.move(hours=10, minutes=59)
    await counter.work()
    assert counter.texts == []
    clock.move(minutes=1)
    await counter.work()
    assert len(counter.texts) == 1


async def test_a_consent_taken_back_overnight_is_looked_at_again(counter: Counter, clock):
    abu_ali = await counter.debtor()
    clock.move(hours=11)
    message = await counter.message(abu_ali)
    await counter.end_consents(abu_ali)
    clock.move(hours=12)
    await counter.work()
    assert counter.texts == []
    assert errors(await counter.umm_salim.browser.get(message.url.path)) == ["no_consent"]


async def test_his_own_language_is_spoken_whatever_the_shop_speaks(counter: Counter):
    smith = await counter.debtor("Mr Smith", language="en")
    text = letter_of(await counter.umm_salim.get(f"/customers/{smith}/remind"))
    assert "you owe 250.00 Saudi riyal to بقالة النور" in text
    assert "عليك" not in text


async def test_what_has_no_day_can_be_reminded_by_hand(counter: Counter):
    abu_ali = await counter.customer()
    await counter.umm_salim.wrote(abu_ali, "debt", "12.50")
    text = letter_of(await counter.umm_salim.get(f"/customers/{abu_ali}/remind"))
    assert "عليك 12.50 ريال سعودي عند بقالة النور" in text
    assert "موعد" not in text


async def test_odd_names_are_sent_as_they_are(counter: Counter):
    odd = "{0} %s 100% <b> %(amounts)s"
    customer = await counter.debtor(odd)
    await counter.message(customer)
    await counter.work()
    assert odd in counter.texts[0]


async def test_htmx_is_given_the_sheet_and_sent_on_to_the_message(counter: Counter):
    abu_ali = await counter.debtor()
    sheet = await counter.umm_salim.get(f"/customers/{abu_ali}/remind", headers=HTMX)
    assert sheet.text.strip().startswith('<section class="sheet" id="remind"')
    sent = await counter.umm_salim.post(
        f"/customers/{abu_ali}/reminders", htmx=True, id=new_id(), channel="sms"
    )
    assert sent.headers["hx-redirect"].startswith(f"{counter.umm_salim.home}/messages/")


async def test_karim_may_remind_one_and_not_everybody(counter: Counter, karim):
    abu_ali = await counter.debtor()
    asked = {"id": new_id(), "channel": "sms"}
    assert (await karim.post(f"/customers/{abu_ali}/reminders", **asked)).status_code == 303
    assert (await karim.get("/reminders")).status_code == 404


async def test_huda_reminds_nobody_here(counter: Counter, huda):
    abu_ali = await counter.debtor()
    message = await counter.message(abu_ali)
    home = counter.umm_salim.home
    for path in (f"{home}/customers/{abu_ali}/remind", message.url.path, f"{home}/messages"):
        assert (await huda.browser.get(path)).status_code == 404
    answer = await huda.browser.post(f"{home}/customers/{abu_ali}/reminders", data={})
    assert answer.status_code == 404


async def test_the_log_tells_what_became_of_everything(counter: Counter, clock):
    abu_ali, salim = await counter.debtor(), await counter.debtor("سالم")
    await counter.message(abu_ali)
    await counter.message(salim, "whatsapp")
    await counter.work()
    clock.move(days=1)
    counter.sms.says = lambda asked: (400, {}, b'{"error": "no such number"}')
    await counter.message(abu_ali)
    await counter.work()
    shop = (await counter.umm_salim.get("/messages")).text
    assert shop.count("data-message-state") == 3
    for state in ("accepted", "prepared", "failed"):
        assert f'data-message-state="{state}"' in shop
    mine = (await counter.umm_salim.get(f"/customers/{abu_ali}/messages")).text
    assert mine.count("data-message-state") == 2
    assert "تذكير" in plain(mine)
    assert letters_of(await counter.umm_salim.get("/messages")) == []


async def test_a_way_the_operator_did_not_open_says_so(counter: Counter, app):
    app.state.settings = replace(app.state.settings, sms_provider=None)
    abu_ali = await counter.debtor()
    refused = await counter.remind(abu_ali)
    assert errors(refused)[0] == "channel_closed"


async def test_words_made_for_another_number_are_not_opened(counter: Counter):
    """The stranger behind a mistyped number is told nothing, though the right one agreed."""
    abu_ali = await counter.debtor()
    message = await counter.message(abu_ali, "whatsapp")
    typed = {"name": "أبو علي", "phone": "0509999999"}
    changed = await counter.umm_salim.post(f"/customers/{abu_ali}", **typed)
    assert changed.status_code == 303, changed.text
    await counter.agree(abu_ali, **EVERYTHING)
    assert (await whatsapp_of(counter, message)).path == message.url.path
    assert errors(await counter.umm_salim.browser.get(message.url.path)) == ["address_changed"]


async def asked(counter: Counter, customer: str, channel: str = "whatsapp", **more: str) -> Any:
    """«He was asked, and agrees now», as the sheet says it."""
    form = {"id": new_id(), "consents": "anew", f"agreed_{channel}_reminder": "yes"}
    form |= {"channel": channel, "tone": "plain", "consent_how": "by_phone", **more}
    return await counter.umm_salim.post(f"/customers/{customer}/remind/agreed", **form)


async def test_a_consent_is_asked_for_and_noted_inside_the_sheet(counter: Counter):
    abu_ali = await counter.debtor(agreed="")
    sheet = await counter.umm_salim.get(f"/customers/{abu_ali}/remind?channel=whatsapp")
    assert "هل توافق أن نرسل إليك" in plain(sheet.text)
    assert letters_of(sheet) == []
    answer = await asked(counter, abu_ali)
    assert answer.status_code == 303
    sheet = await counter.umm_salim.browser.get(answer.headers["location"])
    assert "عليك 250.00 ريال سعودي" in letter_of(sheet)
    consents = plain((await counter.umm_salim.get(f"/customers/{abu_ali}/consents")).text)
    assert "وافق بالهاتف" in consents
    assert (await counter.remind(abu_ali, "whatsapp")).status_code == 303
    assert errors(await counter.remind(abu_ali, "sms"))[0] == "no_consent"


async def test_by_htmx_the_sheet_goes_on_with_the_words(counter: Counter):
    abu_ali = await counter.debtor(agreed="")
    answer = await asked(counter, abu_ali, htmx=True)
    assert answer.status_code == 200
    assert letter_of(answer)
    spoilt = await asked(counter, abu_ali, consents="asked")
    assert spoilt.status_code == 422


async def test_the_sheet_says_what_of_it_is_due_and_what_is_the_whole(counter: Counter):
    abu_ali = await counter.debtor()
    whole = await counter.umm_salim.get(f"/customers/{abu_ali}/remind")
    assert "كل ما عليه" not in plain(whole.text)
    await counter.umm_salim.wrote(abu_ali, "debt", "50", due_on="2026-12-20")
    for path in (f"/customers/{abu_ali}/remind", "/reminders"):
        page = plain((await counter.umm_salim.get(path)).text)
        assert "المستحق 250.00 ريال سعودي · كل ما عليه 300.00 ريال سعودي" in page


async def test_ways_that_nobody_set_up_are_not_shown(counter: Counter, app):
    abu_ali = await counter.debtor()
    app.state.settings = replace(app.state.settings, sms_provider=None, smtp_url="")
    for path in (f"/customers/{abu_ali}/remind", "/reminders"):
        page = await counter.umm_salim.get(path)
        assert "channel_closed" not in page.text
        assert "رسالة نصية" not in plain(page.text)
        assert "بريد" not in plain(page.text)
    assert letter_of(await counter.umm_salim.get(f"/customers/{abu_ali}/remind"))


async def test_where_nothing_can_be_reminded_of_the_last_receipt_is_at_hand(counter: Counter):
    abu_ali = await counter.debtor()
    entry = await counter.umm_salim.wrote(abu_ali, "payment", "250")
    sheet = await counter.umm_salim.get(f"/customers/{abu_ali}/remind?channel=whatsapp")
    assert "nothing_to_remind_of" in errors(sheet)
    assert f"/entries/{entry}/receipt" in sheet.text
    assert "https://wa.me/966501234567" in sheet.text


async def test_the_account_leads_to_the_words_and_a_suppliers_to_the_chat(counter: Counter):
    abu_ali = await counter.debtor()
    dairy = await counter.umm_salim.add("الألبان", role="supplier", phone="0551234567")
    account = (await counter.umm_salim.account(abu_ali)).text
    assert f"/customers/{abu_ali}/remind?channel=whatsapp" in account
    assert "wa.me" not in account
    assert "https://wa.me/966551234567" in (await counter.umm_salim.account(dairy)).text
