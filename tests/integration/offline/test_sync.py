"""POST /sync: a verdict for every item, and each item once in the book."""

import pytest
from sqlalchemy import text

from daftari.db.base import WriteTx
from daftari.kernel.ids import new_id
from tests.integration.ledger.shop_client import text_of


@pytest.fixture
async def abu_ali(umm_salim) -> str:
    return await umm_salim.shop_client.add("أبو علي")


async def test_a_first_customer_and_his_first_debt_come_in_one_batch(umm_salim):
    abu_ali = umm_salim.customer(nickname="أبو فاروق", phone="0501112233", note="الحي")
    debt = umm_salim.debt(abu_ali["id"], 1250, note="خبز", taker="ابنه")
    assert await umm_salim.send(abu_ali, debt) == ["written", "written"]
    seen = await umm_salim.seen(abu_ali["id"])
    assert (seen["name"], seen["nickname"], seen["phone"]) == (
        "أبو علي",
        "أبو فاروق",
        "+966501112233",
    )
    assert seen["balances"] == {"SAR": 1250}
    (line,) = seen["lines"]
    assert (line["id"], line["note"], line["taker"]) == (debt["id"], "خبز", "ابنه")
    assert line["recorded_by"] == umm_salim.shop_client.person_id


async def test_a_neighbourhood_goes_to_the_book_and_back_to_the_phone(umm_salim):
    salwa = umm_salim.customer("سلوى", neighbourhood="حي الروضة")
    assert await umm_salim.send(salwa) == ["written"]
    seen = await umm_salim.seen(salwa["id"])
    assert seen["neighbourhood"] == "حي الروضة"
    assert "الروضه" in seen["search_key"]
    too_long = umm_salim.customer("سعاد", neighbourhood="ع" * 81)
    (verdict,) = (await umm_salim.sync(too_long))["answers"]
    assert (verdict["reason"], verdict["field"]) == ("words_too_long", "neighbourhood")


async def test_the_page_shows_what_the_phone_wrote(umm_salim, abu_ali):
    await umm_salim.send(umm_salim.debt(abu_ali, 1250, note="سكر"))
    assert "12.50" in await umm_salim.shop_client.standing(abu_ali)
    assert "سكر" in (await umm_salim.shop_client.entries(abu_ali))[0]


async def test_the_same_batch_again_is_known_and_changes_nothing(app, umm_salim, abu_ali, clock):
    salwa = umm_salim.customer("سلوى")
    debt = umm_salim.debt(abu_ali, due_on="2026-12-01")
    batch = [
        salwa,
        debt,
        umm_salim.payment(abu_ali, note="نقدًا"),
        umm_salim.reversal(debt["id"], reason="خطأ"),
    ]
    assert await umm_salim.send(*batch) == ["written"] * 4
    before = (await umm_salim.snapshot())["customers"]
    assert await umm_salim.send(*batch) == ["known"] * 4
    umm_salim.clock = clock.move(days=31)
    await umm_salim.sign_in_again(app)
    assert await umm_salim.send(*batch) == ["known"] * 4
    assert (await umm_salim.snapshot())["customers"] == before


async def test_twice_in_one_batch_is_once(umm_salim, abu_ali):
    salwa = umm_salim.customer("سلوى")
    debt = umm_salim.debt(abu_ali)
    back = umm_salim.reversal(debt["id"])
    answers = await umm_salim.send(salwa, salwa, debt, debt, back, back)
    assert answers == ["written", "known"] * 3
    assert await umm_salim.balance(abu_ali) == 0


async def test_a_line_of_the_page_sent_again_by_the_phone_is_known(umm_salim, abu_ali):
    """The form was posted, its answer lost, and the phone drains what it had kept."""
    entry = await umm_salim.shop_client.wrote(abu_ali, "debt", "12.50", note="خبز")
    again = umm_salim.debt(abu_ali, 1250, id=entry, note="خبز")
    assert await umm_salim.send(again) == ["known"]


