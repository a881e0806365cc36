"""Every door of the program against everybody who may knock: the table is made from the routes."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from secrets import token_bytes

import httpx
import pytest
from litestar import Litestar
from sqlalchemy import text

from daftari.approvals.rules import TERM
from daftari.approvals.store import insert_approval
from daftari.db.sealed_files import SealedWriter
from daftari.identity.rules import UNADJUSTED, Adjustments, Permission, Role, may
from daftari.identity.store.tills import insert_till
from daftari.kernel.ids import new_id
from daftari.tasks.rules import KEPT_FOR, LongTask, TaskKind, TaskState
from daftari.tasks.store import insert_task
from tests.integration.endpoints import ENDPOINTS, Endpoint, Ids, is_refused, looks_the_same
from tests.integration.ledger.shop_client import HTMX, ShopClient, hire, open_for, value_of
from tests.photos import a_photo
from tests.push_service import Phone

PUBLIC = {
    "GET /",
    "GET /apple-touch-icon.png",
    "GET /favicon.ico",
    "GET /healthz",
    "GET /help",
    "GET /join",
    "GET /join/{token:str}",
    "GET /manifest.webmanifest",
    "GET /offline",
    "GET /readyz",
    "GET /recover",
    "GET /robots.txt",
    "GET /service-worker.js",
    "GET /signin",
    "GET /signin/link/{token:str}",
    "GET /signup",
    "GET /stop/{link:str}",
    "GET /static/{build:str}/{path:path}",
    "GET /till",
    "GET /till/{person:str}",
    "POST /join",
    "POST /join/options",
    "POST /join/{token:str}",
    "POST /join/{token:str}/acceptance",
    "POST /join/{token:str}/options",
    "POST /language",
    "POST /recover",
    "POST /signin",
    "POST /signin/options",
    "POST /signout",
    "POST /signup",
    "POST /signup/options",
    "POST /stop/{link:str}",
    "POST /till/turn-end",
    "POST /till/{person:str}",
}
LAYS_ON_COUNTER = "POST /s/{shop:str}/customers/{customer:str}/counter"  # shuts every other door
WRONG_IDS = ("1", "%2e%2e", "%00", "'", "null", "x" * 200, new_id().upper())
JSON = {"Accept": "application/json"}


PUBLIC_ROUTES = {endpoint.split(" ")[1] for endpoint in PUBLIC}
PRIVATE = [
    endpoint
    for endpoint in ENDPOINTS
    if not endpoint.opt.get("public")
    and not (endpoint.method == "OPTIONS" and endpoint.route in PUBLIC_ROUTES)
]
OF_A_SHOP = [endpoint for endpoint in PRIVATE if "{shop:str}" in endpoint.route]


@dataclass(frozen=True, slots=True)
class Cast:
    """Two shops with an entry each, and their people. `ids`, `hers`: of Umm Salim and of Huda."""

    umm_salim: ShopClient
    huda: ShopClient
    staff: dict[Role, ShopClient]
    ids: Ids
    hers: Ids


@pytest.fixture
async def cast(app: Litestar, browser: Callable[..., httpx.AsyncClient]) -> Cast:
    umm_salim = await open_for(app, browser(), "أم سليم", "بقالة النور")
    huda = await open_for(app, browser(), "هدى", "مخبز هدى")
    others = [role for role in Role if role is not Role.OWNER]
    staff = {role: await hire(app, browser(), umm_salim.home, role) for role in others}
    staff[Role.OWNER] = umm_salim
    return Cast(umm_salim, huda, staff, await ids_of(app, umm_salim), await ids_of(app, huda))


async def ids_of(app: Litestar, owner: ShopClient) -> Ids:
    customer = await owner.add()
    entry = await owner.wrote(customer)
    assert (await owner.put_photo(entry, a_photo((16, 12)))).status_code == 201
    await owner.post(f"/customers/{customer}", name="أبو علي", phone="0501234567")
    agreed = {"id": new_id(), "consents": "anew", "agreed_whatsapp_receipt": "yes"}
    await owner.post(f"/customers/{customer}/consents", **agreed)
    sessions = "SELECT id FROM sessions WHERE person_id = :person_id"
    ended = await app.state.control.read(
        lambda tx: tx.scalar(text(sessions), {"person_id": owner.person_id})
    )
    message = new_id()
    await owner.post(f"/entries/{entry}/receipts", id=message, channel="whatsapp")
    promise, plan = new_id(), new_id()
    day = {"day_choice": "2026-12-01"}
    await owner.post(f"/customers/{customer}/promises", id=promise, **day)
    instalments = {"id": plan, "amount": "2", "count": "2", **day}
    shown = await owner.post(f"/customers/{customer}/plans/preview", **instalments)
    schedule = value_of(shown, "schedule")
    await owner.post(f"/customers/{customer}/plans", **instalments, schedule=schedule)
    shop = owner.home.split("/")[2]
    consents = "SELECT id FROM consents WHERE customer_id = :customer_id"
    consent = await app.state.shops.read(
        shop, lambda tx: tx.scalar(text(consents), {"customer_id": customer})
    )
    branch = await branch_of(owner)
    phone, alert = await phone_and_alert(owner)
    return {
        "shop": shop,
        "customer": customer,
        "entry": entry,
        "ended": ended,
        "named": ended,
        "passkey": new_id(),
        "consent": consent,
        "message": message,
        "promise": promise,
        "plan": plan,
        "phone": phone,
        "alert": alert,
        "signin": new_id(),
        "person": owner.person_id,
        "invitation": await invitation_of(owner),
        "branch": branch,
        "approval": await approval_of(app, shop, customer),
        "till": await till_of(app, shop, owner.person_id),
        "former": new_id(),
        "refused": await refused_of(owner, customer),
        "handover": new_id(),
        "task": await task_of(app, shop, owner.person_id),
    }


async def task_of(app: Litestar, shop: str, person: str) -> str:
    """An export is done; its file is there."""
    now, file = app.state.clock.now(), await app.state.shops.sealed_file(shop, task_id := new_id())
    asked = task_id, shop, person, TaskKind.EXPORT_SHOP, "ar", now
    done = TaskState.DONE, 1, 1, 1, None, now, now + KEPT_FOR, 3
    await app.state.control.write(insert_task, LongTask(*asked, *done))
    file.path.parent.mkdir(parents=True)
    writer = SealedWriter(file.path, file.key)
    writer.write(b"zip")
    writer.close()
    return task_id


async def till_of(app: Litestar, shop: str, maker: str) -> str:
    """A device is a shared till of the shop."""
    row = {"id": new_id(), "shop_id": shop, "made_by": maker, "name": "هاتف الطاولة"}
    more = {"token_hash": token_bytes(32), "created_at": app.state.clock.now()}
    await app.state.control.write(insert_till, {**row, **more})
    return str(row["id"])


async def approval_of(app: Litestar, shop: str, customer: str) -> str:
    """Somebody asks for an entry that he may not write alone; the id of the request."""
    now = app.state.clock.now()
    asked = {
        "id": new_id(),
        "customer_id": customer,
        "verb": "record_entry",
        "content": "",
        "kind": "debt",
        "amount_minor": 100,
        "currency": "SAR",
        "effect_minor": 100,
        "needs": "give_over_limit",
        "reason": "beyond_credit_limit",
        "asked_by": new_id(),
        "asked_at": now,
        "expires_at": now + TERM,
        "state": "waiting",
    }
    await app.state.shops.write(shop, insert_approval, asked)
    return str(asked["id"])


async def branch_of(owner: ShopClient) -> str:
    """A second branch, in which nothing is written yet; its id."""
    added = {"id": new_id(), "name": "السوق"}
    assert (await owner.post("/more/branches", **added)).status_code == 303
    return added["id"]


async def invitation_of(owner: ShopClient) -> str:
    """Somebody is invited; the invitation's id."""
    invited = {"id": new_id(), "name": "سالم", "role": "viewer"}
    answer = await owner.post("/more/people/invitations", **invited)
    assert answer.status_code == 303, answer.text
    return invited["id"]


