"""A payment in another currency comes from a phone with both amounts and the rate."""

from daftari.kernel.ids import new_id
from tests.integration.ledger.shop_client import plain

PAID = {"paid_currency": "SAR", "paid_minor": 3750, "rate_e8": 375000000, "rate_of": "USD"}


async def test_what_was_handed_over_comes_from_the_phone(umm_salim):
    abu_ali = await umm_salim.shop_client.add("أبو علي")
    debt = umm_salim.debt(abu_ali, 10000, currency="USD")
    payment = umm_salim.payment(abu_ali, 1000, currency="USD", **PAID)
    assert await umm_salim.send(debt, payment) == ["written", "written"]
    page = await umm_salim.shop_client.get(f"/entries/{payment['id']}")
    assert "37.50 ر.س" in plain(page.text)
    assert "1 $ = 3.75 ر.س" in plain(page.text)


async def test_the_same_item_is_known_and_another_rate_a_conflict(umm_salim):
    abu_ali = await umm_salim.shop_client.add("أبو علي")
    payment = umm_salim.payment(abu_ali, 1000, currency="USD", **PAID)
    assert await umm_salim.send(payment) == ["written"]
    assert await umm_salim.send(payment) == ["known"]
    dearer = payment | {"paid_minor": 3800, "rate_e8": 380000000}
    assert await umm_salim.send(dearer) == ["conflict entry_conflict"]


async def test_an_item_whose_amounts_disagree_is_refused_by_name(umm_salim):
    abu_ali = await umm_salim.shop_client.add("أبو علي")
    for wrong, reason in (
        ({"rate_e8": 400000000}, ("rate_disagrees", "rate")),
        ({"rate_e8": 0}, ("rate_not_positive", "rate")),
        ({"rate_e8": -375000000}, ("rate_not_positive", "rate")),
        ({"rate_e8": 10**15}, ("rate_too_large", "rate")),
        ({"paid_minor": 0}, ("amount_zero", "paid_amount")),
        ({"paid_minor": -3750}, ("amount_negative", "paid_amount")),
        ({"paid_minor": 10**15}, ("amount_too_large", "paid_amount")),
        ({"paid_currency": "XXX"}, ("currency_unknown", "paid_currency")),
        ({"paid_currency": ""}, ("paid_currency_missing", "paid_currency")),
        ({"paid_currency": "USD"}, ("paid_currency_same", "paid_currency")),
    ):
        payment = umm_salim.payment(abu_ali, 1000, currency="USD", **(PAID | wrong))
        (verdict,) = (await umm_salim.sync(payment))["answers"]
        assert (verdict["answer"], verdict["reason"], verdict["field"]) == ("refused", *reason)


async def test_a_correction_from_the_phone_keeps_the_rate_or_says_another(umm_salim):
    abu_ali = await umm_salim.shop_client.add("أبو علي")
    payment = umm_salim.payment(abu_ali, 1000, currency="USD", **PAID)
    halved = umm_salim.item(
        "correct_entry", entry_id=payment["id"], reversal_id=new_id(), amount_minor=500
    )
    assert await umm_salim.send(payment, halved) == ["written", "written"]
    page = plain((await umm_salim.shop_client.get(f"/entries/{halved['id']}")).text)
    assert "18.75 ر.س" in page
    assert "1 $ = 3.75 ر.س" in page
    dearer = {"paid_minor": 1900, "rate_e8": 380000000}
    again = umm_salim.item("correct_entry", entry_id=halved["id"], reversal_id=new_id(), **dearer)
    assert await umm_salim.send(again) == ["written"]
    page = plain((await umm_salim.shop_client.get(f"/entries/{again['id']}")).text)
    assert "1 $ = 3.8 ر.س" in page


async def test_a_correction_from_the_phone_takes_the_other_currency_out_and_in(umm_salim):
    abu_ali = await umm_salim.shop_client.add("أبو علي")
    payment = umm_salim.payment(abu_ali, 1000, currency="USD", **PAID)
    ids = {"entry_id": payment["id"], "reversal_id": new_id()}
    without = umm_salim.item("correct_entry", **ids, paid_currency="")
    assert await umm_salim.send(payment, without) == ["written", "written"]
    page = plain((await umm_salim.shop_client.get(f"/entries/{without['id']}")).text)
    assert "1 $ = 3.75 ر.س" not in page
    ids = {"entry_id": without["id"], "reversal_id": new_id()}
    euros = {"paid_currency": "EUR", "paid_minor": 900, "rate_e8": 90000000}
    again = umm_salim.item("correct_entry", **ids, **euros)
    assert await umm_salim.send(again) == ["written"]
    page = plain((await umm_salim.shop_client.get(f"/entries/{again['id']}")).text)
    assert "9.00 €" in page
    assert "1 $ = 0.9 €" in page


async def test_the_snapshot_tells_what_was_handed_over_and_the_days_of_the_rates(umm_salim):
    await umm_salim.shop_client.post("/more/rates", rate_USD="3.75")
    abu_ali = await umm_salim.shop_client.add("أبو علي")
    payment = umm_salim.payment(abu_ali, 1000, currency="USD", **PAID)
    plainly = umm_salim.payment(abu_ali, 1000)
    assert await umm_salim.send(payment, plainly) == ["written", "written"]
    snapshot = await umm_salim.snapshot()
    assert snapshot["shop"]["rates_on"].keys() == {"USD"}
    without, entry = snapshot["customers"][0]["lines"]
    assert {name: entry[name] for name in PAID} == PAID
    assert not without.keys() & PAID.keys()
