"""A shop is handed over to another owner: offered with one passkey, accepted with the other."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

import httpx
import pytest
from litestar import Litestar
from sqlalchemy import text

from daftari.identity.rules import Role
from daftari.kernel.ids import new_id
from tests.integration.ledger.shop_client import ShopClient, errors, hire, open_for


@dataclass(frozen=True, slots=True)
class Crew:
    """Umm Salim owns the shop, Nawaf manages it, Karim sells."""

    umm_salim: ShopClient
    nawaf: ShopClient
    karim: ShopClient

    async def offer(self, stays: str = "manager", **typed: str) -> str:
        """She offers the shop to Nawaf; the offer's id."""
        offer = {"id": new_id(), "stays": stays, **typed}
        answer = await self.offers(**offer)
        assert answer.status_code == 303, errors(answer)
        return offer["id"]

    async def offers(self, to: ShopClient | None = None, **typed: str) -> httpx.Response:
        person_id = (to or self.nawaf).person_id
        return await self.umm_salim.post(f"/more/people/{person_id}/handover", **typed)


@pytest.fixture
async def crew(app: Litestar, browser: Callable[..., httpx.AsyncClient]) -> Crew:
    umm_salim = await open_for(app, browser(), "أم سليم", "بقالة النور")
    nawaf = await hire(app, browser(), umm_salim.home, Role.MANAGER)
    return Crew(umm_salim, nawaf, await hire(app, browser(), umm_salim.home, Role.CASHIER))


async def accept(by: ShopClient, offer: str) -> httpx.Response:
    return await by.post(f"/more/handover/{offer}/acceptance")


async def end(by: ShopClient, offer: str) -> httpx.Response:
    return await by.post(f"/more/handover/{offer}/removal")


async def roles(app: Litestar, crew: Crew) -> dict[str, str]:
    """The roles of the shop's people now."""
    found = "SELECT person_id, role FROM memberships WHERE ended_at IS NULL"
    rows = await app.state.control.read(lambda tx: tx.execute(text(found)).all())
    return {row.person_id: row.role for row in rows}


async def test_the_other_accepts_and_the_old_owner_stays_as_a_manager(app, crew):
    offer = await crew.offer()
    assert "/more/handover" in (await crew.nawaf.get("/more")).text
    assert f"{offer}/acceptance" in (await crew.nawaf.get("/more/handover")).text
    assert (await accept(crew.nawaf, offer)).status_code == 303
    now = await roles(app, crew)
    assert now[crew.nawaf.person_id] == "owner"
    assert now[crew.umm_salim.person_id] == "manager"
    assert (await crew.nawaf.get("/more/shop")).status_code == 200
    assert (await crew.umm_salim.get("/more/shop")).status_code == 404
    assert (await crew.umm_salim.get()).status_code == 200


async def test_or_leaves_by_her_choice(app, crew):
    offer = await crew.offer("no")
    assert (await accept(crew.nawaf, offer)).status_code == 303
    assert crew.umm_salim.person_id not in await roles(app, crew)
    assert (await crew.umm_salim.get()).status_code == 404


async def test_nothing_changes_before_it_is_accepted(app, crew):
    before = await roles(app, crew)
    await crew.offer()
    assert await roles(app, crew) == before


@pytest.mark.parametrize("passkey", ["hers", "his"])
async def test_it_asks_both_for_a_fresh_passkey(crew, clock, passkey):
    offer = await crew.offer()
    clock.move(minutes=11)
    asked = crew.offers(id=new_id(), stays="no") if passkey == "hers" else accept(crew.nawaf, offer)
    assert (await asked).headers["location"].startswith("/verify")


async def test_it_counts_once(app, crew):
    offer = await crew.offer()
    assert (await accept(crew.nawaf, offer)).status_code == 303
    before = await roles(app, crew)
    assert (await accept(crew.nawaf, offer)).status_code == 303
    assert await roles(app, crew) == before


async def test_of_two_acceptances_at_once_one_counts(app, crew):
    offer = await crew.offer()
    answers = await asyncio.gather(accept(crew.nawaf, offer), accept(crew.nawaf, offer))
    assert [answer.status_code for answer in answers] == [303, 303]
    assert list((await roles(app, crew)).values()).count("owner") == 1


async def test_it_ends_after_two_days(app, crew, clock):
    offer = await crew.offer()
    made = "UPDATE handovers SET expires_at = :at"
    now = {"at": clock.now().isoformat()}
    await app.state.control.write(lambda tx: tx.execute(text(made), now) and None)
    late = await accept(crew.nawaf, offer)
    assert (late.status_code, errors(late)) == (422, ["handover_late"])
    assert "/more/handover" not in (await crew.nawaf.get("/more")).text
    await crew.offer()


