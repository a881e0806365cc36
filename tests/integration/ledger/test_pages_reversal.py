"""A mistake at the counter: undone at once, or answered later by a line against it."""

from daftari.kernel.ids import is_id, new_id
from tests.integration.ledger.shop_client import HTMX, errors, text_of, value_of


async def test_undo_takes_the_line_back_with_one_press(umm_salim):
    abu_ali = await umm_salim.add()
    entry = await umm_salim.wrote(abu_ali)
    page = await umm_salim.get(f"/customers/{abu_ali}?recorded={entry}")
    assert "data-undo" in page.text
    action = f"{umm_salim.home}/entries/{entry}/reversal"
    assert f'action="{action}"' in page.text
    reversal = page.text.split(f'action="{action}"')[1].split('value="')[1][:36]
    assert is_id(reversal)
    answer = await umm_salim.reverse(entry, id=reversal)
    assert answer.status_code == 303
    assert await umm_salim.standing(abu_ali) == "مسدَّد 0.00 ر.س"
    assert "data-undo" not in (await umm_salim.browser.get(answer.headers["location"])).text


async def test_undo_is_not_offered_a_minute_later(umm_salim, clock):
    abu_ali = await umm_salim.add()
    entry = await umm_salim.wrote(abu_ali)
    path = f"/customers/{abu_ali}?recorded={entry}"
    assert "data-undo" in (await umm_salim.get(path)).text
    clock.move(seconds=61)
    assert "data-undo" not in (await umm_salim.get(path)).text


async def test_a_reversal_asks_first_and_says_what_it_undoes(umm_salim):
    abu_ali = await umm_salim.add()
    entry = await umm_salim.wrote(abu_ali, "debt", "1250.75", note="مقاضي")
    page = await umm_salim.get(f"/entries/{entry}/reversal")
    for told in ("1,250.75", "مقاضي", "أبو علي", "دَين"):
        assert told in text_of(page, "reversal")
    answer = await umm_salim.reverse(entry, id=value_of(page, "id"), reason="كُتب مرتين")
    assert answer.status_code == 303
    reversal, debt = await umm_salim.entries(abu_ali)
    assert "كُتب مرتين" in reversal
    assert "1,250.75" in reversal
    assert "مُلغى" in debt


async def test_a_reversal_sent_twice_is_one_line(umm_salim):
    abu_ali = await umm_salim.add()
    entry, reversal = await umm_salim.wrote(abu_ali), new_id()
    for _ in range(2):
        assert (await umm_salim.reverse(entry, id=reversal)).status_code == 303
    assert len(await umm_salim.entries(abu_ali)) == 2


async def test_a_line_is_reversed_once(umm_salim):
    abu_ali = await umm_salim.add()
    entry = await umm_salim.wrote(abu_ali)
    await umm_salim.reverse(entry)
    again = await umm_salim.reverse(entry)
    assert (again.status_code, errors(again)) == (422, ["already_reversed"])
    assert await umm_salim.standing(abu_ali) == "مسدَّد 0.00 ر.س"


async def test_a_reversal_is_final(umm_salim):
    abu_ali = await umm_salim.add()
    entry, reversal = await umm_salim.wrote(abu_ali), new_id()
    await umm_salim.reverse(entry, id=reversal)
    answer = await umm_salim.reverse(reversal)
    assert (answer.status_code, errors(answer)) == (422, ["reversal_of_reversal"])


async def test_an_id_that_stands_for_another_line_is_a_conflict(umm_salim):
    abu_ali = await umm_salim.add()
    first, second = await umm_salim.wrote(abu_ali), await umm_salim.wrote(abu_ali)
    answer = await umm_salim.reverse(second, id=first)
    assert (answer.status_code, errors(answer)) == (409, ["entry_conflict"])
    assert value_of(answer, "id") != first
    assert len(await umm_salim.entries(abu_ali)) == 2


async def test_a_wrong_reversal_is_told_and_keeps_what_was_typed(umm_salim):
    abu_ali = await umm_salim.add()
    entry = await umm_salim.wrote(abu_ali)
    long = "خ" * 301
    answer = await umm_salim.reverse(entry, id="1", reason=long)
    assert answer.status_code == 422
    assert set(errors(answer)) == {"id_not_an_id", "words_too_long"}
    assert value_of(answer, "reason") == long
    assert is_id(value_of(answer, "id"))


async def test_a_payment_that_is_reversed_opens_its_debt_again(umm_salim):
    abu_ali = await umm_salim.add()
    await umm_salim.wrote(abu_ali, "debt", "10", due_on="2026-11-23")
    payment = await umm_salim.wrote(abu_ali, "payment", "10")
    assert "أبو علي" not in text_of(await umm_salim.get("/due"), "due")
    await umm_salim.reverse(payment)
    assert "أبو علي" in text_of(await umm_salim.get("/due"), "due")


async def test_karim_takes_back_his_own_line_of_today_and_no_other(umm_salim, karim, clock):
    abu_ali = await umm_salim.add()
    hers, his = await umm_salim.wrote(abu_ali), await karim.wrote(abu_ali)
    for entry, asks in ((his, False), (hers, True)):
        page = await karim.get(f"/entries/{entry}/reversal")
        assert ('name="ask" value="yes"' in page.text) == asks
    refused = await karim.reverse(hers)
    assert (refused.status_code, errors(refused)) == (422, ["not_your_entry"])
    assert (await karim.reverse(his)).status_code == 303
    yesterdays = await karim.wrote(abu_ali)
    clock.move(days=1)
    refused = await karim.reverse(yesterdays)
    assert (refused.status_code, errors(refused)) == (422, ["not_your_entry"])
    assert (await umm_salim.reverse(yesterdays)).status_code == 303


async def test_for_htmx_a_reversal_brings_the_account_in_its_parts(umm_salim):
    abu_ali = await umm_salim.add()
    entry = await umm_salim.wrote(abu_ali)
    sheet = await umm_salim.get(f"/entries/{entry}/reversal", headers=HTMX)
    assert "<html" not in sheet.text
    path = f"/entries/{entry}/reversal"
    answer = await umm_salim.post(path, htmx=True, id=value_of(sheet, "id"))
    assert answer.status_code == 200
    assert "0.00" in text_of(answer, "standing")
    refused = await umm_salim.post(path, htmx=True, id=new_id())
    assert (refused.status_code, errors(refused)) == (422, ["already_reversed"])
    assert "<html" not in refused.text
