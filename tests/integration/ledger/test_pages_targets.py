"""The sheet asks what a payment is for, and says no by name."""

from daftari.kernel.ids import new_id
from tests.integration.ledger.shop_client import errors


async def sheet(umm_salim, customer):
    return (await umm_salim.get(f"/customers/{customer}/entries/new?kind=payment")).text


async def test_the_sheet_offers_open_debts_and_plans_that_have_something_left(umm_salim):
    abu_ali = await umm_salim.add()
    assert 'name="for"' not in await sheet(umm_salim, abu_ali)
    debt = await umm_salim.wrote(abu_ali, "debt", "12.50")
    offered = await sheet(umm_salim, abu_ali)
    assert f'<option value="{debt}">' in offered
    assert "السداد لأقرب موعد أولًا" in offered
    await umm_salim.wrote(abu_ali, "payment", "12.50", **{"for": debt})
    assert 'name="for"' not in await sheet(umm_salim, abu_ali)


async def test_a_payment_is_answered_with_what_it_covers(umm_salim):
    abu_ali = await umm_salim.add()
    await umm_salim.wrote(abu_ali, "debt", "10", due_on="2026-11-25")
    meant = await umm_salim.wrote(abu_ali, "debt", "20", due_on="2027-11-25")
    payment = {"id": new_id(), "for": meant}
    assert (await umm_salim.write(abu_ali, "payment", "20", **payment)).status_code == 303
    assert (await umm_salim.write(abu_ali, "payment", "20", **payment)).status_code == 303
    other = await umm_salim.write(abu_ali, "payment", "20", **(payment | {"for": ""}))
    assert other.status_code == 409
    assert f'<option value="{meant}">' not in await sheet(umm_salim, abu_ali)


async def test_another_customers_debt_is_not_found(umm_salim):
    abu_ali, huda = await umm_salim.add(), await umm_salim.add("هدى")
    await umm_salim.wrote(abu_ali, "debt", "10")
    hers = await umm_salim.wrote(huda, "debt", "10")
    for named in (hers, new_id(), "not an id"):
        answer = await umm_salim.write(abu_ali, "payment", "5", **{"for": named})
        assert (answer.status_code, errors(answer)) == (422, ["target_not_found"])


async def test_a_debt_that_was_reversed_is_refused_by_name_and_what_was_typed_stays(umm_salim):
    abu_ali = await umm_salim.add()
    await umm_salim.wrote(abu_ali, "debt", "30")
    gone = await umm_salim.wrote(abu_ali, "debt", "10")
    await umm_salim.reverse(gone)
    answer = await umm_salim.write(abu_ali, "payment", "5", **{"for": gone})
    assert (answer.status_code, errors(answer)) == (422, ["target_reversed"])
    assert 'value="5"' in answer.text
    assert len(await umm_salim.entries(abu_ali)) == 3
