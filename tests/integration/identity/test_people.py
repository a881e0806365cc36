"""The people of a shop: seen, narrowed, removed, and gone at the next request."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

import httpx
import pytest
from litestar import Litestar
from sqlalchemy import text

from daftari.db.databases import open_databases
from daftari.identity.actions.staff import remove_member
from daftari.identity.rules import Person, Role
from daftari.identity.store.memberships import find_membership
from daftari.identity.store.people import insert_membership, insert_person
from daftari.kernel.ids import new_id
from tests.integration.identity.test_known_browser import statements
from tests.integration.ledger.shop_client import (
    ShopClient,
    errors,
    hire,
    open_for,
    seen_on,
    sign_in,
)


@dataclass(frozen=True, slots=True)
class Crew:
    """Umm Salim, who owns the shop, and Karim, who works there."""

    umm_salim: ShopClient
    karim: ShopClient

    @property
    def shop_id(self) -> str:
        return self.umm_salim.home.split("/")[2]


@pytest.fixture
async def crew(app: Litestar, browser: Callable[..., httpx.AsyncClient]) -> Crew:
    umm_salim = await open_for(app, browser(), "أم سليم", "بقالة النور")
    return Crew(umm_salim, await hire(app, browser(), umm_salim.home, Role.CASHIER))


async def change(by: ShopClient, of: ShopClient, **typed: object) -> httpx.Response:
    """By the form of the member's page, as it is shown now."""
    page = await by.get(f"/more/people/{of.person_id}")
    if seen := seen_on(page):
        typed["seen"] = seen
    return await by.post("/more/people", person=of.person_id, **typed)


async def remove(by: ShopClient, of: ShopClient) -> httpx.Response:
    return await by.post(f"/more/people/{of.person_id}/removal")


async def test_the_owner_sees_who_works_there_and_with_what_role(crew):
    page = await crew.umm_salim.get("/more/people")
    assert page.status_code == 200
    assert page.text.count('id="person-') == 2
    assert "كريم" in page.text
    assert "بائع" in page.text
    assert f"/more/people/{crew.karim.person_id}" in page.text


async def test_a_cashier_does_not_see_the_page(crew):
    for path in ("/more/people", f"/more/people/{crew.umm_salim.person_id}"):
        assert (await crew.karim.get(path)).status_code == 404
    assert "/more/people" not in (await crew.karim.get("/more")).text


async def test_a_granted_permission_counts_at_the_next_request(crew):
    assert (await crew.karim.get("/month-end")).status_code == 404
    assert (await change(crew.umm_salim, crew.karim, adjusts="yes", allow="see_totals")).is_redirect
    assert (await crew.karim.get("/month-end")).status_code == 200
    assert (await change(crew.umm_salim, crew.karim, adjusts="yes")).is_redirect
    assert (await crew.karim.get("/month-end")).status_code == 404


async def test_another_role_counts_at_the_next_request_with_what_is_usual_in_it(crew):
    await change(crew.umm_salim, crew.karim, adjusts="yes", allow="see_totals")
    assert (await change(crew.umm_salim, crew.karim, role="viewer")).is_redirect
    assert (await crew.karim.get("/entries/new")).status_code == 404
    assert (await crew.karim.get("/month-end")).status_code == 404
    assert (await crew.karim.get()).status_code == 200


async def test_what_is_beyond_the_bounds_of_a_role_is_refused(crew):
    refused = await change(crew.umm_salim, crew.karim, adjusts="yes", allow="manage_shop")
    assert (refused.status_code, errors(refused)) == (422, ["permission_out_of_bounds"])
    unknown = await change(crew.umm_salim, crew.karim, role="king")
    assert (unknown.status_code, errors(unknown)) == (422, ["choice_unknown"])


async def test_nobody_becomes_an_owner_by_the_form(crew):
    refused = await change(crew.umm_salim, crew.karim, role="owner")
    assert (refused.status_code, errors(refused)) == (422, ["owner_not_given"])


async def test_a_manager_touches_no_owner_and_gives_nothing_he_has_not(app, crew, browser):
    manager = await hire(app, browser(), crew.umm_salim.home, Role.MANAGER)
    await change(crew.umm_salim, manager, adjusts="yes", allow="manage_people")
    page = await manager.get(f"/more/people/{crew.umm_salim.person_id}")
    assert "removal" not in page.text
    for refused in (
        await change(manager, crew.umm_salim, role="viewer"),
        await remove(manager, crew.umm_salim),
    ):
        assert (refused.status_code, errors(refused)) == (422, ["owner_untouchable"])
    refused = await change(manager, crew.karim, adjusts="yes", allow="see_totals")
    assert errors(refused) == ["grants_too_much"]
    assert (await remove(manager, crew.karim)).is_redirect


async def test_a_form_that_another_overtook_changes_nothing(crew):
    page = await crew.umm_salim.get(f"/more/people/{crew.karim.person_id}")
    await change(crew.umm_salim, crew.karim, role="manager")
    late = {"person": crew.karim.person_id, "seen": seen_on(page), "adjusts": "yes"}
    refused = await crew.umm_salim.post("/more/people", **late)
    assert (refused.status_code, errors(refused)) == (409, ["member_changed"])
    assert (await crew.karim.get("/month-end")).status_code == 200


async def test_who_is_removed_is_out_at_the_next_request_and_keeps_an_account(crew):
    customer = await crew.umm_salim.add()
    await crew.karim.wrote(customer)
    assert (await remove(crew.umm_salim, crew.karim)).is_redirect
    assert (await crew.karim.get()).status_code == 404
    assert (await crew.karim.write(customer)).status_code == 404
    assert (await crew.karim.browser.get("/account")).status_code == 200
    assert "كريم" in (await crew.umm_salim.get(f"/customers/{customer}")).text


