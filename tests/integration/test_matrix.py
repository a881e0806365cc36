"""Every door of the program against everybody who may knock: the table is made from the routes."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import product

import httpx
import pytest
from litestar import Litestar
from sqlalchemy import text

from daftari.accounts.rules import Deed, Role, may
from daftari.kernel.ids import new_id
from tests.integration.doors import DOORS, Door, Ids, is_refused, looks_the_same
from tests.integration.ledger.counter import HTMX, Teller, hire, open_for, value_of
from tests.photos import a_photo
from tests.push_service import Phone

PUBLIC = {
    "GET /",
    "GET /favicon.ico",
    "GET /healthz",
    "GET /help",
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
    "HEAD /static/{build:str}/{path:path}",
    "POST /language",
    "POST /recover",
    "POST /signin",
    "POST /signin/options",
    "POST /signout",
    "POST /signup",
    "POST /signup/options",
    "POST /stop/{link:str}",
}
WRONG_IDS = ("1", "%2e%2e", "%00", "'", "null", "x" * 200, new_id().upper())
JSON = {"Accept": "application/json"}


PUBLIC_ROUTES = {door.split(" ")[1] for door in PUBLIC}
PRIVATE = [
    door
    for door in DOORS
    if not door.opt.get("public") and not (door.method == "OPTIONS" and door.route in PUBLIC_ROUTES)
]
OF_A_SHOP = [door for door in PRIVATE if "{shop:str}" in door.route]


@dataclass(frozen=True, slots=True)
class Cast:
    """Two shops with an entry each, and their people. `ids`, `hers`: of Umm Salim and of Huda."""

    umm_salim: Teller
    huda: Teller
    staff: dict[Role, Teller]
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


async def ids_of(app: Litestar, owner: Teller) -> Ids:
    customer = await owner.add()
    entry = await owner.wrote(customer)
    assert (await owner.put_photo(entry, a_photo((16, 12)))).status_code == 201
    agreed = {"consents": "asked", "agreed_whatsapp_receipt": "yes"}
    details = {"name": "أبو علي", "phone": "0501234567", **agreed}
    await owner.browser.post(f"{owner.home}/customers/{customer}", data=details)
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
    phone, alert = await phone_and_alert(owner)
    return {
        "shop": shop,
        "customer": customer,
        "entry": entry,
        "ended": ended,
        "passkey": new_id(),
        "consent": consent,
        "message": message,
        "promise": promise,
        "plan": plan,
        "phone": phone,
        "alert": alert,
    }


async def phone_and_alert(owner: Teller) -> tuple[str, str]:
    """A browser that wants to be told, and a limit that was passed."""
    debtor = await owner.add("أبو علي", credit_limit="1")
    await owner.wrote(debtor, "debt", "2")
    inbox = await owner.get("/more/alerts")
    alert = re.search(r"/alerts/([0-9a-f-]+)/open", inbox.text)
    assert alert
    return await own_phone(owner), alert[1]


async def own_phone(teller: Teller) -> str:
    """The teller's browser wants to be told; as what phone it is known."""
    sent = Phone(f"https://fcm.googleapis.com/fcm/send/{teller.person_id}").subscription
    added = await teller.browser.post(f"{teller.home}/push-subscriptions", json=sent, headers=JSON)
    return str(added.json()["id"])


LINES = 3
IDS = (
    "shop",
    "customer",
    "entry",
    "ended",
    "passkey",
    "consent",
    "message",
    "promise",
    "plan",
    "phone",
    "alert",
)


def random_ids() -> Ids:
    return {name: new_id() for name in IDS}


def test_the_public_doors_are_these_and_no_others():
    assert {str(door) for door in DOORS if door.opt.get("public")} == PUBLIC


def test_there_is_something_to_look_at():
    typed = [door for door in PRIVATE if door.method != "OPTIONS"]
    assert len(typed) > 20
    assert len([door for door in OF_A_SHOP if door.method == "POST"]) >= 8
    assert {door.deed for door in OF_A_SHOP} >= {
        Deed.READ_BOOK,
        Deed.RECORD_ENTRY,
        Deed.ADD_CUSTOMER,
        Deed.CHANGE_CUSTOMER,
        Deed.FREEZE_CUSTOMER,
        Deed.REVERSE_OWN_ENTRY,
        Deed.MANAGE_SHOP,
    }


async def test_nobody_is_sent_to_the_door(cast, client):
    for door in PRIVATE:
        for ids in (cast.ids, random_ids()):
            answer = await door.knock(client, ids)
            assert is_turned_away(door, answer), str(door)
            assert "set-cookie" not in answer.headers
    await nothing_happened(cast)


async def test_a_program_and_htmx_without_a_session_are_told_so(cast, client):
    for door in PRIVATE:
        program = await door.knock(client, cast.ids, JSON)
        assert (program.status_code, program.json()["error"]) == (401, "not_signed_in"), str(door)
        if door.opt.get("speaks"):
            continue
        htmx = await door.knock(client, cast.ids, HTMX)
        assert (htmx.status_code, htmx.headers["hx-redirect"]) == (401, "/signin"), str(door)
        assert htmx.text == ""


async def test_a_cookie_of_nobody_opens_no_door(app, cast, client):
    client.cookies.set(app.state.session_cookie, "made-up")
    for door in PRIVATE:
        assert is_turned_away(door, await door.knock(client, cast.ids)), str(door)


