"""Writing an entry: from the empty sheet to the page that says where Abu Ali stands."""

import json
import re
from pathlib import Path

import pytest
from sqlalchemy import text

from daftari.kernel.ids import is_id, new_id
from tests.integration.ledger.shop_client import errors, text_of, value_of

CASES = json.loads((Path(__file__).parents[2] / "cases/amounts.json").read_text())["parse"]
OURS = [case for case in CASES if (case["decimals"], case["notation"]) == (2, "point")]


async def test_a_debt_and_a_payment_leave_what_he_still_owes(umm_salim):
    empty = await umm_salim.get()
    assert "data-empty" in empty.text or 'class="empty"' in empty.text
    abu_ali = await umm_salim.add("أبو علي")
    sheet = await umm_salim.get(f"/customers/{abu_ali}/entries/new?kind=debt")
    assert is_id(value_of(sheet, "id"))
    answer = await umm_salim.post(
        f"/customers/{abu_ali}/entries", id=value_of(sheet, "id"), kind="debt", amount="١٢٫٥٠"
    )
    assert answer.status_code == 303
    entry = value_of(sheet, "id")
    here = f"{umm_salim.home}/customers/{abu_ali}"
    assert answer.headers["location"] == f"{here}?recorded={entry}"
    after = await umm_salim.browser.get(answer.headers["location"])
    assert "data-undo" in after.text
    assert f"/entries/{entry}/receipt" in after.text
    await umm_salim.wrote(abu_ali, "payment", "5")
    assert await umm_salim.standing(abu_ali) == "عليه 7.50 ر.س"
    payment, debt = await umm_salim.entries(abu_ali)
    assert payment.startswith("سداد")
    assert "5.00" in payment
    assert "عليه 7.50" in payment
    assert debt.startswith("دَين")
    assert "عليه 12.50" in debt
    assert "7.50 عليه" in text_of(await umm_salim.get(), "list")


async def test_a_payment_says_which_debts_it_covered(umm_salim):
    abu_ali = await umm_salim.add()
    for day in ("2026-11-02", "2026-11-09"):
        await umm_salim.wrote(abu_ali, "debt", "10", occurred_on=day)
    await umm_salim.wrote(abu_ali, "payment", "15")
    payment = (await umm_salim.entries(abu_ali))[0]
    assert "غطّى" in payment
    assert "2/11" in payment
    assert "9/11" in payment


async def test_the_sheet_knows_what_is_late_and_what_was_the_largest_so_far(umm_salim):
    abu_ali, salim = await umm_salim.add(), await umm_salim.add("سالم")
    late = {"occurred_on": "2026-10-02", "due_on": "2026-10-09"}
    await umm_salim.wrote(abu_ali, "debt", "579.75", **late)
    await umm_salim.wrote(abu_ali, "debt", "306.50", due_on="2027-01-01")
    known = {"data-balance": "88625", "data-late": "57975", "data-largest": "57975"}
    for customer, expected in (
        (abu_ali, known),
        (salim, known | {"data-balance": "0", "data-late": "0"}),
    ):
        sheet = await umm_salim.get(f"/customers/{customer}/entries/new?kind=payment")
        [option] = re.findall(r'<option value="SAR" selected[^>]*>', sheet.text)
        assert dict(re.findall(r'(data-(?:balance|late|largest))="(\d+)"', option)) == expected


@pytest.mark.parametrize("amount", ["12+3,5", "12+3", "١٢+٣٫٥", "12-3", "3*4"])
async def test_a_sum_is_refused_where_no_script_adds_it_up(umm_salim, amount):
    abu_ali = await umm_salim.add()
    answer = await umm_salim.write(abu_ali, "debt", amount)
    assert answer.status_code == 422
    assert "amount_not_a_number" in answer.text
    assert value_of(answer, "amount") == amount
    assert await umm_salim.entries(abu_ali) == []


async def test_the_same_form_sent_twice_is_one_entry(umm_salim):
    abu_ali = await umm_salim.add()
    form = {"id": new_id(), "note": "خبز", "taker": "نواف"}
    first, second = [await umm_salim.write(abu_ali, **form) for _ in range(2)]
    assert first.status_code == second.status_code == 303
    assert first.headers["location"] == second.headers["location"]
    assert await umm_salim.standing(abu_ali) == "عليه 12.50 ر.س"
    assert len(await umm_salim.entries(abu_ali)) == 1


