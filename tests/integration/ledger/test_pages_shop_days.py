"""The day of the shop, over HTTP: it may end after midnight, and its Hijri date may differ."""

import re

from tests.integration.ledger.shop_client import SETTINGS, errors, plain, text_of, value_of


async def settle(shop_client, **typed):
    answer = await shop_client.post("/more/shop", **{**SETTINGS, **typed})
    assert answer.status_code == 303, errors(answer)


async def test_what_is_written_after_midnight_belongs_to_the_day_before(umm_salim, karim, clock):
    await settle(umm_salim, day_ends="3")
    clock.move(hours=13, minutes=30)  # 01:30 of the 24th in Riyadh
    abu_ali = await umm_salim.add(due_days="1")
    entry = await karim.wrote(abu_ali)
    [line] = await umm_salim.entries(abu_ali)
    assert "اليوم" in line
    assert "24/11" in line
    sheet = await umm_salim.get(f"/customers/{abu_ali}/entries/new")
    assert 'max="2026-11-23"' in sheet.text
    tomorrow = await umm_salim.write(abu_ali, "debt", "1", occurred_on="2026-11-24")
    assert errors(tomorrow) == ["date_in_future"]
    assert "23/11/2026" in text_of(await umm_salim.get("/due"))
    clock.move(hours=1, minutes=29)  # 02:59: still the same day, so Karim may take it back
    assert (await karim.reverse(entry)).status_code == 303


async def test_a_debt_is_late_when_the_day_of_the_shop_has_ended(umm_salim, clock):
    await settle(umm_salim, day_ends="3")
    abu_ali = await umm_salim.add()
    await umm_salim.wrote(abu_ali, "debt", "5", due_on="2026-11-23")
    clock.move(hours=14, minutes=59)  # 02:59
    assert "أبو علي" not in plain((await umm_salim.get("/?filter=late")).text)
    clock.move(minutes=1)
    assert "أبو علي" in plain((await umm_salim.get("/?filter=late")).text)


async def test_the_shops_hijri_date_is_shown_everywhere(umm_salim):
    await settle(umm_salim, calendar="hijri", hijri_shift="1")
    abu_ali = await umm_salim.add(payday="hijri:15")
    await umm_salim.wrote(abu_ali)
    assert "14 جمادى الآخرة" in (await umm_salim.account(abu_ali)).text
    assert "14 جمادى الآخرة" in plain((await umm_salim.get("/due")).text)
    assert "24/11" in (await umm_salim.entries(abu_ali))[0]  # the 15th is tomorrow
    shop = (await umm_salim.get("/snapshot")).json()["shop"]
    assert (shop["hijri_shift"], shop["day_ends"]) == (1, 0)


async def test_the_settings_are_kept_and_shown(umm_salim):
    await settle(umm_salim, hijri_shift="-1", day_ends="4")
    page = await umm_salim.get("/more/shop")
    assert re.search(r'name="hijri_shift" value="-1" checked', page.text)
    assert re.search(r'<option value="4" selected>04:00', page.text)
    await settle(umm_salim)  # a form that does not know them changes neither
    page = await umm_salim.get("/more/shop")
    assert re.search(r'name="hijri_shift" value="-1" checked', page.text)
    for wrong in ({"hijri_shift": "2"}, {"day_ends": "7"}, {"day_ends": "x"}):
        refused = await umm_salim.post("/more/shop", **{**SETTINGS, **wrong})
        assert (refused.status_code, errors(refused)) == (422, ["choice_unknown"])
    assert value_of(page, "name") == SETTINGS["name"]
