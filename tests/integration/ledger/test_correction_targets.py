"""What a payment is for is corrected like anything else of it."""

import re

from daftari.kernel.ids import new_id
from daftari.ledger.jobs import verify_shop
from tests.integration.ledger.plan_forms import saved
from tests.integration.ledger.shop_client import ShopClient, errors
from tests.integration.ledger.test_pages_correction import correct, corrected


async def offered(shop_client: ShopClient, entry: str) -> tuple[list[str], str]:
    """The targets on the form, and which of them is chosen."""
    page = (await shop_client.get(f"/entries/{entry}/correction")).text
    field = re.search(r'<select id="for".*?</select>', page, re.S)
    options = re.findall(r'<option value="([^"]*)"( selected)?', field[0] if field else "")
    return [one for one, _ in options], next((one for one, chosen in options if chosen), "")


async def covers(shop_client: ShopClient, payment: str, debt: str) -> bool:
    return f'/entries/{debt}"' in (await shop_client.get(f"/entries/{payment}")).text


async def two_debts(shop_client: ShopClient) -> tuple[str, str, str]:
    """A customer, a debt that falls due first, and one that falls due later."""
    customer = await shop_client.add()
    first = await shop_client.wrote(customer, "debt", "10", due_on="2026-11-25")
    later = await shop_client.wrote(customer, "debt", "10", due_on="2027-11-25")
    return customer, first, later


async def test_a_payment_for_the_wrong_debt_is_put_right_and_may_be_for_none(umm_salim, app):
    abu_ali, first, later = await two_debts(umm_salim)
    payment = await umm_salim.wrote(abu_ali, "payment", "10", **{"for": later})
    assert await covers(umm_salim, payment, later)
    assert await offered(umm_salim, payment) == (["", first, later], later)
    anyhow = await corrected(umm_salim, payment, **{"for": ""})
    assert await covers(umm_salim, anyhow, first)
    assert not await covers(umm_salim, anyhow, later)
    meant = await corrected(umm_salim, anyhow, **{"for": later})
    assert await covers(umm_salim, meant, later)
    assert await offered(umm_salim, meant) == (["", first, later], later)
    shop_id = umm_salim.home.split("/")[2]
    assert (await verify_shop(app.state.shops, app.state.control, shop_id)).faults == ()


async def test_what_it_is_for_stays_where_it_is_not_sent_and_the_same_is_no_correction(umm_salim):
    abu_ali, _, later = await two_debts(umm_salim)
    payment = await umm_salim.wrote(abu_ali, "payment", "10", **{"for": later})
    assert errors(await correct(umm_salim, payment, **{"for": later})) == ["correction_same"]
    noted = await corrected(umm_salim, payment, note="نقدًا")
    assert await covers(umm_salim, noted, later)


async def test_a_target_that_was_corrected_or_reversed_since_is_still_the_one_chosen(umm_salim):
    abu_ali, first, later = await two_debts(umm_salim)
    payment = await umm_salim.wrote(abu_ali, "payment", "10", **{"for": later})
    newer = await corrected(umm_salim, later, amount="12")
    assert await offered(umm_salim, payment) == (["", first, later], later)
    assert errors(await correct(umm_salim, payment, **{"for": later})) == ["correction_same"]
    await umm_salim.reverse(newer)
    assert await offered(umm_salim, payment) == (["", first, later], later)
    noted = await corrected(umm_salim, payment, note="نقدًا", **{"for": later})
    assert await covers(umm_salim, noted, first)
    free = await corrected(umm_salim, noted, **{"for": ""})
    turned = await correct(umm_salim, free, note="حوالة", **{"for": later})
    assert (turned.status_code, errors(turned)) == (422, ["target_reversed"])
    assert 'value="حوالة"' in turned.text


async def test_a_payment_is_turned_from_a_plan_to_a_debt_and_back(umm_salim):
    abu_ali = await umm_salim.add()
    bread = await umm_salim.wrote(abu_ali, "debt", "10", due_on="2026-11-25")
    plan = new_id()
    await saved(umm_salim, abu_ali, id=plan)
    payment = await umm_salim.wrote(abu_ali, "payment", "10", **{"for": plan})
    assert await offered(umm_salim, payment) == (["", plan, bread], plan)
    turned = await corrected(umm_salim, payment, **{"for": bread})
    assert await covers(umm_salim, turned, bread)
    back = await corrected(umm_salim, turned, **{"for": plan})
    assert not await covers(umm_salim, back, bread)


async def test_a_correction_names_no_strangers_debt_and_a_debt_is_for_nothing(umm_salim):
    abu_ali, first, _ = await two_debts(umm_salim)
    payment = await umm_salim.wrote(abu_ali, "payment", "5")
    hers = await umm_salim.wrote(await umm_salim.add("هدى"), "debt", "10")
    dollars = await umm_salim.wrote(abu_ali, "debt", "10", currency="USD")
    for named, why in (
        (hers, "target_not_found"),
        (new_id(), "target_not_found"),
        ("not an id", "target_not_found"),
        (dollars, "target_other_currency"),
    ):
        answer = await correct(umm_salim, payment, **{"for": named})
        assert (answer.status_code, errors(answer)) == (422, [why])
    assert dollars not in (await offered(umm_salim, payment))[0]
    assert (await offered(umm_salim, first))[0] == []
    assert (await correct(umm_salim, first, **{"for": hers})).status_code == 422