OTHER_CONTENT = [
    {"amount": "13"},
    {"kind": "payment"},
    {"note": "حليب"},
    {"occurred_on": "2026-11-01"},
    {"due_on": "2026-12-01"},
    {"method": "cash"},
    {"taker": "نواف"},
    {"currency": "USD"},
]


async def test_the_same_id_with_other_content_is_a_conflict_and_the_first_stands(umm_salim):
    abu_ali = await umm_salim.add()
    entry = await umm_salim.wrote(abu_ali, note="خبز")
    for other in OTHER_CONTENT:
        form = {"kind": "debt", "amount": "12.50", "note": "خبز", **other}
        answer = await umm_salim.write(abu_ali, id=entry, **form)
        assert (answer.status_code, errors(answer)) == (409, ["entry_conflict"]), other
        assert value_of(answer, "amount") == form["amount"]
        assert value_of(answer, "id") != entry, "sent again on purpose, it could never be written"
    (line,) = await umm_salim.entries(abu_ali)
    assert "12.50" in line
    assert "خبز" in line


async def test_an_id_used_for_one_customer_is_no_id_for_another(umm_salim):
    abu_ali, salim = await umm_salim.add(), await umm_salim.add("سالم")
    entry = await umm_salim.wrote(abu_ali)
    assert (await umm_salim.write(salim, id=entry)).status_code == 409
    assert await umm_salim.entries(salim) == []


async def test_every_amount_of_the_table_is_read_or_refused_by_name(umm_salim):
    abu_ali = await umm_salim.add()
    assert len(OURS) > 60
    assert {"reason" in case for case in OURS} == {True, False}
    balance = 0
    for case in OURS:
        answer = await umm_salim.write(abu_ali, "debt", case["text"])
        told = (answer.status_code, errors(answer))
        assert told == ((422, [case["reason"]]) if "reason" in case else (303, [])), case
        balance += case.get("minor", 0)
    assert f"{balance / 100:,.2f}" in await umm_salim.standing(abu_ali)


BAD_FIELDS = [
    ("id", "", "id_not_an_id"),
    ("id", "1", "id_not_an_id"),
    ("id", new_id().upper(), "id_not_an_id"),
    ("kind", "", "kind_unknown"),
    ("kind", "gift", "kind_unknown"),
    ("kind", "reversal", "kind_unknown"),
    ("currency", "XXX", "currency_unknown"),
    ("currency", "sar", "currency_unknown"),
    ("occurred_on", "2026-11-24", "date_in_future"),
    ("occurred_on", "2026-02-30", "date_not_a_date"),
    ("occurred_on", "أمس", "date_not_a_date"),
    ("occurred_on", "1026-11-23", "date_not_a_date"),
    ("due_on", "2026-11-22", "due_before_debt"),
    ("due_on", "9999-12-31", "date_not_a_date"),
    ("due_on", "1/12/2026", "date_not_a_date"),
    ("method", "magic", "method_unknown"),
    ("side", "left", "side_unknown"),
    ("note", "خ" * 301, "words_too_long"),
    ("note", "خ" * 9_000, "words_too_long"),
    ("taker", "ن" * 81, "words_too_long"),
    ("paid_by", "ن" * 81, "words_too_long"),
]


async def test_a_wrong_field_is_named_and_what_was_typed_stays(umm_salim):
    abu_ali = await umm_salim.add()
    good = {"id": new_id(), "kind": "debt", "amount": "12.50", "note": "خبز وحليب"}
    for field, typed, reason in BAD_FIELDS:
        path = f"/customers/{abu_ali}/entries"
        answer = await umm_salim.post(path, **{**good, field: typed})
        assert (answer.status_code, errors(answer)) == (422, [reason]), (field, typed)
        assert value_of(answer, "amount") == "12.50"
        if field in ("occurred_on", "due_on", "note", "taker", "paid_by"):
            assert value_of(answer, field) == typed
    assert await umm_salim.entries(abu_ali) == []


