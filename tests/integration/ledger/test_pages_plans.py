"""Selling in instalments: an entry each, progress from the book."""

import re

import pytest

from daftari.kernel.ids import new_id
from tests.integration.ledger.plan_forms import instalments, preview, save, saved, states
from tests.integration.ledger.shop_client import (
    ShopClient,
    errors,
    plain,
    text_of,
    value_of,
)


@pytest.fixture
async def abu_ali(umm_salim: ShopClient) -> str:
    return await umm_salim.add()


async def test_each_instalment_is_a_line_of_the_account(umm_salim, abu_ali):
    await saved(umm_salim, abu_ali, note="غسالة")
    lines = await umm_salim.entries(abu_ali)
    assert [line.split("عليه")[0] for line in lines] == [
        "دَين القسط 3 من 3 · غسالة يزيد 334.00 اليوم 12:00 · يستحق 1/2/2027 الرصيد بعده ",
        "دَين القسط 2 من 3 · غسالة يزيد 333.00 اليوم 12:00 · يستحق 1/1/2027 الرصيد بعده ",
        "دَين القسط 1 من 3 · غسالة يزيد 333.00 اليوم 12:00 · يستحق 1/12 الرصيد بعده ",
    ]
    assert "عليه 1,000.00" in await umm_salim.standing(abu_ali)


async def test_a_plan_sent_twice_is_one_and_another_under_its_id_is_refused(umm_salim, abu_ali):
    plan_id = new_id()
    first = await saved(umm_salim, abu_ali, id=plan_id)
    assert await saved(umm_salim, abu_ali, id=plan_id) == first
    other = await save(umm_salim, abu_ali, id=plan_id, count="4")
    assert (other.status_code, errors(other)) == (409, ["plan_conflict"])
    assert value_of(other, "id") != plan_id
    assert len(await umm_salim.entries(abu_ali)) == 3


async def test_what_is_paid_down_is_told_and_the_rest_is_owed(umm_salim, abu_ali):
    plan = await saved(umm_salim, abu_ali, paid_down="100")
    page = await umm_salim.get(plan)
    assert [line.split()[-1] for line in instalments(page)] == ["300.00"] * 3
    assert "مقدَّم 100.00" in plain(page.text)
    assert "السعر 1,000.00" in plain(page.text)
    assert "عليه 900.00" in await umm_salim.standing(abu_ali)


async def test_progress_follows_the_payments_early_and_in_part(umm_salim, clock, abu_ali):
    plan = await saved(umm_salim, abu_ali, amount="300")
    assert states(await umm_salim.get(plan)) == ["ahead"] * 3
    await umm_salim.wrote(abu_ali, "payment", "150")
    page = await umm_salim.get(plan)
    assert states(page) == ["paid", "part", "ahead"]
    assert "دُفع 50.00 وبقي 50.00" in instalments(page)[1]
    assert "دُفع 150.00 من 300.00 ر.س · سُدّد 1 من 3" in plain(page.text)
    assert '<progress class="progress" max="30000" value="15000"' in page.text
    for _ in range(2):
        clock.move(days=20)
        await umm_salim.get()
    assert states(await umm_salim.get(plan)) == ["paid", "late", "ahead"]
    pay = re.search(r'href="([^"]*entries/new[^"]*)"', (await umm_salim.get(plan)).text)
    sheet = await umm_salim.browser.get(pay[1].replace("&amp;", "&"))
    assert value_of(sheet, "amount") == "50.00"
    await umm_salim.wrote(abu_ali, "payment", "150")
    done = await umm_salim.get(plan)
    assert states(done) == ["paid"] * 3
    assert "سُدّدت كلها" in done.text
    assert "خذ قسطًا" not in done.text


async def test_a_reversed_line_shows_in_its_plan(umm_salim, abu_ali):
    plan = await saved(umm_salim, abu_ali, amount="300")
    second = re.findall(r'id="entry-([0-9a-f-]+)"', (await umm_salim.account(abu_ali)).text)[1]
    assert (await umm_salim.reverse(second)).status_code == 303
    page = await umm_salim.get(plan)
    assert states(page) == ["ahead", "reversed", "ahead"]
    assert "أُلغي قسط" in page.text
    assert "دُفع 0.00 من 200.00" in plain(page.text)


async def test_a_whole_plan_is_taken_back_in_one_go(umm_salim, abu_ali):
    plan = await saved(umm_salim, abu_ali, amount="300")
    await umm_salim.wrote(abu_ali, "payment", "100")
    undo = value_of_undo(await umm_salim.get(plan))
    for _ in range(2):
        assert (await umm_salim.post(f"{plan}/reversal", id=undo)).status_code == 303
    page = await umm_salim.get(plan)
    assert states(page) == ["reversed"] * 3
    assert "أُلغيت الأقساط كلها" in page.text
    assert "له 100.00" in await umm_salim.standing(abu_ali)
    nameless = await umm_salim.post(f"{plan}/reversal", id="1")
    assert (nameless.status_code, errors(nameless)) == (422, ["id_not_an_id"])


def value_of_undo(page) -> str:
    return re.search(r'(?s)plan-undo.*?name="id" value="([^"]*)"', page.text)[1]


async def test_a_cashier_sells_in_instalments_and_does_not_take_them_back(karim, umm_salim):
    abu_ali = await umm_salim.add(credit_limit="500")
    refused = await save(karim, abu_ali)
    assert (refused.status_code, errors(refused)) == (422, ["beyond_credit_limit"])
    assert await umm_salim.entries(abu_ali) == []
    plan = await saved(karim, abu_ali, amount="300")
    assert "plan-undo" not in (await karim.get(plan)).text
    assert (await karim.post(f"{plan}/reversal", id=new_id())).status_code == 404


async def test_plans_stand_with_the_customers_dates(umm_salim, abu_ali):
    await saved(umm_salim, abu_ali, note="غسالة")
    page = await umm_salim.get(f"/customers/{abu_ali}/due")
    assert "سُدّد 0 من 3 · القادم 1/12" in plain(page.text)
    assert 'class="menu-name"><bdi>غسالة</bdi>' in page.text
    assert [line.split()[0] for line in instalments(page)] == ["1/12", "1/1/2027", "1/2/2027"]


async def test_we_buy_in_instalments_too(umm_salim):
    milk = await umm_salim.add("مؤسسة الحليب", role="supplier")
    plan = await saved(umm_salim, milk, amount="300")
    assert "له 300.00" in await umm_salim.standing(milk)
    assert "ادفع قسطًا" in (await umm_salim.get(plan)).text


async def test_no_plan_for_who_is_frozen_or_elsewhere(umm_salim, huda, abu_ali):
    plan = await saved(umm_salim, abu_ali)
    assert (await huda.get(plan)).status_code == 404
    assert (await preview(huda, abu_ali)).status_code == 404
    await umm_salim.post(f"/customers/{abu_ali}/freeze")
    frozen = await save(umm_salim, abu_ali)
    assert (frozen.status_code, errors(frozen)) == (422, ["customer_frozen"])
    assert "موقوف عن الدَّين" in text_of(
        await umm_salim.get(f"/customers/{abu_ali}/plans/new"), "plan"
    )
