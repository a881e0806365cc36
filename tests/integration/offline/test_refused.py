"""What a phone held and the book refused: told by name on both sides, and entered by one tap."""

import re

import pytest
from sqlalchemy import text

from daftari.identity.actions.staff import remove_member
from daftari.identity.store.memberships import find_membership
from daftari.kernel.ids import new_id
from tests.integration.ledger.shop_client import errors, text_of

REMOVED = "refused removed_from_shop"


@pytest.fixture
async def abu_ali(umm_salim) -> str:
    return await umm_salim.shop_client.add("أبو علي")


@pytest.fixture
def removed(umm_salim, karim):
    """Umm Salim removes Karim."""

    async def remove() -> None:
        path = f"/more/people/{karim.shop_client.person_id}/removal"
        assert (await umm_salim.shop_client.post(path)).is_redirect

    return remove


async def refused_page(phone) -> str:
    answer = await phone.shop_client.get("/more/refused")
    assert answer.status_code == 200
    return answer.text


async def settle(phone, item, how: str = "entry"):
    return await phone.shop_client.post(f"/more/refused/{item['id']}/{how}")


async def test_what_a_removed_phone_held_is_refused_by_name_and_the_shop_is_told(
    umm_salim, karim, abu_ali, removed
):
    before = karim.debt(abu_ali, 300)
    assert await karim.send(before) == ["written"]
    await removed()
    held = [karim.debt(abu_ali, 1250, note="خبز"), karim.payment(abu_ali, 500), before]
    assert await karim.send(*held) == [REMOVED, REMOVED, "known"]
    page = await refused_page(umm_salim)
    assert page.count('data-refused="removed_from_shop"') == 2
    for told in ("كريم", "أبو علي", "12.50", "5.00", "خبز"):
        assert told in page
    inbox = await umm_salim.shop_client.get("/more/alerts")
    assert "كريم" in inbox.text
    assert "قيدين" in inbox.text
    assert len(await umm_salim.shop_client.entries(abu_ali)) == 1


async def test_the_words_on_the_phone_say_why(karim, abu_ali, removed):
    await removed()
    (answer,) = (await karim.sync(karim.debt(abu_ali)))["answers"]
    assert answer["words"] == "لم يُقبل لأنك لم تعد من العاملين في المحل."


async def test_the_same_batch_again_makes_no_second_row_and_no_second_alert(
    umm_salim, karim, abu_ali, removed
):
    await removed()
    held = [karim.debt(abu_ali), karim.payment(abu_ali)]
    for _ in range(3):
        assert await karim.send(*held) == [REMOVED] * 2
    assert (await refused_page(umm_salim)).count("data-refused=") == 2
    inbox = await umm_salim.shop_client.get("/more/alerts")
    assert inbox.text.count('data-alert="not_accepted"') == 1


async def test_whatever_else_a_removed_phone_holds_is_refused_too(karim, abu_ali, removed):
    entry = karim.debt(abu_ali)
    assert await karim.send(entry) == ["written"]
    await removed()
    others = [
        karim.reversal(entry["id"]),
        karim.reversal(new_id()),
        karim.customer("سلوى"),
        karim.item("change_customer", customer_id=abu_ali),
        karim.debt(abu_ali, v=9),
        karim.item("dance"),
    ]
    assert await karim.send(*others) == [REMOVED] * len(others)


async def test_a_removed_phone_gets_nothing_else(karim, abu_ali, removed):
    await removed()
    assert (await karim.sync())["answers"] == []
    snapshot = await karim.shop_client.get("/snapshot", headers={"Accept": "application/json"})
    assert (snapshot.status_code, snapshot.json()["error"]) == (404, "not_found")
    assert (await karim.post("{")).status_code == 404


async def test_after_thirty_days_nobody_answers(app, clock, karim, abu_ali, removed):
    await removed()
    clock.move(days=31)
    await karim.sign_in_again(app)
    assert (await karim.post("{}")).status_code == 404


