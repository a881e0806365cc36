"""Requests for approval that a phone wrote without a network, or made of what was refused."""

import pytest

from tests.integration.ledger.shop_client import plain


@pytest.fixture
async def abu_ali(umm_salim) -> str:
    return await umm_salim.shop_client.add("أبو علي")


async def limited(umm_salim, abu_ali) -> None:
    client = umm_salim.shop_client
    typed = {"name": "أبو علي", "credit_limit": "10"}
    assert (await client.post(f"/customers/{abu_ali}", **typed)).status_code == 303


async def answer(umm_salim, request: str, said: str = "yes"):
    path = f"/more/approvals/{request}/answer"
    answered = await umm_salim.shop_client.post(path, answer=said)
    assert answered.status_code == 303


async def test_what_was_refused_becomes_a_request_under_the_same_id(umm_salim, karim, abu_ali):
    await limited(umm_salim, abu_ali)
    debt = karim.debt(abu_ali, 1500, note="أرز")
    assert await karim.send(debt) == ["refused beyond_credit_limit"]
    asking = debt | {"ask": "yes"}
    assert await karim.send(asking) == ["asked"]
    assert await karim.send(asking) == ["asked"]
    assert await umm_salim.balance(abu_ali) == 0
    await answer(umm_salim, debt["id"])
    assert await umm_salim.balance(abu_ali) == 1500
    (line,) = (await umm_salim.seen(abu_ali))["lines"]
    assert (line["recorded_by"], line["note"]) == (karim.shop_client.person_id, "أرز")
    assert await karim.send(asking) == ["asked"]
    assert await karim.send(debt) == ["known"]


async def test_a_request_that_was_declined_is_asked_again_to_no_effect(umm_salim, karim, abu_ali):
    await limited(umm_salim, abu_ali)
    asking = karim.debt(abu_ali, 1500, ask="yes")
    await karim.send(asking)
    await answer(umm_salim, asking["id"], "no")
    assert await karim.send(asking) == ["asked"]
    assert await umm_salim.balance(abu_ali) == 0
    assert await karim.send(asking | {"amount_minor": 1400}) == ["conflict entry_conflict"]


async def test_reversal_and_correction_of_anothers_entry_are_asked_for(umm_salim, karim, abu_ali):
    one, two = umm_salim.debt(abu_ali, 700), umm_salim.debt(abu_ali, 500)
    await umm_salim.send(one, two)
    reversal = karim.reversal(one["id"], ask="yes", reason="مكرر")
    ids = {"entry_id": two["id"], "reversal_id": karim.debt(abu_ali)["id"]}
    corrected = karim.item("correct_entry", **ids, amount_minor=400, ask="yes")
    assert await karim.send(reversal, corrected) == ["asked", "asked"]
    page = plain((await umm_salim.shop_client.get("/more/approvals")).text)
    assert "مكرر" in page
    await answer(umm_salim, reversal["id"])
    await answer(umm_salim, corrected["id"])
    assert await umm_salim.balance(abu_ali) == 400


async def test_one_that_needs_no_approval_is_written_and_others_are_refused(
    umm_salim, karim, abu_ali
):
    await limited(umm_salim, abu_ali)
    small = karim.debt(abu_ali, 500, ask="yes")
    wrong = karim.debt(abu_ali, 0, ask="yes")
    nobodys = karim.reversal(small["device"], ask="yes")
    big = karim.debt(abu_ali, 9000, ask="yes")
    assert await karim.send(small, wrong, nobodys, big, small) == [
        "written",
        "refused amount_zero",
        "deferred entry_waits",
        "asked",
        "known",
    ]
    assert await umm_salim.balance(abu_ali) == 500


async def test_a_request_made_yesterday_stands_on_its_day(app, umm_salim, karim, abu_ali, clock):
    await limited(umm_salim, abu_ali)
    asking = karim.debt(abu_ali, 1500, ask="yes")
    karim.clock = clock.move(hours=20)
    assert await karim.send(asking) == ["asked"]
    await umm_salim.sign_in_again(app)
    await answer(umm_salim, asking["id"])
    (line,) = (await umm_salim.seen(abu_ali))["lines"]
    assert line["occurred_on"] == asking["made_at"][:10]
