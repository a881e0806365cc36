"""A correction that a phone made with no network."""

from typing import Any

import pytest

from daftari.kernel.ids import new_id
from tests.integration.ledger.shop_client import errors, value_of
from tests.integration.offline.phone import Phone


@pytest.fixture
async def abu_ali(umm_salim: Phone) -> str:
    return await umm_salim.shop_client.add()


def correction(phone: Phone, entry: str, **said: Any) -> dict[str, Any]:
    return phone.item("correct_entry", **{"entry_id": entry, "reversal_id": new_id()} | said)


async def test_an_entry_and_its_correction_come_in_one_batch(umm_salim, abu_ali):
    debt = umm_salim.debt(abu_ali, 12500, note="سكر")
    fixed = correction(umm_salim, debt["id"], amount_minor=1250)
    assert await umm_salim.send(debt, fixed) == ["written", "written"]
    assert await umm_salim.balance(abu_ali) == 1250
    assert await umm_salim.send(debt, fixed) == ["known", "known"]
    assert await umm_salim.balance(abu_ali) == 1250
    (line,) = await umm_salim.shop_client.entries(abu_ali)
    assert "صُحِّح" in line
    assert "سكر" in line


async def test_two_phones_correct_one_entry_and_the_first_stands(umm_salim, karim, abu_ali):
    debt = karim.debt(abu_ali, 1000)
    await karim.send(debt)
    ours, his = (correction(phone, debt["id"], amount_minor=900) for phone in (umm_salim, karim))
    assert await umm_salim.send(ours) == ["written"]
    assert await karim.send(his) == ["refused already_corrected"]
    assert await umm_salim.balance(abu_ali) == 900


async def test_a_correction_is_judged_as_on_the_page(umm_salim, karim, abu_ali):
    debt, reversed_one = umm_salim.debt(abu_ali), umm_salim.debt(abu_ali)
    undone = umm_salim.reversal(reversed_one["id"])
    await umm_salim.send(debt, reversed_one, undone)
    assert await umm_salim.send(
        correction(umm_salim, debt["id"], note=""),
        correction(umm_salim, debt["id"], amount_minor=0),
        correction(umm_salim, debt["id"], occurred_on="2026-12-24"),
        correction(umm_salim, reversed_one["id"], amount_minor=1),
        correction(umm_salim, undone["id"], amount_minor=1),
        correction(umm_salim, new_id(), amount_minor=1),
    ) == [
        "refused correction_same",
        "refused amount_zero",
        "refused date_in_future",
        "refused already_reversed",
        "refused correction_of_reversal",
        "deferred entry_waits",
    ]
    assert await karim.send(correction(karim, debt["id"], amount_minor=1)) == [
        "refused not_your_entry"
    ]


async def test_an_id_with_other_content_is_a_conflict(umm_salim, abu_ali):
    debt = umm_salim.debt(abu_ali)
    fixed = correction(umm_salim, debt["id"], amount_minor=900)
    await umm_salim.send(debt, fixed)
    assert await umm_salim.send(fixed | {"amount_minor": 800}) == ["conflict entry_conflict"]
    assert await umm_salim.balance(abu_ali) == 900


async def test_the_snapshot_says_whose_place_a_correction_takes(umm_salim, abu_ali):
    debt = umm_salim.debt(abu_ali)
    once = correction(umm_salim, debt["id"], amount_minor=900)
    twice = correction(umm_salim, once["id"], amount_minor=800)
    await umm_salim.send(debt, once, twice)
    lines = (await umm_salim.seen(abu_ali))["lines"]
    taken = {line["id"]: line["corrects"] for line in lines if "corrects" in line}
    assert taken == {once["id"]: debt["id"], twice["id"]: debt["id"]}


async def test_a_phone_corrects_what_a_payment_is_for(umm_salim, abu_ali):
    first = umm_salim.debt(abu_ali, 1000, due_on="2026-12-01")
    later = umm_salim.debt(abu_ali, 1000, due_on="2027-12-01")
    payment = umm_salim.payment(abu_ali, 1000)
    await umm_salim.send(first, later, payment)
    meant = correction(umm_salim, payment["id"], **{"for": later["id"]})
    assert await umm_salim.send(meant) == ["written"]
    same = correction(umm_salim, meant["id"], **{"for": later["id"]})
    assert await umm_salim.send(same) == ["refused correction_same"]
    assert await umm_salim.send(correction(umm_salim, meant["id"], **{"for": new_id()})) == [
        "refused target_not_found"
    ]
    lines = (await umm_salim.seen(abu_ali))["lines"]
    assert {line["for"] for line in lines if "for" in line} == {later["id"]}
    assert await umm_salim.send(correction(umm_salim, meant["id"], **{"for": ""})) == ["written"]
    lines = (await umm_salim.seen(abu_ali))["lines"]
    assert "for" not in lines[0]


async def test_a_target_that_was_reversed_meanwhile_is_refused_and_nothing_changes(
    umm_salim, abu_ali
):
    bread, sugar = umm_salim.debt(abu_ali, 1000), umm_salim.debt(abu_ali, 700)
    payment = umm_salim.payment(abu_ali, 500, **{"for": sugar["id"]})
    await umm_salim.send(bread, sugar, payment)
    shop_client = umm_salim.shop_client
    await shop_client.reverse(bread["id"])
    turned = correction(umm_salim, payment["id"], note="نقدًا", **{"for": bread["id"]})
    assert await umm_salim.send(turned) == ["refused target_reversed"]
    assert await umm_salim.balance(abu_ali) == 200
    await shop_client.reverse(sugar["id"])
    kept = correction(umm_salim, payment["id"], note="نقدًا")
    assert await umm_salim.send(kept) == ["written"]


async def test_an_instalment_is_not_offered_for_correction_and_not_corrected(umm_salim, abu_ali):
    shop_client = umm_salim.shop_client
    plain = umm_salim.debt(abu_ali)
    await umm_salim.send(plain)
    form = {"id": new_id(), "amount": "20", "count": "2", "day_choice": "2026-12-01"}
    shown = await shop_client.post(f"/customers/{abu_ali}/plans/preview", **form)
    form["schedule"] = value_of(shown, "schedule")
    assert (await shop_client.post(f"/customers/{abu_ali}/plans", **form)).status_code == 303
    lines = (await umm_salim.seen(abu_ali))["lines"]
    fixed = [line["id"] for line in lines if line.get("fixed")]
    assert {line["id"] for line in lines} - {*fixed} == {plain["id"]}
    assert len(fixed) == 2
    assert await umm_salim.send(correction(umm_salim, fixed[0], amount_minor=1)) == [
        "refused correction_of_instalment"
    ]


async def test_a_phone_names_no_debt_of_another_customer_or_shop(umm_salim, huda, abu_ali):
    salwa = umm_salim.customer("سلوى")
    hers, theirs = umm_salim.debt(salwa["id"]), huda.customer("غريب")
    foreign = huda.debt(theirs["id"])
    assert await umm_salim.send(salwa, hers, umm_salim.debt(abu_ali)) == ["written"] * 3
    assert await huda.send(theirs, foreign) == ["written"] * 2
    named = [umm_salim.payment(abu_ali, **{"for": one["id"]}) for one in (hers, foreign)]
    assert await umm_salim.send(*named) == ["refused target_not_found"] * 2
    answer = await umm_salim.shop_client.write(abu_ali, "payment", "5", **{"for": foreign["id"]})
    assert (answer.status_code, errors(answer)) == (422, ["target_not_found"])