async def test_one_tap_enters_it_on_the_day_it_was_made(umm_salim, karim, abu_ali, removed, clock):
    item = karim.debt(abu_ali, 1250, note="خبز")
    await removed()
    clock.move(days=2)
    karim.clock = clock.now()
    assert await karim.send(item) == [REMOVED]
    clock.move(days=1)
    assert (await settle(umm_salim, item)).status_code == 303
    seen = await umm_salim.seen(abu_ali)
    (line,) = seen["lines"]
    assert (line["id"], line["note"], line["amount_minor"]) == (item["id"], "خبز", 1250)
    assert line["recorded_by"] == umm_salim.shop_client.person_id
    assert line["occurred_on"] == item["made_at"][:10]
    page = await refused_page(umm_salim)
    assert 'data-settled="entered"' in page
    assert (await settle(umm_salim, item)).status_code == 303
    assert len((await umm_salim.seen(abu_ali))["lines"]) == 1


async def test_what_was_entered_is_known_to_the_phone_that_comes_back(
    umm_salim, karim, abu_ali, removed
):
    item = karim.debt(abu_ali)
    await removed()
    assert await karim.send(item) == [REMOVED]
    await settle(umm_salim, item)
    assert await karim.send(item) == ["known"]


async def test_a_new_customer_comes_in_with_his_first_entry(umm_salim, karim, removed):
    salwa = karim.customer("سلوى")
    debt, payment = karim.debt(salwa["id"], 900), karim.payment(salwa["id"], 400)
    await removed()
    assert await karim.send(salwa, debt, payment) == [REMOVED] * 3
    assert (await refused_page(umm_salim)).count("سلوى") >= 3
    assert (await settle(umm_salim, debt)).status_code == 303
    assert (await settle(umm_salim, payment)).status_code == 303
    assert (await umm_salim.seen(salwa["id"]))["balances"] == {"SAR": 500}
    assert (await refused_page(umm_salim)).count('data-settled="entered"') == 3


async def test_a_customer_who_was_left_out_comes_in_with_an_entry_that_needs_him(
    umm_salim, karim, removed
):
    salwa = karim.customer("سلوى")
    debt = karim.debt(salwa["id"], 900)
    await removed()
    await karim.send(salwa, debt)
    assert (await settle(umm_salim, salwa, "removal")).status_code == 303
    assert (await settle(umm_salim, debt)).status_code == 303
    assert (await umm_salim.seen(salwa["id"]))["balances"] == {"SAR": 900}


async def test_the_reversal_of_what_is_not_in_the_book_says_so(umm_salim, karim, abu_ali, removed):
    entry = karim.debt(abu_ali)
    reversal = karim.reversal(entry["id"])
    await removed()
    assert await karim.send(entry, reversal) == [REMOVED] * 2
    refused = await settle(umm_salim, reversal)
    assert (refused.status_code, errors(refused)) == (422, ["refused_without_its_entry"])
    assert (await settle(umm_salim, entry)).status_code == 303
    assert (await settle(umm_salim, reversal)).status_code == 303
    assert "0" in await umm_salim.shop_client.standing(abu_ali)
    assert (await umm_salim.seen(abu_ali)).get("balances", {}) == {}


async def test_what_is_left_out_stays_in_the_list_and_not_in_the_book(
    umm_salim, karim, abu_ali, removed
):
    item = karim.debt(abu_ali)
    await removed()
    await karim.send(item)
    assert (await settle(umm_salim, item, "removal")).status_code == 303
    assert 'data-settled="left"' in await refused_page(umm_salim)
    assert (await settle(umm_salim, item)).status_code == 303
    assert await umm_salim.shop_client.entries(abu_ali) == []


async def test_a_refusal_of_the_book_stands_beside_the_item(umm_salim, karim, abu_ali, removed):
    item = karim.debt(abu_ali)
    await removed()
    await karim.send(item)
    await umm_salim.shop_client.post(f"/customers/{abu_ali}/freeze")
    refused = await settle(umm_salim, item)
    assert (refused.status_code, errors(refused)) == (422, ["customer_frozen"])
    assert await umm_salim.shop_client.entries(abu_ali) == []


async def test_an_item_that_nobody_knows_is_not_found(umm_salim, huda, karim, abu_ali, removed):
    item = karim.debt(abu_ali)
    await removed()
    await karim.send(item)
    for how in ("entry", "removal"):
        assert (await settle(umm_salim, {"id": new_id()}, how)).status_code == 404
        assert (await settle(huda, item, how)).status_code == 404


