"""A cashier asks for what he may not write alone; a manager answers; the entry waits in between."""

import asyncio
import re
from collections.abc import Callable

import httpx
import pytest
from litestar import Litestar

from daftari.approvals.jobs import visit
from daftari.identity.actions.shops import get_shop
from daftari.identity.rules import Role
from daftari.kernel.ids import new_id
from tests.integration.ledger.shop_client import (
    ShopClient,
    errors,
    hire,
    plain,
    sign_in,
    text_of,
)
from tests.photos import a_photo

LIMIT = {"credit_limit": "100"}


@pytest.fixture
async def salem(
    app: Litestar, browser: Callable[..., httpx.AsyncClient], umm_salim: ShopClient
) -> ShopClient:
    """Manages the grocery."""
    return await hire(app, browser(), umm_salim.home, Role.MANAGER)


async def asked_for(karim: ShopClient, customer: str, amount: str = "150", **more: str) -> str:
    """Karim asks for an entry that he may not write alone; the id of the request."""
    request = more.setdefault("id", new_id())
    answer = await karim.write(customer, "debt", amount, ask="yes", **more)
    assert (answer.status_code, errors(answer)) == (303, [])
    return str(request)


async def answer(by: ShopClient, request: str, said: str = "yes", **more: str) -> httpx.Response:
    return await by.post(f"/more/approvals/{request}/answer", answer=said, **more)


async def state_of(reader: ShopClient, request: str) -> str:
    page = await reader.get(f"/more/approvals/{request}")
    assert page.status_code == 200
    found = re.search(r'data-state="(\w+)"', page.text)
    assert found
    return found[1]


async def test_the_sheet_that_refuses_offers_to_ask_and_keeps_what_was_typed(umm_salim, karim):
    customer = await umm_salim.add(**LIMIT)
    refused = await karim.write(customer, "debt", "150", note="أرز")
    assert (refused.status_code, errors(refused)) == (422, ["beyond_credit_limit"])
    assert re.search(r'name="ask" value="yes"', refused.text)
    assert 'value="150"' in refused.text
    assert 'value="أرز"' in refused.text
    allowed = await karim.write(customer, "debt", "0")
    assert errors(allowed) == ["amount_zero"]
    assert not re.search(r'name="ask" value="yes"', allowed.text)


async def test_a_request_waits_visibly_and_counts_in_no_balance(umm_salim, karim):
    customer = await umm_salim.add(**LIMIT)
    await karim.wrote(customer, "debt", "20")
    before = await karim.standing(customer)
    request = await asked_for(karim, customer, note="أرز")
    account = await umm_salim.account(customer)
    assert "150.00" in text_of(account, f"approval-{request}")
    assert "ينتظر موافقة" in text_of(account, "approvals")
    assert "لا يدخل في الرصيد" in text_of(account, "approvals")
    assert await karim.standing(customer) == before
    assert len(await karim.entries(customer)) == 1
    assert request in (await karim.get("/more/approvals")).text
    assert request in (await umm_salim.get("/more/approvals")).text


async def test_a_yes_writes_the_askers_entry_and_says_who_approved_it(umm_salim, karim):
    customer = await umm_salim.add(**LIMIT)
    request = await asked_for(karim, customer, note="أرز")
    page = plain((await umm_salim.get(f"/more/approvals/{request}")).text)
    assert "يتجاوز السقف 100.00" in page
    assert "150.00" in page
    assert (await answer(umm_salim, request)).status_code == 303
    (line,) = await umm_salim.entries(customer)
    assert "أرز" in line
    assert "كريم" in line
    details = await umm_salim.get(f"/entries/{request}")
    assert "بموافقة أم سليم" in plain(details.text)
    assert "عليه 150.00" in await umm_salim.standing(customer)
    assert await state_of(karim, request) == "approved"
    activity = plain((await umm_salim.get("/more/activity")).text)
    assert "موافقة على طلب كريم" in activity
    assert request not in text_of(await umm_salim.account(customer), "standing")
    assert f"approval-{request}" not in (await umm_salim.account(customer)).text