@pytest.mark.parametrize(
    "other",
    [
        {"amount_minor": 9900},
        {"amount_minor": -1},
        {"kind": "payment"},
        {"kind": "reversal"},
        {"currency": "USD"},
        {"note": "غير ذلك"},
        {"note": "ا" * 400},
        {"occurred_on": "2026-11-01"},
        {"occurred_on": "2027-11-01"},
        {"due_on": "2026-12-30"},
        {"due_on": "1999-12-30"},
    ],
)
async def test_other_content_under_a_known_id_is_a_conflict_and_the_first_stands(
    umm_salim, abu_ali, other
):
    debt = umm_salim.debt(abu_ali, 1250)
    await umm_salim.send(debt)
    assert await umm_salim.send(debt | other) == ["conflict entry_conflict"]
    assert await umm_salim.send(debt) == ["known"]
    assert await umm_salim.balance(abu_ali) == 1250


async def test_other_customers_and_reversals_under_a_known_id_are_conflicts(umm_salim, abu_ali):
    salwa = umm_salim.customer("سلوى")
    first, second = umm_salim.debt(abu_ali), umm_salim.debt(abu_ali)
    back = umm_salim.reversal(first["id"], reason="خطأ")
    await umm_salim.send(salwa, first, second, back)
    assert await umm_salim.send(
        salwa | {"name": "سعاد"},
        salwa | {"name": ""},
        back | {"entry_id": second["id"]},
        back | {"reason": "غير ذلك"},
        back | {"reason": "ا" * 400},
        umm_salim.debt(abu_ali, id=back["id"]),
        umm_salim.reversal(second["id"], id=first["id"]),
    ) == [
        "conflict customer_conflict",
        "conflict customer_conflict",
        "conflict entry_conflict",
        "conflict entry_conflict",
        "conflict entry_conflict",
        "conflict entry_conflict",
        "conflict entry_conflict",
    ]
    assert await umm_salim.balance(abu_ali) == 1250


async def test_what_comes_before_what_it_needs_waits_and_is_then_written(umm_salim):
    salwa = umm_salim.customer("سلوى")
    debt = umm_salim.debt(salwa["id"])
    back = umm_salim.reversal(debt["id"])
    assert await umm_salim.send(back, debt, salwa) == [
        "deferred entry_waits",
        "deferred customer_waits",
        "written",
    ]
    assert await umm_salim.send(back, debt) == ["deferred entry_waits", "written"]
    assert await umm_salim.send(back) == ["written"]
    assert await umm_salim.balance(salwa["id"]) == 0


async def test_a_second_reversal_of_one_entry_is_told_that_it_is_done(umm_salim, karim, abu_ali):
    debt = karim.debt(abu_ali)
    await karim.send(debt)
    assert await umm_salim.send(umm_salim.reversal(debt["id"])) == ["written"]
    assert await karim.send(karim.reversal(debt["id"])) == ["known already_reversed"]
    assert await umm_salim.balance(abu_ali) == 0
    assert "data-refused" not in (await umm_salim.shop_client.get("/more/refused")).text


async def test_a_reversal_that_an_earlier_page_sent_without_its_reason_is_told_that_it_is_done(
    umm_salim, abu_ali
):
    debt = umm_salim.debt(abu_ali)
    back = umm_salim.reversal(debt["id"])
    await umm_salim.send(debt, back)
    assert await umm_salim.send(back | {"reason": "خطأ"}) == ["known already_reversed"]
    assert await umm_salim.balance(abu_ali) == 0


async def test_unknown_verbs_and_newer_forms_wait_and_hold_nothing_up(umm_salim, abu_ali):
    debt = umm_salim.debt(abu_ali)
    assert await umm_salim.send(
        umm_salim.item("promise_to_pay", until="2026-12-01"),
        umm_salim.debt(abu_ali, v=2),
        umm_salim.debt(abu_ali, v=2, amount_minor={"of": "another shape"}),
        debt,
        umm_salim.item("promise_to_pay", v=2),
    ) == [
        "deferred verb_unknown",
        "deferred version_newer",
        "deferred version_newer",
        "written",
        "deferred version_newer",
    ]
    assert await umm_salim.balance(abu_ali) == debt["amount_minor"]


