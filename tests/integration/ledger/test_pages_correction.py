"""A mistake is corrected in one act: one line in the account, the history behind it."""

import asyncio

import httpx
import pytest

from daftari.kernel.ids import new_id
from daftari.ledger.jobs import verify_shop
from tests.integration.ledger.shop_client import (
    HTMX,
    ShopClient,
    errors,
    plain,
    text_of,
    value_of,
)
from tests.photos import a_photo


async def correct(shop_client: ShopClient, entry: str, **typed: str) -> httpx.Response:
    form = {"id": new_id(), "reversal_id": new_id(), **typed}
    return await shop_client.post(f"/entries/{entry}/correction", **form)


async def corrected(shop_client: ShopClient, entry: str, **typed: str) -> str:
    """A correction that is accepted; the id of the new entry."""
    new = typed.setdefault("id", new_id())
    answer = await correct(shop_client, entry, **typed)
    assert answer.status_code == 303, errors(answer)
    return new


async def test_an_amount_is_corrected_and_the_account_shows_one_line(umm_salim):
    abu_ali = await umm_salim.add()
    entry = await umm_salim.wrote(abu_ali, "debt", "125", note="سكر")
    await corrected(umm_salim, entry, amount="12.50")
    (line,) = await umm_salim.entries(abu_ali)
    assert "صُحِّح" in line
    assert "12.50" in line
    assert "سكر" in line
    assert "125.00" not in line
    assert await umm_salim.standing(abu_ali) == "عليه 12.50 ر.س"


async def test_the_form_is_filled_in_with_what_stands(umm_salim):
    abu_ali = await umm_salim.add()
    entry = await umm_salim.wrote(
        abu_ali, "debt", "1250.75", note="مقاضي", taker="أم علي", due_on="2026-12-20"
    )
    form = await umm_salim.get(f"/entries/{entry}/correction")
    assert value_of(form, "amount") == "1,250.75"
    assert value_of(form, "occurred_on") == "2026-11-23"
    assert value_of(form, "due_on") == "2026-12-20"
    assert value_of(form, "note") == "مقاضي"
    assert value_of(form, "taker") == "أم علي"
    page = await umm_salim.get(f"/entries/{entry}")
    assert f"/entries/{entry}/correction" in page.text


async def test_every_field_can_be_corrected_and_what_is_not_sent_stays(umm_salim):
    abu_ali = await umm_salim.add()
    debt = await umm_salim.wrote(abu_ali, "debt", "10", note="سكر", taker="خالد")
    new = await corrected(
        umm_salim, debt, occurred_on="2026-11-20", due_on="2026-12-01", note="شاي", taker=""
    )
    said = text_of(await umm_salim.get(f"/entries/{new}"), "entry-details")
    for told in ("20/11/2026", "1/12/2026", "شاي", "10.00"):
        assert told in said
    assert "خالد" not in said
    payment = await umm_salim.wrote(abu_ali, "payment", "4", method="cash")
    new = await corrected(umm_salim, payment, method="transfer", paid_by="حمدان")
    said = text_of(await umm_salim.get(f"/entries/{new}"), "entry-details")
    assert "حوالة" in said
    assert "حمدان" in said


async def test_a_corrected_line_stands_where_it_was_with_the_balances_around_it(umm_salim):
    abu_ali = await umm_salim.add()
    await umm_salim.wrote(abu_ali, "debt", "1", note="أ")
    middle = await umm_salim.wrote(abu_ali, "debt", "20", note="ب")
    await umm_salim.wrote(abu_ali, "debt", "3", note="ج")
    await corrected(umm_salim, middle, amount="2")
    await umm_salim.wrote(abu_ali, "debt", "4", note="د")
    lines = await umm_salim.entries(abu_ali)
    assert [next(one for one in "أبجد" if f" {one} " in line) for line in lines] == list("دجبأ")
    assert [line.rsplit(" ", 1)[1] for line in lines] == ["10.00", "6.00", "3.00", "1.00"]


