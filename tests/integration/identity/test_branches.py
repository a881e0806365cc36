"""The pages of branches, and who belongs to which: forms, bad input, two people at once."""

import re
from collections.abc import Callable

import httpx
import pytest
from litestar import Litestar

from daftari.identity.rules import Role
from daftari.kernel.ids import new_id
from tests.integration.ledger.shop_client import (
    ShopClient,
    errors,
    hire,
    open_for,
    seen_on,
    value_of,
)

Browser = Callable[..., httpx.AsyncClient]


@pytest.fixture
async def owner(app: Litestar, browser: Browser) -> ShopClient:
    return await open_for(app, browser(), "أم سليم", "بقالة النور")


async def added(owner: ShopClient, name: str) -> str:
    branch = new_id()
    answer = await owner.post("/more/branches", id=branch, name=name)
    assert answer.status_code == 303, errors(answer)
    return branch


async def names(owner: ShopClient) -> list[str]:
    page = await owner.get("/more/branches")
    return re.findall(r'<span class="menu-name"><bdi>([^<]+)</bdi>', page.text)


async def first_of(owner: ShopClient) -> str:
    page = await owner.get("/more/branches")
    return re.findall(r'id="branch-([0-9a-f-]+)"', page.text)[0]


async def test_with_the_second_branch_the_shop_becomes_the_first(owner: ShopClient):
    assert await names(owner) == []
    await added(owner, "السوق")
    assert await names(owner) == ["الفرع الرئيسي", "السوق"]


async def test_a_branch_sent_twice_is_one(owner: ShopClient):
    branch = await added(owner, "السوق")
    again = await owner.post("/more/branches", id=branch, name="السوق")
    assert again.status_code == 303
    other = await owner.post("/more/branches", id=branch, name="الحي")
    assert (other.status_code, errors(other)) == (409, ["branch_conflict"])
    assert await names(owner) == ["الفرع الرئيسي", "السوق"]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("", "name_missing"),
        ("   ", "name_missing"),
        ("س" * 41, "name_too_long"),
        ("السوق", "branch_name_taken"),
        ("الفرع الرئيسي", "branch_name_taken"),
    ],
)
async def test_a_wrong_name_is_refused_and_kept(owner: ShopClient, name: str, reason: str):
    await added(owner, "السوق")
    answer = await owner.post("/more/branches", id=new_id(), name=name)
    assert (answer.status_code, errors(answer)) == (422, [reason])
    assert value_of(answer, "name") == name
    assert len(await names(owner)) == 2


async def test_forty_branches_are_enough(owner: ShopClient):
    for number in range(1, 40):
        await added(owner, f"فرع {number}")
    assert len(await names(owner)) == 40
    answer = await owner.post("/more/branches", id=new_id(), name="واحد زائد")
    assert errors(answer) == ["branches_too_many"]
    assert (await owner.get("/")).status_code == 200


async def test_two_people_rename_a_branch_at_once(owner: ShopClient):
    branch = await added(owner, "السوق")
    seen = seen_on(await owner.get(f"/more/branches/{branch}"))
    assert seen
    first = await owner.post(f"/more/branches/{branch}", name="السوق الكبير", seen=seen)
    assert first.status_code == 303
    second = await owner.post(f"/more/branches/{branch}", name="سوق الحي", seen=seen)
    assert (second.status_code, errors(second)) == (409, ["changed_meanwhile"])
    assert "السوق الكبير" in await names(owner)


async def test_a_branch_with_somebody_in_it_stays_open(
    app: Litestar, browser: Browser, owner: ShopClient
):
    market = await added(owner, "السوق")
    karim = await hire(app, browser(), owner.home, Role.CASHIER)
    await owner.post("/more/people", person=karim.person_id, branch=market)
    refused = await owner.post(f"/more/branches/{market}/closing")
    assert (refused.status_code, errors(refused)) == (422, ["branch_has_people"])
    assert "كريم" in refused.text
    await owner.post("/more/people", person=karim.person_id, branch="")
    assert (await owner.post(f"/more/branches/{market}/closing")).status_code == 303
    to_closed = await owner.post("/more/people", person=karim.person_id, branch=market)
    assert errors(to_closed) == ["branch_closed"]


async def test_the_last_open_branch_stays_open_and_a_closed_one_opens_again(owner: ShopClient):
    market, first = await added(owner, "السوق"), await first_of(owner)
    assert (await owner.post(f"/more/branches/{first}/closing")).status_code == 303
    assert (await owner.post(f"/more/branches/{first}/closing")).status_code == 303
    last = await owner.post(f"/more/branches/{market}/closing")
    assert errors(last) == ["branch_last"]
    assert (await owner.post(f"/more/branches/{first}/opening")).status_code == 303
    assert (await owner.post(f"/more/branches/{market}/closing")).status_code == 303


async def test_a_branch_of_another_shop_is_none(app: Litestar, browser: Browser, owner: ShopClient):
    huda = await open_for(app, browser(), "هدى", "مخبز هدى")
    hers = await added(huda, "الحي")
    await added(owner, "السوق")
    for branch in (hers, new_id()):
        assert (await owner.get(f"/more/branches/{branch}")).status_code == 404
        assert (await owner.post(f"/more/branches/{branch}", name="لي")).status_code == 404
        assert (await owner.post(f"/more/branches/{branch}/closing")).status_code == 404
        assert (await owner.post("/branch", branch=branch)).status_code == 422
        assert (await owner.get(f"/?branch={branch}")).status_code == 404
        invited = {"id": new_id(), "name": "سالم", "role": "viewer", "branch": branch}
        answer = await owner.post("/more/people/invitations", **invited)
        assert errors(answer) == ["branch_unknown"]


async def test_who_is_invited_into_a_branch_belongs_to_it(
    app: Litestar, browser: Browser, owner: ShopClient
):
    market = await added(owner, "السوق")
    invited = {"id": new_id(), "name": "سالم", "role": "cashier", "branch": market}
    assert (await owner.post("/more/people/invitations", **invited)).status_code == 303
    keeps = await owner.post(f"/more/branches/{market}/closing")
    assert errors(keeps) == ["branch_has_people"]
    page = await owner.get(f"/more/people/invitations/{invited['id']}")
    link = re.search(r"/join/[\w-]+", page.text)
    assert link
    huda = await open_for(app, browser(), "هدى", "مخبز هدى")
    answer = await huda.browser.post(f"{link[0]}/acceptance")
    assert answer.status_code == 303
    there = await huda.browser.get(f"{owner.home}/")
    assert "السوق" in there.text
    assert "الفرع الرئيسي" not in there.text


async def test_an_owner_belongs_to_all_and_who_is_of_a_branch_gives_no_other(
    app: Litestar, browser: Browser, owner: ShopClient
):
    market = await added(owner, "السوق")
    manager = await hire(app, browser(), owner.home, Role.MANAGER)
    karim = await hire(app, browser(), owner.home, Role.CASHIER)
    typed = {"person": manager.person_id, "adjusts": "yes", "allow": "manage_people"}
    await owner.post("/more/people", **typed)
    await owner.post("/more/people", person=manager.person_id, branch=market)
    answer = await manager.post("/more/people", person=karim.person_id, branch=market)
    assert errors(answer) == []
    assert answer.status_code == 303
    answer = await manager.post("/more/people", person=karim.person_id, branch="")
    assert errors(answer) == ["branch_not_yours"]
    assert (await manager.get("/more/branches")).status_code == 404