async def test_it_is_taken_back_and_declined(app, crew):
    before = await roles(app, crew)
    for who in (crew.umm_salim, crew.nawaf):
        offer = await crew.offer()
        assert (await end(who, offer)).status_code == 303
        ended = await accept(crew.nawaf, offer)
        assert (ended.status_code, errors(ended)) == (422, ["handover_ended"])
    assert await roles(app, crew) == before


async def test_only_one_is_open_at_a_time_and_sent_twice_is_once(crew):
    offer = await crew.offer()
    assert (await crew.offers(id=offer, stays="manager")).status_code == 303
    other = await crew.offers(id=offer, stays="no")
    assert (other.status_code, errors(other)) == (409, ["handover_conflict"])
    second = await crew.offers(crew.karim, id=new_id(), stays="manager")
    assert (second.status_code, errors(second)) == (422, ["handover_open"])


async def test_two_offers_at_once_are_one(crew):
    made = [crew.offers(to, id=new_id(), stays="no") for to in (crew.nawaf, crew.karim)]
    answers = await asyncio.gather(*made)
    assert sorted(answer.status_code for answer in answers) == [303, 422]


async def test_it_is_offered_to_no_owner_and_to_nobody_from_outside(app, crew, browser):
    herself = await crew.offers(crew.umm_salim, id=new_id(), stays="no")
    assert errors(herself) == ["handover_to_oneself"]
    salim = await hire(app, browser(), crew.umm_salim.home, Role.OWNER)
    assert errors(await crew.offers(salim, id=new_id(), stays="no")) == ["handover_to_owner"]
    huda = await open_for(app, browser(), "هدى", "مخبز هدى")
    assert (await crew.offers(huda, id=new_id(), stays="no")).status_code == 404
    unclear = await crew.offers(id=new_id(), stays="perhaps")
    assert (unclear.status_code, errors(unclear)) == (422, ["choice_unknown"])


async def test_who_it_was_not_made_to_accepts_nothing_and_sees_nothing(app, crew, browser):
    offer = await crew.offer()
    huda = await open_for(app, browser(), "هدى", "مخبز هدى")
    for who in (crew.karim, huda, crew.umm_salim):
        taken, unknown = [await accept(who, one) for one in (offer, new_id())]
        assert taken.status_code == unknown.status_code == 422
        assert len(taken.content) == len(unknown.content) or who is crew.umm_salim
    assert errors(await end(crew.karim, offer)) == ["handover_unknown"]
    for path in ("/more", "/more/handover"):
        assert offer not in (await crew.karim.get(path)).text
    assert (
        await crew.nawaf.get(f"/more/people/{crew.karim.person_id}/handover")
    ).status_code == 404
    assert (await accept(crew.nawaf, offer)).status_code == 303


async def test_an_offer_ends_with_the_ownership_of_who_made_it(app, crew, browser):
    offer = await crew.offer()
    salim = await hire(app, browser(), crew.umm_salim.home, Role.OWNER)
    removed = await salim.post(f"/more/people/{crew.umm_salim.person_id}/removal")
    assert removed.status_code == 303
    assert "/more/handover" not in (await crew.nawaf.get("/more")).text
    ended = await accept(crew.nawaf, offer)
    assert (ended.status_code, errors(ended)) == (422, ["handover_ended"])
    again = await salim.post(
        f"/more/people/{crew.nawaf.person_id}/handover", id=new_id(), stays="no"
    )
    assert again.status_code == 303, errors(again)


async def test_who_was_removed_meanwhile_accepts_nothing(app, crew):
    offer = await crew.offer()
    await crew.umm_salim.post(f"/more/people/{crew.nawaf.person_id}/removal")
    assert (await accept(crew.nawaf, offer)).status_code == 404
    assert "/more/handover" not in (await crew.umm_salim.get("/more/people")).text
    assert (await crew.offers(crew.karim, id=new_id(), stays="no")).status_code == 303
    assert (await roles(app, crew))[crew.umm_salim.person_id] == "owner"


async def test_the_owner_sees_the_open_offer_and_all_of_it_is_in_the_activity(crew):
    offer = await crew.offer()
    assert "/more/handover" in (await crew.umm_salim.get("/more/people")).text
    assert "يبقى" in (await crew.umm_salim.get("/more/handover")).text
    await end(crew.umm_salim, offer)
    offer = await crew.offer()
    await end(crew.nawaf, offer)
    await accept(crew.nawaf, await crew.offer())
    told = (await crew.nawaf.get("/more/activity?kind=people")).text
    for words in ("عُرض المحل على", "سُحب عرض", "عن تسلّم المحل", "سُلّم المحل من"):
        assert words in told