async def test_a_no_writes_nothing_and_tells_the_reason(umm_salim, karim):
    customer = await umm_salim.add(**LIMIT)
    request = await asked_for(karim, customer)
    assert (await answer(umm_salim, request, "no", words="سدّد أولًا")).status_code == 303
    page = plain((await karim.get(f"/more/approvals/{request}")).text)
    assert "سدّد أولًا" in page
    assert await state_of(karim, request) == "declined"
    assert await umm_salim.entries(customer) == []
    inbox = plain((await karim.get("/more/alerts")).text)
    assert "لم تتم الموافقة" in inbox


async def test_the_same_request_sent_twice_is_one(umm_salim, karim):
    customer = await umm_salim.add(**LIMIT)
    request = await asked_for(karim, customer)
    await asked_for(karim, customer, id=request)
    other = await karim.write(customer, "debt", "160", ask="yes", id=request)
    assert (other.status_code, errors(other)) == (409, ["entry_conflict"])
    assert (await karim.account(customer)).text.count('class="approval"') == 1
    await answer(umm_salim, request)
    await asked_for(karim, customer, id=request)
    assert len(await karim.entries(customer)) == 1


async def test_what_needs_no_approval_is_written_though_it_was_asked_for(umm_salim, karim):
    customer = await umm_salim.add(**LIMIT)
    entry = new_id()
    sent = await karim.write(customer, "debt", "50", ask="yes", id=entry)
    assert sent.headers["location"].endswith(f"?recorded={entry}")
    assert len(await karim.entries(customer)) == 1
    assert (await karim.get(f"/more/approvals/{entry}")).status_code == 404


async def test_an_approval_lifts_no_other_refusal(umm_salim, karim):
    frozen = await umm_salim.add(**LIMIT)
    await umm_salim.post(f"/customers/{frozen}/freeze")
    sent = await karim.write(frozen, "debt", "150", ask="yes")
    assert (sent.status_code, errors(sent)) == (422, ["customer_frozen"])
    future = await karim.write(frozen, "debt", "150", ask="yes", occurred_on="2027-01-01")
    assert errors(future) == ["date_in_future"]


async def test_nobody_answers_his_own_request_or_one_beyond_his_role(
    umm_salim, karim, app, browser
):
    other = await hire(app, browser(), umm_salim.home, Role.CASHIER)
    customer = await umm_salim.add(**LIMIT)
    request = await asked_for(karim, customer)
    own = await answer(karim, request)
    assert (own.status_code, errors(own)) == (422, ["approval_own"])
    beyond = await answer(other, request)
    assert (beyond.status_code, errors(beyond)) == (422, ["approval_not_allowed"])
    assert await state_of(umm_salim, request) == "waiting"
    assert request not in (await other.get("/more/approvals")).text


async def test_an_answer_is_given_once(umm_salim, karim, salem):
    customer = await umm_salim.add(**LIMIT)
    request = await asked_for(karim, customer)
    assert (await answer(umm_salim, request)).status_code == 303
    assert (await answer(umm_salim, request)).status_code == 303
    late = await answer(salem, request, "no")
    assert (late.status_code, errors(late)) == (422, ["approval_approved"])
    assert "أم سليم" in plain(late.text)
    assert len(await umm_salim.entries(customer)) == 1


async def test_of_two_answers_at_once_one_counts_and_the_other_is_told(umm_salim, karim, salem):
    customer = await umm_salim.add(**LIMIT)
    for _ in range(5):
        request = await asked_for(karim, customer)
        both = await asyncio.gather(answer(umm_salim, request), answer(salem, request, "no"))
        assert sorted(one.status_code for one in both) == [303, 422]
        (told,) = [one for one in both if one.status_code == 422]
        assert errors(told)[0] in ("approval_approved", "approval_declined")
        assert await state_of(umm_salim, request) in ("approved", "declined")


async def test_an_answer_by_somebody_who_lost_the_role_meanwhile_is_none(umm_salim, karim, salem):
    customer = await umm_salim.add(**LIMIT)
    request = await asked_for(karim, customer)
    await umm_salim.post("/more/people", person=salem.person_id, role="cashier")
    lost = await answer(salem, request)
    assert (lost.status_code, errors(lost)) == (422, ["approval_not_allowed"])
    assert await state_of(umm_salim, request) == "waiting"