async def refused_of(owner: ShopClient, customer: str) -> str:
    """A phone brought an entry without an amount, which the book did not take; its id."""
    item = {
        "v": 1,
        "id": new_id(),
        "verb": "record_entry",
        "user": owner.person_id,
        "shop": owner.home.split("/")[2],
        "device": new_id(),
        "sequence": 1,
        "made_at": "2026-11-23T09:00:00.000Z",
        "customer_id": customer,
        "kind": "debt",
        "amount_minor": 0,
        "currency": "SAR",
    }
    batch = {"device": item["device"], "now": item["made_at"], "items": [item]}
    answer = await owner.browser.post(f"{owner.home}/sync", json=batch, headers=JSON)
    assert answer.json()["answers"][0]["answer"] == "refused"
    return str(item["id"])


async def phone_and_alert(owner: ShopClient) -> tuple[str, str]:
    """A browser that wants to be told, and a limit that was passed."""
    debtor = await owner.add("أبو علي", credit_limit="1")
    await owner.wrote(debtor, "debt", "2")
    inbox = await owner.get("/more/alerts")
    alert = re.search(r"/alerts/([0-9a-f-]+)/open", inbox.text)
    assert alert
    return await own_phone(owner), alert[1]


async def own_phone(shop_client: ShopClient) -> str:
    """The shop_client's browser wants to be told; as what phone it is known."""
    sent = Phone(f"https://fcm.googleapis.com/fcm/send/{shop_client.person_id}").subscription
    added = await shop_client.browser.post(
        f"{shop_client.home}/push-subscriptions", json=sent, headers=JSON
    )
    return str(added.json()["id"])