async def test_an_item_of_somebody_else_is_refused_by_name_and_touches_nothing(
    umm_salim, karim, huda, abu_ali
):
    """One phone for two people: a queue that mixes them books nothing under the wrong name."""
    his, hers = karim.debt(abu_ali), huda.debt(abu_ali)
    mixed = umm_salim.debt(abu_ali, shop=huda.shop_client.home.removeprefix("/s/"))
    own = umm_salim.debt(abu_ali, 700)
    newer = karim.item("promise_to_pay", v=9)
    assert await umm_salim.send(his, hers, mixed, newer, own) == [
        "refused other_person",
        "refused other_person",
        "refused other_shop",
        "refused other_person",
        "written",
    ]
    assert await umm_salim.balance(abu_ali) == 700
    assert "data-refused" not in (await umm_salim.shop_client.get("/more/refused")).text
    assert await karim.send(his) == ["written"]


async def test_a_batch_of_another_shop_finds_no_customer_and_no_door(umm_salim, huda, abu_ali):
    batch = huda.batch(umm_salim.debt(abu_ali))
    foreign = await huda.shop_client.browser.post(f"{umm_salim.shop_client.home}/sync", json=batch)
    assert (foreign.status_code, foreign.json()["error"]) == (404, "not_found")
    assert await huda.send(umm_salim.debt(abu_ali)) == ["refused other_person"]
    assert await huda.send(huda.debt(abu_ali)) == ["deferred customer_waits"]
    assert await umm_salim.balance(abu_ali) == 0


async def test_a_change_of_details_by_an_older_phone_is_refused_and_told(
    app, umm_salim, karim, abu_ali
):
    """Only the network knows what others changed meanwhile."""
    said = {"customer_id": abu_ali, "name": "أبو عليّ", "credit_limit_minor": 5000}
    change, debt = karim.item("change_customer", **said), karim.debt(abu_ali)
    unreadable = karim.item("change_customer", **said) | {"sequence": "first"}
    assert await karim.send(change, unreadable, debt) == [
        "refused details_need_network",
        "refused item_not_clear",
        "written",
    ]
    assert await karim.send(change) == ["refused details_need_network"]
    assert (await karim.seen(abu_ali))["name"] == "أبو علي"
    page = await umm_salim.shop_client.get("/more/refused")
    assert page.text.count("data-refused") == 1
    assert "من إصدار أقدم" in text_of(page)
    await app.state.shops.write(umm_salim.shop_client.home[3:], _was_written, change["id"], abu_ali)
    assert await karim.send(change) == ["known"]


async def test_the_same_name_is_asked_back_and_no_news_for_the_owner(umm_salim, abu_ali):
    namesake = umm_salim.customer("ابو علي")
    debt = umm_salim.debt(namesake["id"])
    assert await umm_salim.send(namesake, debt) == [
        "refused same_name",
        "deferred customer_waits",
    ]
    assert "data-refused" not in (await umm_salim.shop_client.get("/more/refused")).text
    assert await umm_salim.send(namesake | {"same_name_ok": True}, debt) == ["written"] * 2


async def test_a_role_removed_meanwhile_is_refused_by_name_and_the_owner_is_told(
    app, umm_salim, karim, abu_ali
):
    debt = karim.debt(abu_ali)
    await karim.send(debt)
    await app.state.control.write(_make_viewer, karim.shop_client.person_id)
    refused = [
        karim.debt(abu_ali),
        karim.customer("سلوى"),
        karim.reversal(debt["id"]),
    ]
    assert await karim.send(debt, *refused) == ["known", *["refused not_allowed"] * 3]
    assert await karim.send(*refused) == ["refused not_allowed"] * 3
    assert await umm_salim.balance(abu_ali) == debt["amount_minor"]
    page = await umm_salim.shop_client.get("/more/refused")
    assert page.text.count("data-refused") == 3
    words = text_of(page)
    assert "كريم" in words
    assert "دوره لم يعد يسمح" in words
    assert karim.device[-4:] in words
    assert words.count("12.50") == 2
    assert "سلوى" in words
    assert (await karim.shop_client.get("/more/refused")).status_code == 404


