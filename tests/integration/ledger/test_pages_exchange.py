"""A debt in one currency is paid in another: both amounts and the agreed rate are kept."""

import pytest

from daftari.kernel.ids import new_id
from daftari.ledger.jobs import verify_shop
from tests.integration.ledger.shop_client import errors, plain, text_of, value_of

RIYALS = {"currency": "USD", "paid_currency": "SAR"}


async def owes_dollars(umm_salim):
    abu_ali = await umm_salim.add()
    await umm_salim.wrote(abu_ali, "debt", "100", currency="USD")
    return abu_ali


@pytest.mark.parametrize(
    ("amount", "paid_amount", "rate"),
    [("40", "150", ""), ("", "150", "3.75"), ("40", "", "٣٫٧٥"), ("40", "150", "3.75")],
)
async def test_two_of_the_three_are_enough(umm_salim, amount, paid_amount, rate):
    abu_ali = await owes_dollars(umm_salim)
    typed = RIYALS | {"paid_amount": paid_amount, "rate": rate}
    entry = await umm_salim.wrote(abu_ali, "payment", amount, **typed)
    page = plain((await umm_salim.get(f"/entries/{entry}")).text)
    assert "150.00 ر.س" in page
    assert "1 $ = 3.75 ر.س" in page
    assert "40.00" in (await umm_salim.entries(abu_ali))[0]
    assert "60.00" in plain((await umm_salim.account(abu_ali)).text)


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ({"rate": "0"}, "rate_not_positive"),
        ({"rate": "-3.75"}, "rate_not_positive"),
        ({"rate": "3.750000000001"}, "rate_too_many_decimals"),
        ({"rate": "كثير"}, "rate_not_a_number"),
        ({"rate": "3,75"}, "amount_ambiguous_separator"),
        ({"rate": "3.70", "paid_amount": "150"}, "rate_disagrees"),
        ({}, "paid_amount_missing"),
        ({"paid_amount": "0"}, "amount_zero"),
        ({"paid_amount": "150", "paid_currency": "USD"}, "paid_currency_same"),
        ({"paid_amount": "150", "paid_currency": "XXX"}, "currency_unknown"),
        ({"paid_amount": "150", "paid_currency": ""}, "paid_currency_missing"),
        ({"paid_amount": "150", "kind": "debt"}, "exchange_of_no_payment"),
        ({"paid_amount": "150", "kind": "discount"}, "exchange_of_no_payment"),
    ],
)
async def test_what_was_typed_wrong_is_refused_by_name_and_kept(umm_salim, typed, reason):
    abu_ali = await owes_dollars(umm_salim)
    line = {"id": new_id(), "kind": "payment", "amount": "40"} | RIYALS | typed
    answer = await umm_salim.post(f"/customers/{abu_ali}/entries", **line)
    assert (answer.status_code, errors(answer)) == (422, [reason])
    for field in {"paid_amount", "rate"} & typed.keys():
        assert value_of(answer, field) == typed[field]


async def test_sent_again_is_one_entry_and_another_rate_is_a_conflict(umm_salim):
    abu_ali = await owes_dollars(umm_salim)
    line = RIYALS | {"id": new_id(), "paid_amount": "150"}
    for _ in range(2):
        assert (await umm_salim.write(abu_ali, "payment", "40", **line)).status_code == 303
    assert len(await umm_salim.entries(abu_ali)) == 2
    line |= {"paid_amount": "152"}
    assert (await umm_salim.write(abu_ali, "payment", "40", **line)).status_code == 409


async def test_the_owners_rate_is_offered_with_its_day_and_never_used_by_itself(umm_salim):
    abu_ali = await umm_salim.add()
    sheet = f"/customers/{abu_ali}/entries/new?kind=payment"
    assert "سعرك المسجّل" not in (await umm_salim.get(sheet)).text
    await umm_salim.post("/more/rates", rate_USD="3.75")
    page = await umm_salim.get(sheet)
    assert "1 $ = 3.75 ر.س" in plain(page.text)
    assert "سعرك المسجّل يوم" in plain(page.text)
    assert value_of(page, "rate") == ""
    answer = await umm_salim.write(abu_ali, "payment", "40", **RIYALS)
    assert errors(answer) == ["paid_amount_missing"]