async def test_the_request_of_somebody_who_left_is_closed_with_its_reason(umm_salim, karim):
    customer = await umm_salim.add(**LIMIT)
    request = await asked_for(karim, customer)
    await umm_salim.post(f"/more/people/{karim.person_id}/removal")
    await answer(umm_salim, request)
    assert await state_of(umm_salim, request) == "closed"
    page = plain((await umm_salim.get(f"/more/approvals/{request}")).text)
    assert "لم يعد صاحب الطلب يعمل هنا" in page
    assert await umm_salim.entries(customer) == []


async def test_a_customer_frozen_meanwhile_leaves_the_request_open(umm_salim, karim):
    customer = await umm_salim.add(**LIMIT)
    request = await asked_for(karim, customer)
    await umm_salim.post(f"/customers/{customer}/freeze")
    frozen = await answer(umm_salim, request)
    assert (frozen.status_code, errors(frozen)) == (422, ["customer_frozen"])
    assert await state_of(umm_salim, request) == "waiting"
    await umm_salim.post(f"/customers/{customer}/unfreeze")
    assert (await answer(umm_salim, request)).status_code == 303
    assert len(await umm_salim.entries(customer)) == 1


async def test_a_request_expires_and_says_so_to_who_answers_late(
    app, browser, umm_salim, karim, clock
):
    customer = await umm_salim.add(**LIMIT)
    request = await asked_for(karim, customer)
    clock.move(hours=24)
    assert await state_of(umm_salim, request) == "expired"
    assert f"approval-{request}" not in (await umm_salim.account(customer)).text
    again = await sign_in(app, browser(), umm_salim.home, umm_salim.person_id)
    for said in ("yes", "no"):
        late = await answer(again, request, said)
        assert (late.status_code, errors(late)) == (422, ["approval_expired"])
    shop = await app.state.control.read(get_shop, umm_salim.home.split("/")[2])
    assert await visit(app.state, shop, clock.now()) is None
    assert "لم يُجب أحد في الوقت" in plain((await karim.get("/more/alerts")).text)


async def test_the_answer_asks_for_a_fresh_passkey(umm_salim, karim, clock):
    customer = await umm_salim.add(**LIMIT)
    request = await asked_for(karim, customer)
    clock.move(minutes=11)
    late = await answer(umm_salim, request)
    assert late.headers["location"].startswith("/verify")
    page = await umm_salim.get(f"/more/approvals/{request}/answer?is=no")
    assert page.headers["location"].startswith("/verify?next=")
    assert "is%3Dno" in page.headers["location"]
    assert await state_of(umm_salim, request) == "waiting"


async def test_the_asker_withdraws_his_request_and_nobody_else_does(umm_salim, karim):
    customer = await umm_salim.add(**LIMIT)
    request = await asked_for(karim, customer)
    withdrawal = f"/more/approvals/{request}/withdrawal"
    other = await umm_salim.post(withdrawal)
    assert (other.status_code, errors(other)) == (422, ["approval_of_another"])
    assert (await karim.post(withdrawal)).status_code == 303
    assert (await karim.post(withdrawal)).status_code == 303
    assert await state_of(karim, request) == "withdrawn"
    late = await answer(umm_salim, request)
    assert errors(late) == ["approval_withdrawn"]


async def test_a_request_of_another_shop_is_not_found(umm_salim, karim, huda):
    customer = await umm_salim.add(**LIMIT)
    request = await asked_for(karim, customer)
    for stranger in (request, new_id(), "x"):
        assert (await huda.get(f"/more/approvals/{stranger}")).status_code == 404
        assert (await answer(huda, stranger)).status_code == 404
        assert (await huda.post(f"/more/approvals/{stranger}/withdrawal")).status_code == 404


