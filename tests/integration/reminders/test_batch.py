"""«أرسل إلى ٧ زبائن»: what each would read, who is left out and why, and one tap for all."""

import re

from daftari.kernel.ids import new_id
from daftari.reminders.rules.settings import MOST_IN_A_BATCH
from tests.integration.ledger.shop_client import errors, plain, text_of
from tests.integration.reminders.conftest import Counter, letters_of


def picks_of(answer) -> list[str]:
    return re.findall(r'name="pick" value="([^"]+)"', answer.text)


async def a_morning(counter: Counter) -> dict[str, str]:
    """Three who can be reminded, each by another way, and three who cannot."""
    return {
        "sms": await counter.debtor("أبو علي", agreed="sms_reminder whatsapp_reminder"),
        "email": await counter.debtor("سعاد", agreed="email_reminder"),
        "whatsapp": await counter.debtor("سالم", agreed="whatsapp_reminder"),
        "no": await counter.debtor("نورة", agreed="sms_receipt"),
        "nowhere": await counter.debtor("هند", phone="", email="", agreed=""),
        "not yet": await counter.debtor("فهد", days=4),
    }


async def test_the_preview_shows_every_text_and_everybody_left_out(counter: Counter):
    await a_morning(counter)
    page = await counter.umm_salim.get("/reminders")
    assert len(picks_of(page)) == len(letters_of(page)) == 3
    assert "أرسل إلى 3 زبائن" in text_of(page)
    assert "تُرك زبونان" in text_of(page)
    assert sorted(errors(page)) == ["no_consent", "no_phone"]
    assert "فهد" not in page.text
    ways = [pick.split(".")[1] for pick in picks_of(page)]
    assert sorted(ways) == ["email", "sms", "whatsapp"]
    await counter.work()
    assert counter.texts == []


async def test_one_tap_sends_to_all_exactly_what_was_seen(counter: Counter):
    await a_morning(counter)
    page = await counter.umm_salim.get("/reminders?tone=plain")
    seen, picks = letters_of(page), picks_of(page)
    sent = await counter.umm_salim.post("/reminders", pick=picks, tone="plain")
    assert sent.status_code == 303
    done = await counter.umm_salim.browser.get(sent.headers["location"])
    assert done.text.count("data-message-state") == 3
    assert done.text.count('/open"') == 1
    await counter.work()
    assert counter.texts[0] in seen
    assert len(counter.post.letters) == 1
    again = await counter.umm_salim.post("/reminders", pick=picks, tone="plain")
    assert again.status_code == 303
    await counter.work()
    assert len(counter.texts) == len(counter.post.letters) == 1


async def test_an_address_puts_no_words_of_its_own_on_the_page(counter: Counter):
    customer = await counter.debtor()
    told = {"left": [f"{customer}.Call 0500000000", f"{customer}.", "nobody.paid_today"]}
    page = await counter.umm_salim.browser.get(
        f"{counter.umm_salim.home}/reminders/sent", params=told
    )
    assert page.status_code == 200
    assert errors(page) == []
    assert "0500000000" not in page.text


async def test_only_the_marked_are_reminded(counter: Counter):
    await a_morning(counter)
    page = await counter.umm_salim.get("/reminders?channel=sms")
    assert [pick.split(".")[1] for pick in picks_of(page)] == ["sms"]
    refused = await counter.umm_salim.post("/reminders", tone="plain")
    assert (refused.status_code, errors(refused)[0]) == (422, "batch_empty")
    await counter.work()
    assert counter.texts == []


async def test_who_paid_between_the_look_and_the_tap_is_left_out_by_name(counter: Counter):
    people = await a_morning(counter)
    picks = picks_of(await counter.umm_salim.get("/reminders"))
    await counter.umm_salim.wrote(people["sms"], "payment", "250")
    sent = await counter.umm_salim.post("/reminders", pick=picks)
    done = await counter.umm_salim.browser.get(sent.headers["location"])
    assert errors(done) == ["nothing_to_remind_of"]
    assert "أبو علي" in text_of(done, "content")
    await counter.work()
    assert counter.texts == []
    assert len(counter.post.letters) == 1


async def test_nobody_stands_in_the_list_twice_on_one_day(counter: Counter):
    await a_morning(counter)
    picks = picks_of(await counter.umm_salim.get("/reminders"))
    await counter.umm_salim.post("/reminders", pick=picks)
    await counter.work()
    page = await counter.umm_salim.get("/reminders")
    assert errors(page).count("reminded_today") == 2
    assert [pick.split(".")[1] for pick in picks_of(page)] == ["whatsapp"]  # prepared, not opened


async def test_no_batch_is_larger_than_the_cap(counter: Counter):
    abu_ali = await counter.debtor()
    picks = [f"{new_id()}.sms.{abu_ali}" for _ in range(MOST_IN_A_BATCH + 1)]
    refused = await counter.umm_salim.post("/reminders", pick=picks)
    assert (refused.status_code, errors(refused)[0]) == (422, "batch_too_large")


async def test_a_pick_that_makes_no_sense_is_refused(counter: Counter):
    await counter.debtor()
    for pick in ("x", f"{new_id()}.pigeon.{new_id()}", "..", f"{new_id()}.sms"):
        refused = await counter.umm_salim.post("/reminders", pick=[pick])
        left = "left" not in refused.headers.get("location", "left")
        assert refused.status_code == 422 or left, pick
    await counter.work()
    assert counter.texts == []


async def test_those_who_were_not_asked_are_gone_through_one_by_one(counter: Counter):
    """In the order of the batch; who agreed is passed, and the walk ends."""
    names = {
        name: await counter.debtor(name, agreed="", days=-n - 2) for n, name in enumerate("اب")
    }
    await counter.debtor("سالم")
    batch = await counter.umm_salim.get("/reminders")
    assert "زبونان متروكان لأنهما لم يُسألا عن موافقتهما" in plain(batch.text)
    first = await counter.umm_salim.get("/reminders/next")
    assert "تذكير ب" in plain(first.text)
    assert "بعده واحد" in plain(first.text)
    form = {"id": new_id(), "consents": "anew", "agreed_sms_reminder": "yes", "many": "1"}
    form |= {"channel": "sms", "tone": "gentle"}
    agreed = await counter.umm_salim.post(f"/customers/{names['ب']}/remind/agreed", **form)
    sheet = await counter.umm_salim.browser.get(agreed.headers["location"])
    assert letters_of(sheet)
    after = f"{counter.umm_salim.home}/reminders/next?after={names['ب']}"
    assert after in sheet.text
    sent = await counter.umm_salim.post(
        f"/customers/{names['ب']}/reminders", id=new_id(), channel="sms", many="1"
    )
    assert sent.headers["location"] == after
    second = await counter.umm_salim.browser.get(after)
    assert "تذكير ا" in plain(second.text)
    end = await counter.umm_salim.get(f"/reminders/next?after={names['ا']}")
    assert "سُئل كل من حلّ موعدهم" in plain(end.text)


async def test_karim_goes_through_nobody(counter: Counter, karim):
    assert (await counter.umm_salim.get("/reminders/next")).status_code == 200
    assert (await karim.get("/reminders/next")).status_code == 404