async def test_a_correction_is_corrected_again_and_its_history_has_all_of_it(umm_salim, karim):
    abu_ali = await umm_salim.add()
    first = await umm_salim.wrote(abu_ali, "debt", "10")
    second = await corrected(umm_salim, first, amount="11")
    third = await corrected(umm_salim, second, amount="12")
    (line,) = await umm_salim.entries(abu_ali)
    assert "12.00" in line
    page = await umm_salim.get(f"/entries/{third}")
    for entry, amount in ((first, "10.00"), (second, "11.00")):
        assert f"/entries/{entry}" in page.text
        assert amount in text_of(page, "entry-details")
    old = await umm_salim.get(f"/entries/{first}")
    assert f"/entries/{third}" in old.text
    assert f"/entries/{first}/correction" not in old.text
    assert f"/entries/{first}/reversal" not in old.text


async def test_sent_twice_it_is_one_correction_and_other_content_is_a_conflict(umm_salim):
    abu_ali = await umm_salim.add()
    entry = await umm_salim.wrote(abu_ali, "debt", "10")
    form = {"id": new_id(), "reversal_id": new_id(), "amount": "11"}
    for _ in range(2):
        assert (await correct(umm_salim, entry, **form)).status_code == 303
    assert len(await umm_salim.entries(abu_ali)) == 1
    for other in ({"amount": "12"}, {"reversal_id": new_id()}):
        answer = await correct(umm_salim, entry, **(form | other))
        assert (answer.status_code, errors(answer)) == (409, ["entry_conflict"])
    assert await umm_salim.standing(abu_ali) == "عليه 11.00 ر.س"


async def test_the_same_values_write_nothing_and_say_so(umm_salim):
    abu_ali = await umm_salim.add()
    entry = await umm_salim.wrote(abu_ali, "debt", "10", note="سكر")
    answer = await correct(umm_salim, entry, amount="١٠", note="سكر")
    assert (answer.status_code, errors(answer)) == (422, ["correction_same"])
    assert "صُحِّح" not in (await umm_salim.entries(abu_ali))[0]


async def test_two_phones_at_once_make_one_correction(umm_salim):
    abu_ali = await umm_salim.add()
    entry = await umm_salim.wrote(abu_ali, "debt", "10")
    answers = await asyncio.gather(
        *(correct(umm_salim, entry, amount=str(amount)) for amount in (11, 12, 13))
    )
    assert sorted(answer.status_code for answer in answers) == [303, 422, 422]
    refused = [errors(answer) for answer in answers if answer.status_code == 422]
    assert refused == [["already_corrected"]] * 2
    assert len(await umm_salim.entries(abu_ali)) == 1


async def test_what_cannot_be_corrected_is_refused_by_its_name(umm_salim):
    abu_ali, plan = await umm_salim.add(), new_id()
    entry, reversal = await umm_salim.wrote(abu_ali), new_id()
    await umm_salim.reverse(entry, id=reversal)
    form = {"id": plan, "amount": "20", "count": "2", "day_choice": "2026-12-01"}
    shown = await umm_salim.post(f"/customers/{abu_ali}/plans/preview", **form)
    await umm_salim.post(
        f"/customers/{abu_ali}/plans", **form, schedule=value_of(shown, "schedule")
    )
    instalment = plain_ids(await umm_salim.account(abu_ali))[0]
    for one, name in (
        (entry, "already_reversed"),
        (reversal, "correction_of_reversal"),
        (instalment, "correction_of_instalment"),
    ):
        answer = await correct(umm_salim, one, amount="1")
        assert (answer.status_code, errors(answer)) == (422, [name])
    assert (await correct(umm_salim, new_id(), amount="1")).status_code == 404


def plain_ids(answer: httpx.Response) -> list[str]:
    return [part.split('"')[0] for part in answer.text.split('id="entry-')[1:]]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ({"amount": "x"}, "amount_not_a_number"),
        ({"amount": "0"}, "amount_zero"),
        ({"occurred_on": "2026-11-24"}, "date_in_future"),
        ({"due_on": "2026-11-01"}, "due_before_debt"),
        ({"note": "خ" * 301}, "words_too_long"),
        ({"reversal_id": "1", "amount": "3"}, "id_not_an_id"),
    ],
)
async def test_wrong_fields_are_told_and_what_was_typed_stays(umm_salim, typed, name):
    abu_ali = await umm_salim.add()
    entry = await umm_salim.wrote(abu_ali, "debt", "10")
    answer = await correct(umm_salim, entry, **typed)
    assert (answer.status_code, errors(answer)) == (422, [name])
    for field, text in typed.items():
        if field != "reversal_id":
            assert value_of(answer, field) == text
    assert "صُحِّح" not in (await umm_salim.entries(abu_ali))[0]