async def test_anothers_entry_is_reversed_after_a_yes(umm_salim, karim):
    customer = await umm_salim.add()
    entry = await umm_salim.wrote(customer, "debt", "40")
    page = await karim.get(f"/entries/{entry}/reversal")
    assert re.search(r'name="ask" value="yes"', page.text)
    assert "اطلب إلغاءه" in plain((await karim.get(f"/entries/{entry}")).text)
    request = new_id()
    assert (await karim.reverse(entry, id=request, ask="yes", reason="مكرر")).status_code == 303
    assert "عليه 40.00" in await umm_salim.standing(customer)
    assert (await answer(umm_salim, request)).status_code == 303
    assert "عليه" not in await umm_salim.standing(customer)


async def test_an_entry_reversed_meanwhile_closes_the_request(umm_salim, karim):
    customer = await umm_salim.add()
    entry = await umm_salim.wrote(customer, "debt", "40")
    request = new_id()
    await karim.reverse(entry, id=request, ask="yes")
    await umm_salim.reverse(entry)
    await answer(umm_salim, request)
    assert await state_of(karim, request) == "closed"
    assert "قد أُلغي" in plain((await karim.get(f"/more/approvals/{request}")).text)


async def test_a_correction_of_anothers_entry_past_the_limit_needs_both(umm_salim, karim):
    customer = await umm_salim.add(**LIMIT)
    entry = await umm_salim.wrote(customer, "debt", "40")
    ids = {"id": new_id(), "reversal_id": new_id()}
    sent = await karim.post(f"/entries/{entry}/correction", **ids, amount="140", ask="yes")
    assert sent.status_code == 303
    shown = plain((await umm_salim.get(f"/more/approvals/{ids['id']}")).text)
    assert "عليه 40.00" in shown
    assert "عليه 140.00" in shown
    assert (await answer(umm_salim, ids["id"])).status_code == 303
    assert "عليه 140.00" in await umm_salim.standing(customer)


async def test_a_discount_is_free_up_to_the_shops_part_and_asked_for_beyond(umm_salim, karim):
    customer = await umm_salim.add()
    await umm_salim.wrote(customer, "debt", "200")
    none = await karim.write(customer, "discount", "1")
    assert errors(none) == ["forgiving_not_allowed"]
    settings = await umm_salim.get("/more/shop")
    typed = dict(
        re.findall(r'<input[^>]* name="(name|due_days)"[^>]* value="([^"]*)"', settings.text)
    )
    wrong = await umm_salim.post("/more/shop", free_discount="200", **_settings(typed))
    assert errors(wrong) == ["percent_not_right"]
    saved = await umm_salim.post("/more/shop", free_discount="١٠", **_settings(typed))
    assert saved.status_code == 303
    assert (await karim.write(customer, "discount", "15")).status_code == 303
    beyond = await karim.write(customer, "discount", "6")
    assert errors(beyond) == ["discount_needs_approval"]
    assert (await karim.write(customer, "discount", "5")).status_code == 303
    request = new_id()
    asked = await karim.write(customer, "discount", "30", ask="yes", id=request)
    assert asked.status_code == 303
    await answer(umm_salim, request)
    assert "عليه 150.00" in await umm_salim.standing(customer)


def _settings(typed: dict[str, str]) -> dict[str, object]:
    return {
        "name": typed["name"],
        "digits": "latn",
        "notation": "point",
        "calendar": "gregorian",
        "zone": "Asia/Riyadh",
        "weekend": ["4", "5"],
        "due_days": "",
    }


async def test_the_photo_of_a_request_comes_into_the_book_with_its_entry(umm_salim, karim):
    customer = await umm_salim.add(**LIMIT)
    request = await asked_for(karim, customer)
    photo = a_photo((16, 12))
    assert (await karim.put_photo(request, photo)).status_code == 201
    assert (await karim.put_photo(request, photo)).status_code == 200
    assert (await karim.get(f"/entries/{request}/photo")).status_code == 404
    await answer(umm_salim, request)
    assert (await umm_salim.get(f"/entries/{request}/photo")).status_code == 200


async def test_the_menu_counts_what_waits_for_its_reader(umm_salim, karim):
    customer = await umm_salim.add(**LIMIT)
    await asked_for(karim, customer)
    assert "طلب واحد ينتظر جوابك" in plain((await umm_salim.get("/more")).text)
    assert "ينتظر جوابك" not in plain((await karim.get("/more")).text)