async def test_a_role_that_is_narrowed_while_a_batch_is_on_its_way(
    umm_salim, karim, abu_ali, monkeypatch, app
):
    """The guard let the batch in; the role is another when it is applied."""
    control, write = app.state.control, app.state.shops.write
    narrowed = "UPDATE memberships SET role = 'viewer' WHERE person_id = :id"
    whose = {"id": karim.shop_client.person_id}

    async def late(*args, **kwargs):
        await control.write(lambda tx: tx.execute(text(narrowed), whose) and None)
        return await write(*args, **kwargs)

    monkeypatch.setattr(app.state.shops, "write", late)
    assert await karim.send(karim.debt(abu_ali)) == ["refused not_allowed"]
    monkeypatch.undo()
    inbox = await umm_salim.shop_client.get("/more/alerts")
    assert inbox.text.count('data-alert="not_accepted"') == 1
    assert "دوره لا يسمح" in inbox.text
    assert "see_totals" not in (await karim.snapshot())["shop"]["may"]


async def test_who_is_removed_while_a_batch_is_on_its_way(
    umm_salim, karim, abu_ali, monkeypatch, app
):
    control, write = app.state.control, app.state.shops.write
    shop_id = umm_salim.shop_client.home.split("/")[2]
    by = await control.read(find_membership, shop_id, umm_salim.shop_client.person_id)

    async def late(*args, **kwargs):
        now = app.state.clock.now()
        if await control.read(find_membership, shop_id, karim.shop_client.person_id):
            await control.write(remove_member, by, karim.shop_client.person_id, now)
        return await write(*args, **kwargs)

    monkeypatch.setattr(app.state.shops, "write", late)
    assert await karim.send(karim.debt(abu_ali), karim.payment(abu_ali)) == [REMOVED] * 2
    monkeypatch.undo()
    assert await umm_salim.shop_client.entries(abu_ali) == []


async def test_the_page_of_a_closed_shop_tells_its_name_and_nobody_elses(
    umm_salim, karim, huda, abu_ali, removed
):
    shop_id = karim.shop_client.home.split("/")[2]
    browser = karim.shop_client.browser
    assert (await browser.get(f"/account/former/{shop_id}")).status_code == 404
    await removed()
    page = await browser.get(f"/account/former/{shop_id}")
    assert page.status_code == 200
    assert "بقالة النور" in page.text
    mark = re.search(r'<meta name="daftari-former" data-person="([^"]+)"', page.text)
    assert mark
    assert mark[1] == karim.shop_client.person_id
    home = await browser.get("/")
    assert home.headers["location"] == f"/account/former/{shop_id}"
    assert "بقالة النور" in (await browser.get("/account")).text
    hers = huda.shop_client.home.split("/")[2]
    for other in (hers, new_id()):
        assert (await browser.get(f"/account/former/{other}")).status_code == 404


async def test_a_row_of_before_has_no_content_and_is_only_left_out(app, umm_salim, karim):
    row = {"id": new_id(), "person": karim.shop_client.person_id, "device": karim.device}
    insert = (
        "INSERT INTO sync_refusals (id, at, person_id, device, verb, reason) VALUES "
        "(:id, '2026-11-23T09:00:00.000Z', :person, :device, 'record_entry', 'not_allowed')"
    )
    shop_id = umm_salim.shop_client.home.split("/")[2]
    await app.state.shops.write(shop_id, lambda tx: tx.execute(text(insert), row) and None)
    page = await umm_salim.shop_client.get("/more/refused")
    assert "كريم" in text_of(page, f"refused-{row['id']}")
    assert f"{row['id']}/entry" not in page.text
    assert (await settle(umm_salim, row)).status_code == 404
    assert (await settle(umm_salim, row, "removal")).status_code == 303


async def test_of_a_former_member_no_more_is_stored_than_an_honest_phone_holds(
    umm_salim, karim, abu_ali, removed, monkeypatch
):
    monkeypatch.setattr("daftari.offline.actions.noting.MOST_OF_FORMER", 3)
    await removed()
    held = [karim.debt(abu_ali) for _ in range(5)]
    assert await karim.send(*held) == [REMOVED] * 5
    assert (await refused_page(umm_salim)).count("data-refused=") == 3