async def test_the_head_of_the_sheet_tells_every_currency_that_is_owed(umm_salim):
    abu_ali = await umm_salim.add()

    async def head() -> str:
        return text_of(await umm_salim.get(f"/customers/{abu_ali}/entries/new"), "sheet-title")

    assert await head() == "أبو علي مسدَّد"
    await umm_salim.wrote(abu_ali, "debt", "100", currency="USD")
    assert await head() == "أبو علي عليه 100.00 $"
    await umm_salim.wrote(abu_ali, "payment", "5")
    assert await head() == "أبو علي له 5.00 ر.س · عليه 100.00 $"


@pytest.mark.parametrize(
    ("typed", "amount", "paid", "rate"),
    [
        ({"amount": "20"}, "20.00", "75.00", "3.75"),
        ({"amount": "20", "paid_amount": "١٥٠", "rate": "3.750"}, "20.00", "75.00", "3.75"),
        ({"paid_amount": "300"}, "80.00", "300.00", "3.75"),
        ({"rate": "3"}, "50.00", "150.00", "3"),
        ({"rate": "", "amount": "50"}, "50.00", "150.00", "3"),
        ({"paid_amount": "", "rate": "4"}, "40.00", "160.00", "4"),
    ],
)
async def test_one_number_that_is_corrected_alone_changes_what_follows_of_it(
    umm_salim, typed, amount, paid, rate
):
    abu_ali = await owes_dollars(umm_salim)
    entry = await umm_salim.wrote(abu_ali, "payment", "40", **RIYALS, paid_amount="150")
    path, names = f"/entries/{entry}/correction", ("amount", "paid_amount", "rate")
    shown = await umm_salim.get(path)
    form = {name: value_of(shown, name) for name in ("id", "reversal_id", *names)}
    answer = await umm_salim.post(path, **form | {"paid_currency": "SAR", **typed})
    assert answer.status_code == 303, errors(answer)
    stands = await umm_salim.get(f"/entries/{form['id']}/correction")
    assert [value_of(stands, name) for name in names] == [amount, paid, rate]


async def test_a_correction_keeps_what_was_handed_over(app, umm_salim):
    abu_ali = await owes_dollars(umm_salim)
    entry = await umm_salim.wrote(abu_ali, "payment", "40", **RIYALS, paid_amount="150")
    form = await umm_salim.get(f"/entries/{entry}/correction")
    assert (value_of(form, "paid_amount"), value_of(form, "rate")) == ("150.00", "3.75")

    async def correct(entry, **typed):
        ids = {"id": new_id(), "reversal_id": new_id()}
        answer = await umm_salim.post(f"/entries/{entry}/correction", **ids, **typed)
        return answer, ids["id"]

    answer, noted = await correct(entry, note="حوالة")
    assert answer.status_code == 303
    assert "1 $ = 3.75 ر.س" in plain((await umm_salim.get(f"/entries/{noted}")).text)
    answer, _ = await correct(noted, amount="20", paid_amount="151", rate="3.75")
    assert errors(answer) == ["rate_disagrees"]
    answer, halved = await correct(noted, amount="20")
    assert answer.status_code == 303
    assert "75.00 ر.س" in plain((await umm_salim.get(f"/entries/{halved}")).text)
    answer, _ = await correct(halved, amount="20", paid_amount="76", rate="")
    assert answer.status_code == 303
    shop_id = umm_salim.home.split("/")[2]
    proof = await verify_shop(app.state.shops, app.state.control, shop_id)
    assert proof.faults == ()