LINES = 3
IDS = (
    "shop",
    "customer",
    "entry",
    "ended",
    "named",
    "passkey",
    "consent",
    "message",
    "promise",
    "plan",
    "phone",
    "alert",
    "signin",
    "person",
    "invitation",
    "branch",
    "approval",
    "till",
    "former",
    "refused",
    "handover",
    "task",
)


def random_ids() -> Ids:
    return {name: new_id() for name in IDS}


def test_the_public_doors_are_these_and_no_others():
    assert {str(endpoint) for endpoint in ENDPOINTS if endpoint.opt.get("public")} == PUBLIC


def test_there_is_something_to_look_at():
    typed = [endpoint for endpoint in PRIVATE if endpoint.method != "OPTIONS"]
    assert len(typed) > 20
    assert len([endpoint for endpoint in OF_A_SHOP if endpoint.method == "POST"]) >= 8
    assert {endpoint.permission for endpoint in OF_A_SHOP} >= {
        Permission.READ_BOOK,
        Permission.RECORD_ENTRY,
        Permission.ADD_CUSTOMER,
        Permission.CHANGE_CUSTOMER,
        Permission.FREEZE_CUSTOMER,
        Permission.REVERSE_OWN_ENTRY,
        Permission.MANAGE_SHOP,
    }


async def test_nobody_is_sent_to_the_door(cast, client):
    for endpoint in PRIVATE:
        for ids in (cast.ids, random_ids()):
            answer = await endpoint.request(client, ids)
            assert is_turned_away(endpoint, answer), str(endpoint)
            assert "set-cookie" not in answer.headers
    await nothing_happened(cast)


async def test_a_program_and_htmx_without_a_session_are_told_so(cast, client):
    for endpoint in PRIVATE:
        program = await endpoint.request(client, cast.ids, JSON)
        assert (program.status_code, program.json()["error"]) == (401, "not_signed_in"), str(
            endpoint
        )
        if endpoint.opt.get("errors_as"):
            continue
        htmx = await endpoint.request(client, cast.ids, HTMX)
        assert (htmx.status_code, htmx.headers["hx-redirect"]) == (401, "/signin"), str(endpoint)
        assert htmx.text == ""


async def test_a_cookie_of_nobody_opens_no_door(app, cast, client):
    client.cookies.set(app.state.session_cookie, "made-up")
    for endpoint in PRIVATE:
        assert is_turned_away(endpoint, await endpoint.request(client, cast.ids)), str(endpoint)


@pytest.mark.parametrize("role", Role)
async def test_each_role_finds_its_doors_and_no_others(cast, role):
    closed = [endpoint for endpoint in OF_A_SHOP if not may(role, endpoint.permission)]
    assert bool(closed) == (role is not Role.OWNER)
    await finds_its_doors(cast, role, UNADJUSTED)


ADJUSTED = [
    (Role.VIEWER, {"see_totals", "export_book"}, set()),
    (Role.CASHIER, {"see_totals", "export_book", "reverse_entry"}, set()),
    (Role.CASHIER, set(), {"reverse_own_entry", "send_message"}),
    (Role.MANAGER, {"manage_people", "manage_shop"}, {"see_totals", "reverse_entry"}),
]


