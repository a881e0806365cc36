"""Branches on the phone: where an item was written, what a narrowed book holds, what is refused."""

from typing import Any

import pytest
from litestar import Litestar
from sqlalchemy import select, update

from daftari.identity.tables import memberships
from daftari.kernel.ids import new_id
from daftari.ledger.tables import entries
from tests.integration.offline.phone import Phone


@pytest.fixture
async def market(umm_salim: Phone) -> str:
    branch = new_id()
    answer = await umm_salim.shop_client.post("/more/branches", id=branch, name="السوق")
    assert answer.status_code == 303
    return branch


async def belongs(app: Litestar, who: Phone, branch: str | None) -> None:
    await is_now(app, who, branch_id=branch)


async def is_now(app: Litestar, who: Phone, **position: str | None) -> None:
    mine = update(memberships).where(memberships.c.person_id == who.shop_client.person_id)
    await app.state.control.write(lambda tx: tx.execute(mine, position))


async def branch_of(app: Litestar, who: Phone, entry: str) -> str | None:
    shop = who.shop_client.home.split("/")[2]
    found = select(entries.c.branch_id).where(entries.c.id == entry)
    return await app.state.shops.read(shop, lambda tx: tx.execute(found).scalar_one())


async def test_an_entry_is_in_the_branch_it_was_written_in(
    app: Litestar, umm_salim: Phone, market: str
):
    customer = await umm_salim.shop_client.add()
    there, here = umm_salim.debt(customer, branch=market), umm_salim.debt(customer)
    assert await umm_salim.send(there, here) == ["written", "written"]
    assert await branch_of(app, umm_salim, there["id"]) == market
    assert await branch_of(app, umm_salim, here["id"]) is None
    assert await umm_salim.send(there | {"branch": new_id()}) == ["known"]


async def test_what_was_written_in_a_branch_that_is_closed_since_stays_in_it(
    app: Litestar, umm_salim: Phone, market: str
):
    customer = await umm_salim.shop_client.add()
    debt = umm_salim.debt(customer, branch=market)
    assert (await umm_salim.shop_client.post(f"/more/branches/{market}/closing")).status_code == 303
    assert await umm_salim.send(debt) == ["written"]
    assert await branch_of(app, umm_salim, debt["id"]) == market


async def test_a_batch_of_who_was_put_into_another_branch_is_refused_by_name(
    app: Litestar, umm_salim: Phone, karim: Phone, market: str
):
    customer = await umm_salim.shop_client.add()
    first = (await karim.snapshot())["shop"]["branch"]
    assert first != market
    on_its_way = karim.debt(customer, branch=first), karim.debt(customer, branch=new_id())
    await belongs(app, karim, market)
    assert await karim.send(*on_its_way) == ["refused branch_not_yours", "refused branch_unknown"]
    assert await umm_salim.balance(customer) == 0


async def test_the_book_of_a_phone_is_narrowed_at_its_next_contact(
    app: Litestar, umm_salim: Phone, karim: Phone, market: str
):
    customer = await umm_salim.shop_client.add()
    whole, part = umm_salim.debt(customer, 700), umm_salim.debt(customer, 300, branch=market)
    await umm_salim.send(whole, part)
    before = await karim.snapshot()
    assert ids_in(before) == {whole["id"], part["id"]}
    await belongs(app, karim, market)
    after = await snapshot_after(karim, before)
    assert after["is_whole"] is True
    assert ids_in(after) == {part["id"]}
    assert after["customers"][0]["balances"] == {"SAR": 1000}
    assert set(after["shop"]["branches"]) == {market}
    again = await snapshot_after(karim, after)
    assert (again["is_whole"], again["customers"]) == (False, [])
    await belongs(app, karim, None)
    back = await snapshot_after(karim, again)
    assert ids_in(back) == {whole["id"], part["id"]}


def ids_in(snapshot: dict[str, Any]) -> set[str]:
    return {line["id"] for one in snapshot["customers"] for line in one["lines"]}


async def snapshot_after(phone: Phone, seen: dict[str, Any]) -> dict[str, Any]:
    """As the phone asks: with its version, and the scope of its book if it has one."""
    scope = f"&scope={seen['shop']['scope']}" if seen["shop"]["scope"] else ""
    path = f"/snapshot?after={seen['version']}{scope}"
    answer = await phone.shop_client.get(path, headers={"Accept": "application/json"})
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


async def test_what_is_not_seen_is_refused_like_what_is_not_there(
    app: Litestar, umm_salim: Phone, karim: Phone, market: str
):
    customer = await umm_salim.shop_client.add()
    debt = umm_salim.debt(customer)
    await umm_salim.send(debt)
    await belongs(app, karim, market)
    reversals = karim.reversal(debt["id"]), karim.reversal(new_id())
    assert await karim.send(*reversals) == ["refused entry_not_seen"] * 2
    assert await umm_salim.balance(customer) == 1250


async def test_who_sees_one_branch_settles_what_was_refused_there_alone(
    app: Litestar, umm_salim: Phone, karim: Phone, market: str
):
    salwa = karim.customer("سلوى")
    here = karim.debt(salwa["id"], 700, branch=(await karim.snapshot())["shop"]["branch"])
    there = karim.debt(salwa["id"], 300, branch=market)
    await is_now(app, karim, role="viewer")
    assert await karim.send(salwa, here, there) == ["refused not_allowed"] * 3
    await is_now(app, karim, role="manager", denied="see_branches", branch_id=market)
    page = await karim.shop_client.get("/more/refused")
    assert there["id"] in page.text
    assert "سلوى" in page.text
    assert here["id"] not in page.text
    for how in ("entry", "removal"):
        unseen = await karim.shop_client.post(f"/more/refused/{here['id']}/{how}")
        assert unseen.status_code == 404
    entered = await karim.shop_client.post(f"/more/refused/{there['id']}/entry")
    assert entered.status_code == 303
    assert await branch_of(app, umm_salim, there["id"]) == market
    assert here["id"] in (await umm_salim.shop_client.get("/more/refused")).text
