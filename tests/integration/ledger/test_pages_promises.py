"""«وعدني الخميس»: a promise is noted, stands in the lists, and the book says what became of it."""

import re

import pytest

from daftari.kernel.ids import new_id
from tests.integration.ledger.shop_client import (
    HTMX,
    SETTINGS,
    ShopClient,
    errors,
    plain,
    rows,
    text_of,
    value_of,
)


async def promise(shop_client: ShopClient, customer: str, day: str = "2026-11-26", **typed: str):
    form = {"id": new_id(), "promised_on": day, **typed}
    return await shop_client.post(f"/customers/{customer}/promises", **form)


async def dates(shop_client: ShopClient, customer: str):
    answer = await shop_client.get(f"/customers/{customer}/due")
    assert answer.status_code == 200
    return answer


async def became(shop_client: ShopClient, customer: str) -> list[str]:
    """What became of the promises that are no longer open, newest first."""
    answer = await dates(shop_client, customer)
    past = re.search(r'(?s)<ul class="dates" id="promises-past">(.*?)</ul>', answer.text)
    return re.findall(r'<li class="date (\w+)">', past[1]) if past else []


@pytest.fixture
async def abu_ali(umm_salim: ShopClient) -> str:
    """He owes 100, due today, Monday 23 November."""
    customer = await umm_salim.add(payday="day:27")
    await umm_salim.wrote(customer, "debt", "100", due_on="2026-11-23")
    return customer


async def test_a_promise_stands_on_the_customers_page_and_in_the_due_list(umm_salim, abu_ali):
    sheet = await umm_salim.get(f"/customers/{abu_ali}/promises/new")
    assert "متى يدفع أبو علي؟" in text_of(sheet, "promise")
    assert 'value="2026-11-26"' in sheet.text
    answer = await promise(umm_salim, abu_ali, id=value_of(sheet, "id"), note="بعد العصر")
    assert answer.headers["location"] == f"{umm_salim.home}/customers/{abu_ali}/due"
    page = plain((await dates(umm_salim, abu_ali)).text)
    assert "وعد بالسداد الخميس 26/11 100.00 ر.س بعد العصر" in page
    [row] = rows(await umm_salim.get("/due"))
    assert "وعد بالسداد يوم الخميس" in row


async def test_a_promise_from_the_due_list_leads_back_to_it(umm_salim, abu_ali):
    [link] = re.findall(r'href="([^"]*/promises/new[^"]*)"', (await umm_salim.get("/due")).text)
    assert link.endswith("?back=due")
    sheet = await umm_salim.browser.get(link, headers=HTMX)
    assert sheet.text.lstrip().startswith("<form")
    back = value_of(sheet, "back")
    form = {"id": new_id(), "day_choice": "2026-11-24", "back": back}
    answer = await umm_salim.post(f"/customers/{abu_ali}/promises", htmx=True, **form)
    assert (answer.status_code, answer.headers["hx-redirect"]) == (200, f"{umm_salim.home}/due")
    [row] = rows(await umm_salim.get("/due"))
    assert "وعد بالسداد غدًا" in row
    elsewhere = await promise(umm_salim, abu_ali, back="https://example.org/")
    assert elsewhere.headers["location"] == f"{umm_salim.home}/customers/{abu_ali}/due"


async def test_a_promise_is_kept_by_a_payment_and_broken_without_one(umm_salim, clock, abu_ali):
    await promise(umm_salim, abu_ali, amount="60")
    await umm_salim.wrote(abu_ali, "payment", "20")
    assert "جاء منها 20.00" in plain((await dates(umm_salim, abu_ali)).text)
    clock.move(days=3)
    assert "وعد بالسداد اليوم" in rows(await umm_salim.get("/due"))[0]
    await umm_salim.wrote(abu_ali, "payment", "40")
    assert await became(umm_salim, abu_ali) == ["kept"]
    assert "وعد" not in rows(await umm_salim.get("/due"))[0].replace("وعد أبو علي", "")
    await promise(umm_salim, abu_ali, "2026-11-28")
    clock.move(days=3)
    assert await became(umm_salim, abu_ali) == ["broken", "kept"]
    assert "لم يفِ بوعد 28/11" in rows(await umm_salim.get("/due"))[0]


async def test_another_day_moves_the_promise_and_a_mistake_is_taken_out(umm_salim, abu_ali):
    await promise(umm_salim, abu_ali, "2026-11-24")
    await promise(umm_salim, abu_ali, "2026-11-29")
    assert await became(umm_salim, abu_ali) == ["moved"]
    [action] = re.findall(r'action="([^"]*/withdrawal)"', (await dates(umm_salim, abu_ali)).text)
    answer = await umm_salim.browser.post(action)
    assert answer.headers["location"] == f"{umm_salim.home}/customers/{abu_ali}/due"
    assert await became(umm_salim, abu_ali) == ["withdrawn"]
    assert "24/11" in plain((await dates(umm_salim, abu_ali)).text)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ({"day": ""}, "date_missing"),
        ({"day": "2026-11-22"}, "date_in_past"),
        ({"day": "الخميس"}, "date_not_a_date"),
        ({"amount": "100.01"}, "promise_beyond_balance"),
        ({"amount": "مئة"}, "amount_not_a_number"),
        ({"currency": "USD"}, "nothing_owed"),
        ({"currency": "XXX"}, "currency_unknown"),
        ({"note": "ن" * 301}, "words_too_long"),
        ({"id": "1"}, "id_not_an_id"),
    ],
)
async def test_a_promise_that_cannot_be_is_given_back_as_typed(umm_salim, abu_ali, typed, reason):
    answer = await promise(umm_salim, abu_ali, **typed)
    assert (answer.status_code, errors(answer)) == (422, [reason])
    assert "متى يدفع" in answer.text
    for field in ("amount", "note"):
        assert value_of(answer, field) == typed.get(field, "")
    assert await became(umm_salim, abu_ali) == []