@pytest.mark.parametrize("role", Role)
async def test_each_role_finds_its_doors_and_no_others(cast, role):
    teller = cast.staff[role]
    closed = [door for door in OF_A_SHOP if not may(role, door.deed)]
    assert bool(closed) == (role is not Role.OWNER)
    for door in OF_A_SHOP:
        ids = {**cast.ids, "phone": await own_phone(teller)} if "phone" in door.places else cast.ids
        answer = await door.knock(teller.browser, ids)
        assert answer.status_code < 500, str(door)
        of_the_shop = "alert" in door.places and door.method != "OPTIONS"
        is_closed = door in closed or (of_the_shop and not may(role, Deed.SEE_TOTALS))
        assert (answer.status_code == 404) == is_closed, (str(door), answer.status_code)


async def test_what_a_role_may_not_do_looks_like_what_is_not_there(cast):
    viewer = cast.staff[Role.VIEWER].browser
    for door in OF_A_SHOP:
        if not may(Role.VIEWER, door.deed):
            await looks_the_same(door, viewer, cast.ids, random_ids())


async def test_a_strangers_shop_and_no_shop_cannot_be_told_apart(cast):
    for door in OF_A_SHOP:
        answer = await looks_the_same(door, cast.huda.browser, cast.ids, random_ids())
        assert answer.status_code == 404, str(door)
        for headers in (HTMX, JSON):
            await looks_the_same(door, cast.huda.browser, cast.ids, random_ids(), headers)
    await nothing_happened(cast)


async def test_a_strangers_customer_in_ones_own_shop_is_nobody(cast):
    inside = [
        door
        for door in PRIVATE
        if {"customer", "entry", "ended", "promise", "plan", "phone", "alert"} & set(door.places)
    ]
    assert len(inside) >= 10
    for door in inside:
        mixed = {**cast.ids, "shop": cast.hers["shop"]}
        answer = await looks_the_same(
            door, cast.huda.browser, mixed, {**random_ids(), "shop": cast.hers["shop"]}
        )
        if door.method != "OPTIONS":
            assert answer.status_code == 404 or is_refused(answer), str(door)
    await nothing_happened(cast)


async def test_who_left_the_shop_is_a_stranger_there(app, cast):
    cashier = cast.staff[Role.CASHIER]
    before = await cashier.get()
    assert before.status_code == 200
    await app.state.control.write(end_membership, cashier.person_id, app.state.clock.now())
    for door in OF_A_SHOP:
        answer = await looks_the_same(door, cashier.browser, cast.ids, random_ids())
        assert answer.status_code == 404, str(door)
    assert (await cashier.browser.get("/account")).status_code == 200
    await nothing_happened(cast)


async def test_an_ended_session_opens_no_door(app, cast, browser):
    """The cookie that was stolen before the owner signed out is worth nothing after it."""
    thief = browser()
    thief.cookies = httpx.Cookies(cast.umm_salim.browser.cookies)
    assert (await thief.get(f"{cast.umm_salim.home}/")).status_code == 200
    await cast.umm_salim.browser.post("/signout")
    for door in PRIVATE:
        assert is_turned_away(door, await door.knock(thief, cast.ids)), str(door)


async def test_a_sensitive_door_asks_for_the_passkey_again(cast, clock):
    sensitive = [door for door in PRIVATE if door.opt.get("verified")]
    assert len(sensitive) >= 5
    clock.move(minutes=11)
    for door in sensitive:
        answer = await door.knock(cast.umm_salim.browser, cast.ids)
        assert answer.status_code == 303, str(door)
        assert answer.headers["location"].startswith("/verify"), str(door)


async def test_no_deed_is_done_for_another_site(cast):
    for door in DOORS:
        if door.method not in ("POST", "PUT"):
            continue
        for site in ("cross-site", "same-site", "none"):
            ids = {**cast.ids, "token": "x", "link": "x"}
            answer = await door.knock(cast.umm_salim.browser, ids, {"Sec-Fetch-Site": site})
            assert answer.status_code == 403, (str(door), site)
    await nothing_happened(cast)


async def test_an_id_that_is_none_is_not_found(cast):
    for door in OF_A_SHOP:
        for name, wrong in product(door.places, WRONG_IDS):
            answer = await door.knock(cast.umm_salim.browser, {**cast.ids, name: wrong})
            is_open = door.method == "OPTIONS" and name != "shop"
            refused = answer.status_code in (400, 404) or is_refused(answer)
            assert refused or is_open, (str(door), name, answer.status_code)


def is_turned_away(door: Door, answer: httpx.Response) -> bool:
    """To the sign-in page; a program's door says so in JSON and sends nobody anywhere."""
    if door.opt.get("speaks"):
        return answer.status_code == 401 and "location" not in answer.headers
    signin = answer.headers.get("location", "").split("?")[0]
    return (answer.status_code, signin) == (303, "/signin")


async def nothing_happened(cast: Cast) -> None:
    """Each book still has its two customers, one with an entry and a plan of two instalments."""
    for owner, ids in ((cast.umm_salim, cast.ids), (cast.huda, cast.hers)):
        assert len(await owner.lines(ids["customer"])) == LINES
        assert (await owner.get()).text.count('class="row"') == 2


def end_membership(tx, person_id: str, now) -> None:
    ended = "UPDATE memberships SET ended_at = :now WHERE person_id = :person_id"
    tx.execute(text(ended), {"person_id": person_id, "now": now.isoformat()})