async def test_all_wrong_fields_are_told_at_once(umm_salim):
    abu_ali = await umm_salim.add()
    typed = {"amount": "كثير", "due_on": "غدًا", "note": "خ" * 301, "currency": "؟"}
    choices = {"side": "؟", "method": "؟"}
    answer = await umm_salim.write(abu_ali, "؟", **typed, **choices)
    assert answer.status_code == 422
    told = {"amount_not_a_number", "date_not_a_date", "words_too_long", "currency_unknown"}
    told |= {"kind_unknown", "side_unknown", "method_unknown"}
    assert set(errors(answer)) == told
    for reason in told:
        assert reason not in text_of(answer), "a name stands where a sentence should"


async def test_a_form_with_nothing_in_it_is_refused_and_given_an_id(umm_salim):
    abu_ali = await umm_salim.add()
    answer = await umm_salim.post(f"/customers/{abu_ali}/entries")
    assert answer.status_code == 422
    assert "amount_missing" in errors(answer)
    assert is_id(value_of(answer, "id")), "the sheet cannot be sent again as it stands"


async def test_a_file_where_words_should_be_is_an_empty_field(umm_salim):
    abu_ali = await umm_salim.add()
    answer = await umm_salim.browser.post(
        f"{umm_salim.home}/customers/{abu_ali}/entries",
        data={"id": new_id(), "kind": "debt"},
        files={"amount": ("amount.txt", b"12.50", "text/plain")},
    )
    assert answer.status_code == 422
    assert errors(answer) == ["amount_missing"]


NO_FORMS = [
    (b"\xff\xfe%ff%zz=&&&=", "application/x-www-form-urlencoded"),
    (b"amount=%00", "application/x-www-form-urlencoded"),
    (b"{}", "application/json"),
    (b"no boundary", "multipart/form-data"),
    (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
    (b"", "text/plain"),
]


async def test_a_body_that_is_no_form_breaks_nothing(umm_salim):
    abu_ali = await umm_salim.add()
    for body, kind in NO_FORMS:
        answer = await umm_salim.browser.post(
            f"{umm_salim.home}/customers/{abu_ali}/entries",
            content=body,
            headers={"Content-Type": kind},
        )
        assert answer.status_code in (400, 415, 422), (body, kind)
    assert await umm_salim.entries(abu_ali) == []


async def test_for_htmx_the_account_comes_back_in_its_parts(umm_salim):
    abu_ali = await umm_salim.add()
    path = f"/customers/{abu_ali}/entries"
    typed = {"id": new_id(), "kind": "debt", "amount": "12.50"}
    answer = await umm_salim.post(path, htmx=True, **typed)
    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert "عليه 12.50" in text_of(answer, "standing")
    assert f'id="entry-{typed["id"]}"' in answer.text
    assert "data-undo" in answer.text
    again = await umm_salim.post(path, htmx=True, **typed)
    assert again.status_code == 200
    assert len(await umm_salim.entries(abu_ali)) == 1


async def test_for_htmx_a_refusal_is_the_sheet_alone(umm_salim):
    abu_ali = await umm_salim.add()
    path = f"/customers/{abu_ali}/entries"
    answer = await umm_salim.post(path, htmx=True, id=new_id(), kind="debt", amount="1e3")
    assert answer.status_code == 422
    assert "<html" not in answer.text
    assert errors(answer) == ["amount_not_a_number"]
    assert value_of(answer, "amount") == "1e3"


async def test_an_entry_is_noted_with_who_wrote_it(umm_salim, karim):
    abu_ali = await umm_salim.add()
    await karim.wrote(abu_ali)
    assert "كريم" in (await umm_salim.entries(abu_ali))[0]
    assert "كريم" not in (await karim.entries(abu_ali))[0]


async def test_every_deed_tells_who_did_it(app, umm_salim):
    abu_ali = await umm_salim.add()
    entry = await umm_salim.wrote(abu_ali)
    await umm_salim.reverse(entry)
    shop_id = umm_salim.home.split("/")[2]

    def doers(tx):
        noted = list(tx.execute(text("SELECT verb, person_id FROM activity")))
        lines = list(tx.scalars(text("SELECT recorded_by FROM entries ORDER BY sequence")))
        return noted, lines

    [(verb, who)], lines = await app.state.shops.read(shop_id, doers)
    assert verb == "add_customer"
    assert lines == [who, who]