@pytest.mark.parametrize(("role", "granted", "denied"), ADJUSTED)
async def test_adjusted_permissions_open_and_close_doors(app, cast, role, granted, denied):
    adjusted = Adjustments(frozenset(granted), frozenset(denied))
    changed = [
        endpoint
        for endpoint in OF_A_SHOP
        if may(role, endpoint.permission) != may(role, endpoint.permission, adjusted)
    ]
    assert len(changed) >= 2
    person_id = cast.staff[role].person_id
    await app.state.control.write(adjust, person_id, granted, denied)
    await finds_its_doors(cast, role, adjusted)


async def finds_its_doors(cast: Cast, role: Role, adjusted: Adjustments) -> None:
    """Each door of the shop is open to the permissions it asks for, and not found without."""
    shop_client, sees = cast.staff[role], may(role, Permission.SEE_TOTALS, adjusted)
    for endpoint in sorted(OF_A_SHOP, key=lambda one: str(one) == LAYS_ON_COUNTER):
        ids = (
            {**cast.ids, "phone": await own_phone(shop_client)}
            if "phone" in endpoint.places
            else cast.ids
        )
        answer = await endpoint.request(shop_client.browser, ids)
        assert answer.status_code < 500, str(endpoint)
        of_the_shop = "alert" in endpoint.places and endpoint.method != "OPTIONS"
        is_closed = not may(role, endpoint.permission, adjusted) or (of_the_shop and not sees)
        assert (answer.status_code == 404) == is_closed, (str(endpoint), answer.status_code)


def adjust(tx, person_id: str, granted: set[str], denied: set[str]) -> None:
    changed = "UPDATE memberships SET granted = :granted, denied = :denied WHERE person_id = :id"
    values = {"granted": " ".join(granted), "denied": " ".join(denied), "id": person_id}
    tx.execute(text(changed), values)


async def test_what_a_role_may_not_do_looks_like_what_is_not_there(cast):
    viewer = cast.staff[Role.VIEWER].browser
    for endpoint in OF_A_SHOP:
        if not may(Role.VIEWER, endpoint.permission):
            await looks_the_same(endpoint, viewer, cast.ids, random_ids())


async def test_a_strangers_shop_and_no_shop_cannot_be_told_apart(cast):
    for endpoint in OF_A_SHOP:
        answer = await looks_the_same(endpoint, cast.huda.browser, cast.ids, random_ids())
        assert answer.status_code == 404, str(endpoint)
        for headers in (HTMX, JSON):
            await looks_the_same(endpoint, cast.huda.browser, cast.ids, random_ids(), headers)
    await nothing_happened(cast)


async def test_a_strangers_customer_in_ones_own_shop_is_nobody(cast):
    inside = [
        endpoint
        for endpoint in PRIVATE
        if {
            "customer",
            "entry",
            "ended",
            "named",
            "promise",
            "plan",
            "phone",
            "alert",
            "person",
            "invitation",
            "branch",
            "approval",
            "till",
            "refused",
            "task",
        }
        & set(endpoint.places)
    ]
    assert len(inside) >= 10
    for endpoint in inside:
        mixed = {**cast.ids, "shop": cast.hers["shop"]}
        answer = await looks_the_same(
            endpoint, cast.huda.browser, mixed, {**random_ids(), "shop": cast.hers["shop"]}
        )
        if endpoint.method != "OPTIONS":
            assert answer.status_code == 404 or is_refused(answer), str(endpoint)
    await nothing_happened(cast)


OF_A_BRANCH = {"entry", "plan", "message"}


async def test_what_is_of_another_branch_looks_like_what_is_not_there(app, cast):
    """The customer is the whole shop's, and is there."""
    manager = cast.staff[Role.MANAGER]
    await put_into_branch(app, manager, cast.ids["branch"])
    inside = [endpoint for endpoint in OF_A_SHOP if OF_A_BRANCH & set(endpoint.places)]
    assert len(inside) >= 12
    assert (await manager.get(f"/customers/{cast.ids['customer']}")).status_code == 200
    for endpoint in inside:
        random = {**cast.ids, **{name: new_id() for name in OF_A_BRANCH}}
        for headers in (None, HTMX, JSON):
            answer = await looks_the_same(endpoint, manager.browser, cast.ids, random, headers)
            if endpoint.method != "OPTIONS":
                assert answer.status_code == 404 or is_refused(answer), str(endpoint)
    await nothing_happened(cast)


