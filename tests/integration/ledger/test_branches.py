"""Branches: where an entry is written, who sees it, and what a shop without them never notices."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from litestar import Litestar
from sqlalchemy import select, update

from daftari.identity.rules import Permission, Role
from daftari.identity.rules.roles import Adjustments
from daftari.identity.tables import memberships
from daftari.kernel.ids import new_id
from daftari.ledger.actions.verify import verify_book
from daftari.ledger.rules.chain import GENESIS, ChainHead
from daftari.ledger.tables import entries
from tests.integration.ledger.shop_client import (
    ShopClient,
    errors,
    hire,
    open_for,
    text_of,
)

Browser = Callable[..., httpx.AsyncClient]


@dataclass(frozen=True, slots=True)
class Cast:
    """Umm Salim, whose shop has two branches; Karim, a cashier of the second one alone; and an
    entry in each, on the account of Abu Ali. `first`, `market`: ids of the branches.
    """

    umm_salim: ShopClient
    karim: ShopClient
    customer: str
    first: str
    market: str
    at_home: str
    at_market: str


@pytest.fixture
async def cast(app: Litestar, browser: Browser) -> Cast:
    umm_salim = await open_for(app, browser(), "أم سليم", "بقالة النور")
    customer = await umm_salim.add("أبو علي")
    at_home = await umm_salim.wrote(customer, "debt", "70", note="سكر")
    market = await add_branch(umm_salim, "السوق")
    first = next(one for one in await branches_of(umm_salim) if one != market)
    karim = await hire(app, browser(), umm_salim.home, Role.CASHIER)
    await belongs(app, karim, market)
    at_market = await karim.wrote(customer, "debt", "30", note="شاي")
    return Cast(umm_salim, karim, customer, first, market, at_home, at_market)


async def add_branch(owner: ShopClient, name: str) -> str:
    branch = new_id()
    answer = await owner.post("/more/branches", id=branch, name=name)
    assert answer.status_code == 303, errors(answer)
    return branch


async def branches_of(owner: ShopClient) -> list[str]:
    page = await owner.get("/more/branches")
    return re.findall(r'id="branch-([0-9a-f-]+)"', page.text)


async def belongs(
    app: Litestar, who: ShopClient, branch: str | None, *, granted: str = "", denied: str = ""
) -> None:
    values = {"branch_id": branch, "granted": granted, "denied": denied}
    mine = memberships.c.person_id == who.person_id
    await app.state.control.write(lambda tx: tx.execute(update(memberships).where(mine), values))


async def branch_ids(app: Litestar, who: ShopClient) -> dict[str, str | None]:
    shop = who.home.split("/")[2]
    rows = select(entries.c.id, entries.c.branch_id)
    return await app.state.shops.read(shop, lambda tx: {r[0]: r[1] for r in tx.execute(rows)})


async def test_a_shop_without_branches_sees_nothing_of_them(app: Litestar, browser: Browser):
    owner = await open_for(app, browser(), "أم سليم", "بقالة النور")
    customer = await owner.add()
    entry = await owner.wrote(customer)
    pages = ["/", "/due", "/month-end", f"/customers/{customer}", f"/entries/{entry}"]
    pages += [f"/customers/{customer}/entries/new", "/more/people", "/more/people/invitations"]
    pages.append(f"/more/people/{owner.person_id}")
    for path in pages:
        page = await owner.get(path)
        assert page.status_code == 200
        assert "فرع" not in page.text, path
        assert "فروع" not in page.text, path
        assert 'name="branch"' not in page.text, path
    assert await branch_ids(app, owner) == {entry: None}


async def test_a_new_entry_is_born_in_the_branch_of_its_writer(app: Litestar, cast: Cast):
    assert await branch_ids(app, cast.karim) == {cast.at_home: None, cast.at_market: cast.market}


async def test_who_belongs_to_all_switches_with_one_tap(app: Litestar, cast: Cast):
    owner = cast.umm_salim
    answer = await owner.post("/branch", branch=cast.market, next=f"{owner.home}/due")
    assert answer.headers["Location"] == f"{owner.home}/due"
    entry = await owner.wrote(cast.customer)
    assert (await branch_ids(app, owner))[entry] == cast.market
    await owner.post("/branch", branch=cast.first)
    entry = await owner.wrote(cast.customer)
    assert (await branch_ids(app, owner))[entry] is None


async def test_an_entry_is_written_in_the_branch_that_its_form_showed(app: Litestar, cast: Cast):
    sheet = await cast.umm_salim.get(f"/customers/{cast.customer}/entries/new")
    assert f'name="branch" value="{cast.first}"' in sheet.text
    await cast.umm_salim.post("/branch", branch=cast.market)
    entry = await cast.umm_salim.wrote(cast.customer, branch=cast.first)
    assert (await branch_ids(app, cast.umm_salim))[entry] is None


RANDOM = "01a231c2-2f3d-74ee-a0f9-71273300566f"


@pytest.mark.parametrize("branch", ["1", RANDOM, "x" * 200])
async def test_a_branch_that_is_none_is_refused_with_what_was_typed(cast: Cast, branch: str):
    answer = await cast.umm_salim.write(cast.customer, "debt", "12.25", branch=branch)
    assert answer.status_code == 422
    assert "branch_unknown" in errors(answer)
    assert "12.25" in answer.text


async def test_who_belongs_to_a_branch_writes_in_no_other(app: Litestar, cast: Cast):
    before = await branch_ids(app, cast.karim)
    answer = await cast.karim.write(cast.customer, branch=cast.first)
    assert errors(answer) == ["branch_not_yours"]
    assert (await cast.karim.post("/branch", branch=cast.first)).status_code == 422
    assert await branch_ids(app, cast.karim) == before


async def test_the_balance_is_the_shops_and_the_entries_are_the_branchs(cast: Cast):
    assert "100.00" in await cast.karim.standing(cast.customer)
    assert "100.00" in await cast.umm_salim.standing(cast.customer)
    assert len(await cast.umm_salim.entries(cast.customer)) == 2
    assert [("شاي" in one) for one in await cast.karim.entries(cast.customer)] == [True]


async def test_sums_of_each_branch_stand_on_the_account(cast: Cast):
    await cast.karim.wrote(cast.customer, "payment", "10")
    undone = await cast.karim.wrote(cast.customer, "payment", "5")
    await cast.karim.reverse(undone)
    assert branch_sums(await cast.umm_salim.account(cast.customer)) == [
        "الفرع الرئيسي: أعطيت 70.00، أخذت 0.00",
        "السوق: أعطيت 30.00، أخذت 10.00",
    ]
    assert branch_sums(await cast.karim.account(cast.customer)) == [
        "السوق: أعطيت 30.00، أخذت 10.00"
    ]


def branch_sums(page: httpx.Response) -> list[str]:
    found = re.search(r"data-branch-sums>(.*?)</p>", page.text, re.S)
    assert found
    parts = re.findall(r"<span>(.*?)</span>", found[1], re.S)
    return [" ".join(re.sub(r"<[^>]+>", "", one).split()) for one in parts]


async def test_the_page_of_an_entry_names_its_branch(cast: Cast):
    page = await cast.umm_salim.get(f"/entries/{cast.at_market}")
    assert 'data-fact="branch"' in page.text
    assert "السوق" in page.text
    page = await cast.umm_salim.get(f"/entries/{cast.at_home}")
    assert "الفرع الرئيسي" in page.text


PAST = {"occurred_on": "2026-11-01", "due_on": "2026-11-10"}
ENTRY_PATHS = ("", "/correction", "/reversal", "/receipt", "/photo")


@pytest.mark.parametrize("path", ENTRY_PATHS)
async def test_an_entry_of_another_branch_looks_like_one_that_is_not_there(cast: Cast, path: str):
    own = await cast.karim.get(f"/entries/{cast.at_market}{path}")
    assert own.status_code == (404 if path == "/photo" else 200)
    others = await cast.karim.get(f"/entries/{cast.at_home}{path}")
    random = await cast.karim.get(f"/entries/{new_id()}{path}")
    assert looks_of(others) == looks_of(random)
    assert others.status_code == 404


@pytest.mark.parametrize("path", ["/reversal", "/correction", "/receipts", "/photo"])
async def test_nothing_is_done_to_an_entry_of_another_branch(app: Litestar, cast: Cast, path: str):
    typed: dict[str, Any] = {"id": new_id(), "channel": "whatsapp", "amount": "1"}
    await belongs(app, cast.karim, cast.market, granted="reverse_entry reverse_own_entry")
    typed["reversal_id"] = new_id()
    assert (await cast.karim.get("/")).status_code == 200  # what was saved is told once
    before = await branch_ids(app, cast.karim)
    others = await cast.karim.post(f"/entries/{cast.at_home}{path}", **typed)
    random = await cast.karim.post(f"/entries/{new_id()}{path}", **typed)
    assert looks_of(others) == looks_of(random)
    assert await branch_ids(app, cast.karim) == before


def looks_of(answer: httpx.Response) -> tuple[int, int, dict[str, str]]:
    headers = {name: value for name, value in answer.headers.items() if name != "x-request-id"}
    return answer.status_code, len(answer.content), headers


async def test_a_reversal_and_a_correction_stay_in_the_branch_of_the_entry(
    app: Litestar, cast: Cast
):
    owner = cast.umm_salim
    await owner.post("/branch", branch=cast.market)
    await owner.reverse(cast.at_home)
    new, back = new_id(), new_id()
    await owner.post("/branch", branch=cast.first)
    typed = {"id": new, "reversal_id": back, "amount": "25"}
    answer = await owner.post(f"/entries/{cast.at_market}/correction", **typed)
    assert answer.status_code == 303, errors(answer)
    written = await branch_ids(app, owner)
    assert [written.pop(one) for one in (new, back, cast.at_market)] == [cast.market] * 3
    assert set(written.values()) == {None}
    assert len(written) == 2


async def test_a_payment_cannot_name_a_debt_of_another_branch(cast: Cast):
    answer = await cast.karim.write(cast.customer, "payment", "5", for_=cast.at_home)
    named = await cast.karim.write(cast.customer, "payment", "5", **{"for": cast.at_home})
    random = await cast.karim.write(cast.customer, "payment", "5", **{"for": new_id()})
    assert answer.status_code == 303
    assert errors(named) == errors(random) == ["target_not_found"]


async def test_the_book_of_one_branch(cast: Cast):
    other = await cast.umm_salim.add("خالد")
    await cast.umm_salim.wrote(other, "debt", "5")
    market = await cast.umm_salim.get(f"/?branch={cast.market}")
    assert "أبو علي" in market.text
    assert "خالد" not in text_of(market, "list")
    assert "data-branch-sums" in market.text
    assert f"branch={cast.market}" in market.text
    every = await cast.umm_salim.get("/")
    assert "خالد" in text_of(every, "list")
    first = await cast.umm_salim.get(f"/?branch={cast.first}")
    assert "خالد" in text_of(first, "list")


async def test_a_customer_is_the_shops(cast: Cast):
    await cast.umm_salim.add("خالد")
    assert "خالد" in text_of(await cast.karim.get("/"), "list")


@pytest.mark.parametrize("path", ["/", "/due", "/due/suppliers", "/month-end"])
async def test_a_branch_that_is_not_seen_looks_like_none(app: Litestar, cast: Cast, path: str):
    await belongs(app, cast.karim, cast.market, granted="see_totals")
    own = await cast.karim.get(f"{path}?branch={cast.market}")
    assert own.status_code == 200
    others = await cast.karim.get(f"{path}?branch={cast.first}")
    random = await cast.karim.get(f"{path}?branch={new_id()}")
    assert looks_of(others) == looks_of(random)
    assert others.status_code == 404


async def test_a_search_finds_no_note_of_another_branch(cast: Cast):
    assert "أبو علي" in text_of(await cast.umm_salim.get("/?q=سكر"), "list")
    assert "أبو علي" not in (await cast.karim.get("/?q=سكر")).text
    assert "أبو علي" in text_of(await cast.karim.get("/?q=شاي"), "list")


async def test_what_is_due_is_that_of_the_branch(app: Litestar, cast: Cast):
    await belongs(app, cast.karim, cast.market, granted="see_totals")
    await cast.umm_salim.wrote(cast.customer, "debt", "8", **PAST)
    whole, narrow = await cast.umm_salim.get("/due"), await cast.karim.get("/due")
    assert "8.00" in whole.text
    assert "8.00" not in narrow.text
    await cast.karim.wrote(cast.customer, "debt", "3", **PAST)
    assert "3.00" in text_of(await cast.karim.get("/due"), "due")
    sums = re.findall(r'data-sum="SAR">.*?</b>', (await cast.karim.get("/due")).text, re.S)
    assert sums
    assert "3.00" in sums[0]
    assert "11.00" not in sums[0]


async def test_totals_of_the_shop_are_not_told_to_who_sees_one_branch(app: Litestar, cast: Cast):
    await belongs(app, cast.karim, cast.market, granted="see_totals")
    page = await cast.karim.get("/")
    assert 'data-total="receivable"' in (await cast.umm_salim.get("/")).text
    assert 'data-total="receivable"' not in page.text
    assert "30.00" in page.text[page.text.index("data-branch-sums") :][:900]


async def test_activity_and_its_file_show_one_branch(app: Litestar, cast: Cast):
    await belongs(app, cast.karim, cast.market, granted="see_totals export_book")
    whole = await cast.umm_salim.get("/more/activity")
    narrow = await cast.karim.get("/more/activity")
    assert cast.at_home in whole.text
    assert cast.at_market in narrow.text
    assert cast.at_home not in narrow.text
    exported = await cast.karim.get("/more/activity.csv")
    assert "30.00" in exported.text
    assert "70.00" not in exported.text


async def test_the_permission_lets_a_member_of_a_branch_see_the_others(app: Litestar, cast: Cast):
    await belongs(app, cast.karim, cast.market, granted="see_branches")
    assert (await cast.karim.get(f"/entries/{cast.at_home}")).status_code == 200
    assert len(await cast.karim.entries(cast.customer)) == 2
    entry = await cast.karim.wrote(cast.customer)
    assert (await branch_ids(app, cast.karim))[entry] == cast.market


async def test_the_book_with_branches_proves_itself(app: Litestar, cast: Cast):
    await cast.karim.wrote(cast.customer, "payment", "10")
    shop = cast.karim.home.split("/")[2]
    proof = await app.state.shops.read(shop, verify_book, "SAR", ChainHead(0, GENESIS))
    assert proof.entries == 3
    assert not proof.faults


def test_the_permission_is_usual_for_who_leads_and_adjustable_for_the_others():
    assert Permission.SEE_BRANCHES in Adjustments.of(Role.MANAGER, ()).denied
    assert Permission.SEE_BRANCHES not in Adjustments.of(Role.CASHIER, ()).denied
