"""A payment in another currency comes from a phone as it was typed there."""

from daftari.kernel.ids import new_id
from tests.integration.ledger.shop_client import plain

PAID = {"paid_currency": "SAR", "paid_amount": "٣٧٫٥٠", "rate": "3.75"}


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
    dearer = payment | {"paid_amount": "38", "rate": "3.8"}
    assert await umm_salim.send(dearer) == ["conflict entry_conflict"]


async def test_an_item_whose_amounts_disagree_is_refused_by_name(umm_salim):
    abu_ali = await umm_salim.shop_client.add("أبو علي")
    for wrong, reason in (
        ({"rate": "4"}, ("rate_disagrees", "rate")),
        ({"rate": "0"}, ("rate_not_positive", "rate")),
        ({"rate": "3.750000000001"}, ("rate_too_many_decimals", "rate")),
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
    dearer = {"paid_amount": "19", "rate": ""}
    again = umm_salim.item("correct_entry", entry_id=halved["id"], reversal_id=new_id(), **dearer)
    assert await umm_salim.send(again) == ["written"]
    page = plain((await umm_salim.shop_client.get(f"/entries/{again['id']}")).text)
    assert "1 $ = 3.8 ر.س" in page