async def test_what_is_of_ones_own_branch_is_there(app, cast):
    manager = cast.staff[Role.MANAGER]
    await put_into_branch(app, manager, cast.ids["branch"])
    entry = await manager.wrote(cast.ids["customer"])
    inside = [one for one in OF_A_SHOP if one.method == "GET" and one.places == ["shop", "entry"]]
    shown = [await one.request(manager.browser, {**cast.ids, "entry": entry}) for one in inside]
    assert [one.status_code for one in shown].count(200) == len(inside) - 1  # it has no photo


async def put_into_branch(app: Litestar, who: ShopClient, branch: str) -> None:
    """Who works there sees no other branch from now on."""
    narrow = (
        "UPDATE memberships SET branch_id = :branch, denied = 'see_branches' WHERE person_id = :id"
    )
    values = {"branch": branch, "id": who.person_id}
    await app.state.control.write(lambda tx: tx.execute(text(narrow), values))
    assert (await who.get()).status_code == 200


async def test_who_left_the_shop_is_a_stranger_there(app, cast):
    cashier = cast.staff[Role.CASHIER]
    before = await cashier.get()
    assert before.status_code == 200
    await app.state.control.write(end_membership, cashier.person_id, app.state.clock.now())
    for endpoint in OF_A_SHOP:
        answer = await looks_the_same(endpoint, cashier.browser, cast.ids, random_ids())
        assert answer.status_code == 404, str(endpoint)
    assert (await cashier.browser.get("/account")).status_code == 200
    await nothing_happened(cast)


async def test_an_ended_session_opens_no_door(app, cast, browser):
    """The cookie that was stolen before the owner signed out is worth nothing after it."""
    thief = browser()
    thief.cookies = httpx.Cookies(cast.umm_salim.browser.cookies)
    assert (await thief.get(f"{cast.umm_salim.home}/")).status_code == 200
    await cast.umm_salim.browser.post("/signout")
    for endpoint in PRIVATE:
        assert is_turned_away(endpoint, await endpoint.request(thief, cast.ids)), str(endpoint)


async def test_a_sensitive_door_asks_for_the_passkey_again(cast, clock):
    sensitive = [endpoint for endpoint in PRIVATE if endpoint.opt.get("verified")]
    assert len(sensitive) >= 5
    clock.move(minutes=11)
    for endpoint in sensitive:
        answer = await endpoint.request(cast.umm_salim.browser, cast.ids)
        assert answer.status_code == 303, str(endpoint)
        assert answer.headers["location"].startswith("/verify"), str(endpoint)


async def test_no_deed_is_done_for_another_site(cast):
    for endpoint in ENDPOINTS:
        if endpoint.method not in ("POST", "PUT"):
            continue
        sites = ["cross-site", "same-site"]
        if not endpoint.opt.get("is_share_target"):
            sites.append("none")
        for site in sites:
            ids = {**cast.ids, "token": "x", "link": "x"}
            answer = await endpoint.request(cast.umm_salim.browser, ids, {"Sec-Fetch-Site": site})
            assert answer.status_code == 403, (str(endpoint), site)
    await nothing_happened(cast)


async def test_an_id_that_is_none_is_not_found(cast):
    for endpoint in OF_A_SHOP:
        for name, wrong in product(endpoint.places, WRONG_IDS):
            answer = await endpoint.request(cast.umm_salim.browser, {**cast.ids, name: wrong})
            is_open = endpoint.method == "OPTIONS" and name != "shop"
            refused = answer.status_code in (400, 404) or is_refused(answer)
            assert refused or is_open, (str(endpoint), name, answer.status_code)


def is_turned_away(endpoint: Endpoint, answer: httpx.Response) -> bool:
    """To the sign-in page; a program's door says so in JSON and sends nobody anywhere."""
    if endpoint.opt.get("errors_as"):
        return answer.status_code == 401 and "location" not in answer.headers
    signin = answer.headers.get("location", "").split("?")[0]
    return (answer.status_code, signin) == (303, "/signin")


async def nothing_happened(cast: Cast) -> None:
    """Each book still has its two customers, one with an entry and a plan of two instalments."""
    for owner, ids in ((cast.umm_salim, cast.ids), (cast.huda, cast.hers)):
        assert len(await owner.entries(ids["customer"])) == LINES
        assert (await owner.get()).text.count('class="row"') == 2


def end_membership(tx, person_id: str, now) -> None:
    ended = "UPDATE memberships SET ended_at = :now WHERE person_id = :person_id"
    tx.execute(text(ended), {"person_id": person_id, "now": now.isoformat()})