async def test_a_removal_asks_for_a_fresh_passkey(crew, clock):
    clock.move(minutes=11)
    answer = await remove(crew.umm_salim, crew.karim)
    assert answer.headers["location"].startswith("/verify")
    assert (await crew.karim.get()).status_code == 200


async def test_another_shops_person_and_nobody_look_the_same(app, crew, browser):
    huda = await open_for(app, browser(), "هدى", "مخبز هدى")
    for path in ("/more/people/{}", "/more/people/{}/removal"):
        verb = crew.umm_salim.post if path.endswith("removal") else crew.umm_salim.get
        hers, nobody = [await verb(path.format(one)) for one in (huda.person_id, new_id())]
        assert hers.status_code == nobody.status_code == 404
        assert len(hers.text) == len(nobody.text)
    answer = await crew.umm_salim.post("/more/people", person=huda.person_id, role="viewer")
    assert answer.status_code == 404
    assert (await huda.get()).status_code == 200


async def test_what_another_process_writes_counts_at_the_next_request(app, crew, settings, clock):
    """The clock stands, and so does the cache of five seconds."""
    assert (await crew.karim.get()).status_code == 200
    async with open_databases(settings) as other:
        by = await other.control.read(find_membership, crew.shop_id, crew.umm_salim.person_id)
        await other.control.write(remove_member, by, crew.karim.person_id, clock.now())
        assert (await crew.karim.get()).status_code == 404


async def test_of_two_owners_who_remove_each_other_one_stays(app, crew, browser):
    salim = await hire(app, browser(), crew.umm_salim.home, Role.OWNER)
    answers = await asyncio.gather(remove(crew.umm_salim, salim), remove(salim, crew.umm_salim))
    assert sorted(answer.status_code for answer in answers) == [303, 404]
    owners = "SELECT count(*) FROM memberships WHERE role = 'owner' AND ended_at IS NULL"
    assert await app.state.control.read(lambda tx: tx.scalar(text(owners))) == 1


async def test_the_last_owner_cannot_leave_and_another_can(crew):
    page = await crew.umm_salim.get("/more/departure")
    assert errors(page) == ["last_owner"]
    refused = await crew.umm_salim.post("/more/departure", confirm="yes")
    assert (refused.status_code, errors(refused)) == (422, ["last_owner"])
    assert (await crew.karim.get("/more/departure")).status_code == 200
    refused = await crew.karim.post("/more/departure")
    assert (refused.status_code, errors(refused)) == (422, ["not_confirmed"])
    gone = await crew.karim.post("/more/departure", confirm="yes")
    assert (gone.status_code, gone.headers["location"]) == (303, "/")
    assert (await crew.karim.get()).status_code == 404


async def test_two_owners_who_leave_at_once_do_not_leave_the_shop_alone(app, crew, browser):
    salim = await hire(app, browser(), crew.umm_salim.home, Role.OWNER)
    leaving = [one.post("/more/departure", confirm="yes") for one in (crew.umm_salim, salim)]
    answers = await asyncio.gather(*leaving)
    assert sorted(answer.status_code for answer in answers) == [303, 422]


async def test_a_role_that_is_narrowed_on_the_way_is_judged_at_the_write(app, crew, monkeypatch):
    """The guard let the request in; the owner is quicker than its write."""
    customer = await crew.umm_salim.add()
    control, shop_id = app.state.control, crew.shop_id
    by = await control.read(find_membership, shop_id, crew.umm_salim.person_id)
    write = app.state.shops.write

    async def late(*args, **kwargs):
        await control.write(remove_member, by, crew.karim.person_id, app.state.clock.now())
        return await write(*args, **kwargs)

    monkeypatch.setattr(app.state.shops, "write", late)
    assert (await crew.karim.write(customer)).status_code == 404
    monkeypatch.undo()
    assert await crew.umm_salim.entries(customer) == []


async def test_everything_is_in_the_audit_log(app, crew):
    await change(crew.umm_salim, crew.karim, role="viewer")
    await remove(crew.umm_salim, crew.karim)
    noted = "SELECT verb, person_id FROM account_activity WHERE subject_id = :id ORDER BY id"
    rows = await app.state.control.read(
        lambda tx: tx.execute(text(noted), {"id": crew.karim.person_id}).all()
    )
    mine = [tuple(row) for row in rows if row.verb.endswith("member")]
    her = crew.umm_salim.person_id
    assert mine == [("change_member", her), ("remove_member", her)]


async def test_two_hundred_people_stand_on_one_page(app, crew):
    """And are read with as many statements as two."""
    await crew.umm_salim.get("/more/people")
    with statements() as few:
        await crew.umm_salim.get("/more/people")
    await app.state.control.write(hire_many, crew.shop_id, 199, app.state.clock.now())
    await crew.umm_salim.get("/more/people")
    with statements() as many:
        page = await crew.umm_salim.get("/more/people")
    assert 0 < len(many) <= len(few)
    assert page.text.count('id="person-') == 201
    assert "201" in page.text


def hire_many(tx, shop_id: str, number: int, now) -> None:
    for n in range(number):
        person = Person(new_id(), f"عامل {n}", "", "ar")
        insert_person(tx, person, now)
        insert_membership(tx, person.id, shop_id, Role.CASHIER, now)


async def test_who_was_signed_in_on_two_phones_counts_two(app, crew, browser):
    await sign_in(app, browser(), crew.umm_salim.home, crew.karim.person_id)
    page = await crew.umm_salim.get(f"/more/people/{crew.karim.person_id}")
    assert "هاتفين" in page.text
