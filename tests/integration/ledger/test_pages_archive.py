"""A settled customer goes into the archive, and comes back by hand or by a new entry."""

import json

import pytest
from sqlalchemy import select

from daftari.activity.tables import shop_activity
from daftari.db.base import ReadTx
from daftari.kernel.ids import new_id
from tests.integration.ledger.shop_client import ShopClient, errors, rows, value_of
from tests.integration.ledger.test_pages_promises import became, promise

BACK = "أعده إلى الدفتر"


@pytest.fixture
async def abu_ali(umm_salim: ShopClient) -> str:
    """He paid all that he owed."""
    customer = await umm_salim.add(phone="0501234567")
    await umm_salim.wrote(customer, "debt", "100")
    await umm_salim.wrote(customer, "payment", "100")
    return customer


async def archive(shop_client: ShopClient, customer: str) -> None:
    answer = await shop_client.post(f"/customers/{customer}/archive")
    assert answer.status_code == 303, errors(answer)


async def listed(shop_client: ShopClient, path: str = "/") -> bool:
    return any("أبو علي" in row for row in rows(await shop_client.get(path)))


async def audited(app, shop_client: ShopClient, customer: str) -> list[tuple[str, str | None]]:
    """What was done to the archived state of a customer, and the entry that did it."""

    def find(tx: ReadTx) -> list[tuple[str, str | None]]:
        log = shop_activity.c
        found = tx.execute(
            select(log.verb, log.details)
            .where(log.subject_id == customer, log.verb.contains("archive"))
            .order_by(log.id)
        )
        return [(verb, json.loads(said)["entry_id"] if said else None) for verb, said in found]

    return list(await app.state.shops.read(shop_client.home.split("/")[2], find))


async def test_who_is_archived_is_out_of_list_search_and_choice(umm_salim, abu_ali):
    for path in ("/", "/?q=علي", "/?filter=settled", "/entries/new", "/entries/new?q=علي"):
        assert await listed(umm_salim, path), path
    await archive(umm_salim, abu_ali)
    for path in ("/", "/?q=علي", "/?filter=settled", "/entries/new", "/entries/new?q=علي"):
        assert not await listed(umm_salim, path), path
    assert await listed(umm_salim, "/?filter=archived")
    assert await listed(umm_salim, "/?filter=archived&q=علي")


async def test_a_book_of_archived_customers_is_not_an_empty_book(umm_salim, abu_ali):
    await archive(umm_salim, abu_ali)
    assert "?filter=archived" in (await umm_salim.get("/")).text


async def test_one_tap_brings_him_back_and_both_acts_have_a_name(umm_salim, abu_ali, app):
    await archive(umm_salim, abu_ali)
    await archive(umm_salim, abu_ali)
    said = await umm_salim.standing(abu_ali)
    assert "مؤرشف" in said
    assert BACK in said
    answer = await umm_salim.post(f"/customers/{abu_ali}/unarchive")
    assert answer.headers["location"] == f"{umm_salim.home}/customers/{abu_ali}"
    assert "مؤرشف" not in await umm_salim.standing(abu_ali)
    assert await listed(umm_salim)
    acts = await audited(app, umm_salim, abu_ali)
    assert acts == [("archive_customer", None), ("unarchive_customer", None)]


async def test_only_an_account_at_zero_in_every_currency_is_archived(umm_salim, abu_ali):
    await umm_salim.wrote(abu_ali, "debt", "5", currency="USD")
    path = f"/customers/{abu_ali}/archive"
    assert errors(await umm_salim.get(path)) == ["archive_not_settled"]
    refused = await umm_salim.post(path)
    assert (refused.status_code, errors(refused)) == (422, ["archive_not_settled"])
    await umm_salim.wrote(abu_ali, "payment", "5.01", currency="USD")
    assert errors(await umm_salim.post(path)) == ["archive_not_settled"]
    assert await listed(umm_salim)


@pytest.mark.parametrize("way", ["payment", "discount", "reversal"])
async def test_at_zero_no_promise_waits(umm_salim, way):
    customer = await umm_salim.add()
    debt = await umm_salim.wrote(customer, "debt", "5")
    assert (await promise(umm_salim, customer, amount="5")).status_code == 303
    if way == "reversal":
        await umm_salim.reverse(debt)
    else:
        await umm_salim.wrote(customer, way, "5")
    assert await became(umm_salim, customer) == ["kept"]
    await archive(umm_salim, customer)


async def test_a_new_entry_brings_him_back_in_the_same_act(umm_salim, abu_ali, app):
    await archive(umm_salim, abu_ali)
    debt = await umm_salim.wrote(abu_ali, "debt", "7")
    assert await listed(umm_salim)
    assert "مؤرشف" not in await umm_salim.standing(abu_ali)
    assert (await audited(app, umm_salim, abu_ali))[-1] == ("unarchive_customer", debt)


async def test_a_reversal_brings_him_back_too(umm_salim):
    customer = await umm_salim.add()
    await umm_salim.wrote(customer, "debt", "5")
    payment = await umm_salim.wrote(customer, "payment", "5")
    await archive(umm_salim, customer)
    assert (await umm_salim.reverse(payment)).status_code == 303
    assert await listed(umm_salim)


async def test_an_archived_namesake_is_mentioned(umm_salim, abu_ali):
    await archive(umm_salim, abu_ali)
    answer = await umm_salim.post("/customers", id=new_id(), name="ابو علي")
    assert errors(answer) == ["same_name"]
    assert 'data-tag="archived">مؤرشف<' in answer.text
    assert value_of(answer, "same_name_ok")


async def test_a_cashier_archives_nobody_and_sees_no_button(umm_salim, karim, abu_ali):
    for path in ("archive", "unarchive"):
        assert (await karim.post(f"/customers/{abu_ali}/{path}")).status_code == 404
    await archive(umm_salim, abu_ali)
    said = await karim.standing(abu_ali)
    assert "مؤرشف" in said
    assert BACK not in said


async def test_nobody_archives_in_another_shop(umm_salim, huda, abu_ali):
    for path in ("archive", "unarchive"):
        assert (await huda.post(f"/customers/{abu_ali}/{path}")).status_code == 404
    assert await listed(umm_salim)