async def test_karim_corrects_what_he_may_reverse_and_nothing_else(umm_salim, karim, viewer, clock):
    abu_ali = await umm_salim.add()
    hers, his = await umm_salim.wrote(abu_ali), await karim.wrote(abu_ali)
    refused = await correct(karim, hers, amount="1")
    assert (refused.status_code, errors(refused)) == (422, ["not_your_entry"])
    assert (await correct(viewer, his, amount="1")).status_code == 404
    his = await corrected(karim, his, amount="1")
    clock.move(days=1)
    refused = await correct(karim, his, amount="2")
    assert (refused.status_code, errors(refused)) == (422, ["not_your_entry"])


async def test_a_correction_is_no_way_round_the_limit_and_a_note_is_no_new_debt(umm_salim, karim):
    abu_ali = await umm_salim.add(credit_limit="20")
    debt = await karim.wrote(abu_ali, "debt", "15")
    refused = await correct(karim, debt, amount="25")
    assert (refused.status_code, errors(refused)) == (422, ["beyond_credit_limit"])
    await umm_salim.wrote(abu_ali, "debt", "50")
    await corrected(karim, debt, note="سكر", amount="14")
    await umm_salim.post(f"/customers/{abu_ali}/freeze")
    frozen = await umm_salim.wrote(abu_ali, "payment", "1")
    await corrected(umm_salim, frozen, note="من ابنه")


async def test_what_a_payment_covered_stays_covered_when_a_note_is_corrected(umm_salim):
    abu_ali = await umm_salim.add()
    first = await umm_salim.wrote(abu_ali, "debt", "10", note="أ")
    await umm_salim.wrote(abu_ali, "debt", "10", note="ب")
    payment = await umm_salim.wrote(abu_ali, "payment", "10")
    new = await corrected(umm_salim, first, note="ج")
    covered = await umm_salim.get(f"/entries/{new}")
    assert f"/entries/{payment}" in covered.text


async def test_the_photo_goes_with_the_corrected_entry(umm_salim):
    abu_ali = await umm_salim.add()
    entry = await umm_salim.wrote(abu_ali)
    assert (await umm_salim.put_photo(entry, a_photo((32, 24)))).status_code == 201
    new = await corrected(umm_salim, entry, amount="1")
    for one in (entry, new):
        assert (await umm_salim.get(f"/entries/{one}/photo")).status_code == 200


async def test_a_corrected_line_can_be_reversed(umm_salim):
    abu_ali = await umm_salim.add()
    new = await corrected(umm_salim, await umm_salim.wrote(abu_ali), amount="7")
    assert (await umm_salim.reverse(new)).status_code == 303
    reversal, line = await umm_salim.entries(abu_ali)
    assert "7.00" in reversal
    assert "مُلغى" in line
    assert await umm_salim.standing(abu_ali) == "مسدَّد 0.00 ر.س"


async def test_for_htmx_a_correction_brings_the_lines_and_says_so_without_an_undo(umm_salim):
    abu_ali = await umm_salim.add()
    entry, new = await umm_salim.wrote(abu_ali), new_id()
    form = {"id": new, "reversal_id": new_id(), "amount": "7"}
    answer = await umm_salim.post(f"/entries/{entry}/correction", htmx=True, **form)
    assert answer.status_code == 200
    assert "صُحِّح القيد" in plain(answer.text)
    assert "data-undo" not in answer.text
    assert f'id="entry-{new}"' in answer.text
    assert f'id="entry-{entry}"' not in answer.text
    later = await umm_salim.wrote(abu_ali, "payment", "1")
    path = f"/customers/{abu_ali}?recorded={later}"
    assert f'id="entry-{later}"' in (await umm_salim.get(path, headers=HTMX)).text


async def test_the_proof_holds_after_corrections(app, umm_salim):
    abu_ali = await umm_salim.add()
    debt = await umm_salim.wrote(abu_ali, "debt", "10")
    payment = await umm_salim.wrote(abu_ali, "payment", "4")
    once = await corrected(umm_salim, debt, amount="12")
    await corrected(umm_salim, once, occurred_on="2026-11-01")
    await corrected(umm_salim, payment, amount="5")
    shop_id = umm_salim.home.split("/")[2]
    proof = await verify_shop(app.state.shops, app.state.control, shop_id)
    assert proof.faults == ()
    assert proof.entries == 8