async def test_who_owes_nothing_is_asked_for_no_promise(umm_salim):
    customer = await umm_salim.add("نورة")
    page = await dates(umm_salim, customer)
    assert "/promises/new" not in page.text
    assert "لا دَين الآن" in page.text
    assert errors(await promise(umm_salim, customer)) == ["nothing_owed"]


async def test_the_same_promise_sent_twice_is_one(umm_salim, abu_ali):
    typed = {"id": new_id(), "amount": "60"}
    for _ in range(2):
        assert (await promise(umm_salim, abu_ali, **typed)).status_code == 303
    other = await promise(umm_salim, abu_ali, "2026-11-27", **typed)
    assert (other.status_code, errors(other)) == (409, ["promise_conflict"])
    assert value_of(other, "id") != typed["id"]
    assert (await dates(umm_salim, abu_ali)).text.count("/withdrawal") == 1


async def test_we_promise_a_supplier(umm_salim):
    milk = await umm_salim.add("مؤسسة الحليب", role="supplier")
    await umm_salim.wrote(milk, "debt", "100", due_on="2026-11-23")
    assert "متى ندفع إلى مؤسسة الحليب؟" in (
        await umm_salim.get(f"/customers/{milk}/promises/new")
    ).text.replace("<bdi>", "").replace("</bdi>", "")
    await promise(umm_salim, milk)
    assert "وعدناه بالسداد يوم الخميس" in rows(await umm_salim.get("/due/suppliers"))[0]
    assert "/promises/new?back=suppliers" in (await umm_salim.get("/due/suppliers")).text
    made = await promise(umm_salim, milk, back="suppliers")
    assert made.headers["location"].endswith("/due/suppliers")


async def test_a_promise_is_made_by_whoever_writes_entries(karim, huda, abu_ali):
    assert (await promise(karim, abu_ali)).status_code == 303
    assert (await promise(huda, abu_ali)).status_code == 404
    assert (await huda.get(f"/customers/{abu_ali}/due")).status_code == 404


async def test_a_payday_decides_the_due_date_and_has_its_name_on_the_sheet(umm_salim, abu_ali):
    """27 November is a Friday: the pay comes on Thursday."""
    await umm_salim.wrote(abu_ali, "debt", "5")
    assert "يستحق 26/11" in (await umm_salim.entries(abu_ali))[0]
    assert "الراتب: يوم 27 من الشهر (26/11)" in plain((await dates(umm_salim, abu_ali)).text)
    sheet = await umm_salim.get(f"/customers/{abu_ali}/entries/new")
    assert "يوم الراتب 26/11" in text_of(sheet, "entry")
    assert "يوم الراتب، الخميس 26/11." in text_of(sheet, "entry")
    page = await umm_salim.get(f"/customers/{abu_ali}/edit")
    assert '<option value="day:27" selected>' in page.text
    changed = {"name": "أبو علي", "payday": "weekday:3"}
    assert (await umm_salim.post(f"/customers/{abu_ali}", **changed)).status_code == 303
    await umm_salim.wrote(abu_ali, "debt", "6", occurred_on="2026-11-19")
    assert "يستحق 26/11" in (await umm_salim.entries(abu_ali))[0]
    wrong = await umm_salim.post(f"/customers/{abu_ali}", name="أبو علي", payday="day:40")
    assert (wrong.status_code, errors(wrong)) == (422, ["choice_unknown"])


async def test_a_cashier_does_not_set_a_payday(karim):
    answer = await karim.post("/customers", id=new_id(), name="سالم", payday="day:1")
    assert (answer.status_code, errors(answer)) == (422, ["terms_not_allowed"])


async def test_a_named_day_is_a_due_date_without_a_script(umm_salim, abu_ali):
    await umm_salim.wrote(abu_ali, "debt", "5", due_on="", due_choice="2026-12-10")
    assert "يستحق 10/12" in (await umm_salim.entries(abu_ali))[0]
    await umm_salim.wrote(abu_ali, "debt", "5", due_on="2026-12-01", due_choice="2026-12-10")
    assert "يستحق 1/12" in (await umm_salim.entries(abu_ali))[0]
    wrong = await umm_salim.write(abu_ali, "debt", "", due_on="", due_choice="2026-12-10")
    assert re.search(r'value="2026-12-10" checked', wrong.text)


async def test_both_calendars_stand_where_the_shop_has_both(umm_salim, abu_ali):
    await promise(umm_salim, abu_ali)
    assert "جمادى الآخرة" not in (await dates(umm_salim, abu_ali)).text
    await umm_salim.post("/more/shop", **{**SETTINGS, "calendar": "hijri"})
    page = plain((await dates(umm_salim, abu_ali)).text)
    assert "26/11 (16 جمادى الآخرة)" in page
    assert "13 جمادى الآخرة" in plain((await umm_salim.get("/due")).text)


async def test_his_dates_begin_with_the_sum_of_what_is_late(umm_salim, clock, abu_ali):
    assert 'id="late"' not in (await dates(umm_salim, abu_ali)).text
    await umm_salim.wrote(abu_ali, "debt", "20", due_on="2026-11-24")
    await umm_salim.wrote(abu_ali, "debt", "40", due_on="2026-12-20")
    clock.move(days=3)
    late = re.search(
        r'(?s)<section class="balance" aria-labelledby="late">.*?</section>',
        (await dates(umm_salim, abu_ali)).text,
    )
    assert late
    assert "120.00" in plain(late[0])
    assert "متأخر 3 أيام" in plain(late[0])