async def test_a_customer_frozen_meanwhile_takes_payments_and_no_debts(umm_salim, karim, abu_ali):
    await umm_salim.shop_client.post(f"/customers/{abu_ali}/freeze")
    answers = await karim.sync(karim.debt(abu_ali), karim.payment(abu_ali))
    first, second = answers["answers"]
    assert (first["answer"], first["reason"]) == ("refused", "customer_frozen")
    assert first["words"].startswith("هذا الزبون موقوف")
    assert second["answer"] == "written"
    assert (
        'data-refused="customer_frozen"' in (await umm_salim.shop_client.get("/more/refused")).text
    )


async def test_who_was_archived_meanwhile_is_back_with_the_entry_of_a_phone(
    umm_salim, karim, abu_ali
):
    before = (await karim.snapshot())["version"]
    await umm_salim.shop_client.post(f"/customers/{abu_ali}/archive")
    [told] = (await karim.snapshot(before))["customers"]
    assert (told["id"], told["archived"]) == (abu_ali, True)
    assert await karim.send(karim.debt(abu_ali)) == ["written"]
    assert "archived" not in await karim.seen(abu_ali)


async def test_the_reason_is_told_in_the_persons_language(umm_salim, abu_ali):
    await umm_salim.shop_client.browser.post("/account/language", data={"language": "en"})
    (answer,) = (await umm_salim.sync(umm_salim.debt(abu_ali, 0)))["answers"]
    assert answer["words"] == "The amount is zero. Type a larger one."


async def test_an_old_refusal_is_forgotten_after_ninety_days(app, umm_salim, abu_ali, clock):
    await umm_salim.send(umm_salim.debt(abu_ali, 0), umm_salim.debt(abu_ali, -5))
    clock.move(days=91)
    await umm_salim.sign_in_again(app)
    await umm_salim.send(umm_salim.debt(abu_ali, 0))
    page = await umm_salim.shop_client.get("/more/refused")
    assert page.text.count("data-refused") == 1


async def test_the_menu_leads_the_owner_to_what_was_refused(umm_salim, karim):
    assert "/more/refused" in (await umm_salim.shop_client.get("/more")).text
    assert "/more/refused" not in (await karim.shop_client.get("/more")).text
    assert "data-refused" not in (await umm_salim.shop_client.get("/more/refused")).text


async def test_the_version_grows_with_what_is_written_and_only_then(umm_salim, abu_ali):
    before = (await umm_salim.snapshot())["version"]
    debt = umm_salim.debt(abu_ali)
    assert (await umm_salim.sync(debt))["version"] == before + 1
    assert (await umm_salim.sync(debt, umm_salim.debt(new_id())))["version"] == before + 1
    assert (await umm_salim.sync())["version"] == before + 1


def _make_viewer(tx: WriteTx, person_id: str) -> None:
    tx.execute(
        text("UPDATE memberships SET role = 'viewer' WHERE person_id = :id"), {"id": person_id}
    )


def _was_written(tx: WriteTx, item_id: str, customer_id: str) -> None:
    """The key that an earlier version stored with a change."""
    key = (
        "INSERT INTO idempotency_keys (id, noun, customer_id, at)"
        " VALUES (:id, 'change', :customer, '2026-11-20T09:00:00.000Z')"
    )
    tx.execute(text(key), {"id": item_id, "customer": customer_id})


async def test_a_payment_from_a_phone_says_what_it_is_for(umm_salim, abu_ali):
    debt = umm_salim.debt(abu_ali)
    payment = umm_salim.payment(abu_ali) | {"for": debt["id"]}
    assert await umm_salim.send(debt, payment, payment) == ["written", "written", "known"]
    assert await umm_salim.send(payment | {"for": ""}) == ["conflict entry_conflict"]


async def test_a_payment_from_a_phone_for_a_debt_reversed_meanwhile_is_taken(umm_salim, abu_ali):
    debt = umm_salim.debt(abu_ali)
    await umm_salim.send(debt, umm_salim.reversal(debt["id"]))
    payment = umm_salim.payment(abu_ali) | {"for": debt["id"]}
    stray = umm_salim.payment(abu_ali) | {"for": new_id()}
    told = (await umm_salim.sync(payment, stray))["answers"]
    assert [one["answer"] for one in told] == ["written", "refused"]
    assert (told[1]["field"], told[1]["reason"]) == ("for", "target_not_found")
