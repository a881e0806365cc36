"""A session that is held: on the counter before a customer, or locked."""

import re

import httpx
import pytest

from daftari.kernel.ids import new_id
from tests.integration.endpoints import ENDPOINTS
from tests.integration.identity.phone import Phone, errors_in
from tests.integration.ledger.shop_client import HTMX
from tests.integration.test_matrix import PRIVATE, random_ids

JSON = {"Accept": "application/json"}
ON = {"/verify/options", "/counter/end", "/s/{shop:str}/sync"}
PHOTO = "PUT /s/{shop:str}/entries/{entry:str}/photo"


@pytest.fixture
async def abu_ali(umm_salim: Phone) -> str:
    """The path of an account, with another one beside it."""
    home = (await umm_salim.shop()).rstrip("/")
    for name in ("هدى المجنونة", "أبو علي"):
        made = await umm_salim.post(f"{home}/customers", name=name, id=new_id())
        account = made.headers["location"].split("?")[0]
    entry = {"id": new_id(), "kind": "debt", "amount": "12.50"}
    await umm_salim.post(f"{account}/entries", **entry, note="سرّ", paid_by="جار")
    return account


def tell(phone: Phone, name: str, value: str) -> None:
    """A cookie as the phone's scripts set it, which the server can take away."""
    phone.browser.cookies.set(name, value, domain="localhost.local")


def ended_by(page: httpx.Response) -> list[str]:
    return re.findall(r"/account/sessions/[0-9a-f-]{36}/end", page.text)


async def lay(phone: Phone, account: str) -> str:
    answer = await phone.post(f"{account}/counter")
    assert answer.status_code == 303
    assert answer.headers["clear-site-data"] == '"cache"'
    return answer.headers["location"]


async def leave(phone: Phone) -> httpx.Response:
    options = (await phone.ask("/verify/options")).json()
    return await phone.ask("/counter/end", credential=phone.keys.get(options))


async def test_the_page_shows_this_account_and_nobody_else(umm_salim, abu_ali):
    page = await umm_salim.browser.get(await lay(umm_salim, abu_ali))
    assert page.status_code == 200
    assert "أبو علي" in page.text
    assert "12.50" in page.text
    for other in ("هدى المجنونة", "سرّ", "جار", "أم سليم", 'href="/s/', 'class="bottom-bar"'):
        assert other not in page.text


async def test_every_other_route_leads_to_it(umm_salim, abu_ali):
    counter = await lay(umm_salim, abu_ali)
    ids = {**random_ids(), "shop": abu_ali.split("/")[2]}
    looked = 0
    for endpoint in PRIVATE:
        if endpoint.method == "OPTIONS" or endpoint.route in ON or str(endpoint) == PHOTO:
            continue
        looked += 1
        program = await endpoint.request(umm_salim.browser, ids, JSON)
        assert (program.status_code, program.json()["error"]) == (423, "held"), str(endpoint)
        if endpoint.opt.get("errors_as"):
            continue
        page = await endpoint.request(umm_salim.browser, ids)
        assert (page.status_code, page.headers["location"]) == (303, counter), str(endpoint)
        part = await endpoint.request(umm_salim.browser, ids, HTMX)
        assert part.headers["hx-redirect"] == counter, str(endpoint)
        assert part.text == ""
    assert looked > 60
    public = [e.route for e in ENDPOINTS if e.opt.get("optional_session") and e.method == "GET"]
    assert {"/", "/help", "/signin", "/recover"} <= set(public)
    for path in public:
        assert (await umm_salim.browser.get(path)).headers["location"] == counter, path


async def test_signing_out_is_no_way_out_of_it(umm_salim, abu_ali):
    counter = await lay(umm_salim, abu_ali)
    assert (await umm_salim.post("/signout")).headers["location"] == counter
    assert (await umm_salim.browser.get(counter)).status_code == 200


async def test_another_account_is_not_laid_there_by_its_address(umm_salim, abu_ali):
    counter = await lay(umm_salim, abu_ali)
    other = f"{abu_ali.rpartition('/')[0]}/01a230e5-0000-7000-8000-000000000000/counter"
    for method in ("GET", "POST"):
        answer = await umm_salim.browser.request(method, other)
        assert answer.headers["location"] == counter


async def test_the_passkey_leads_back_to_the_account(umm_salim, abu_ali):
    await lay(umm_salim, abu_ali)
    answer = await leave(umm_salim)
    assert answer.status_code == 200
    assert answer.json() == {"next": abu_ali}
    assert (await umm_salim.browser.get(abu_ali)).status_code == 200
    assert "counter" not in umm_salim.browser.cookies


async def test_a_fresh_passkey_of_before_is_not_enough(umm_salim, huda, abu_ali):
    counter = await lay(umm_salim, abu_ali)
    await umm_salim.verify()
    assert (await umm_salim.browser.get(abu_ali)).headers["location"] == counter
    hers, umm_salim.keys = umm_salim.keys, huda.keys
    options = (await umm_salim.ask("/verify/options")).json()
    options["allowCredentials"] = []
    refused = await umm_salim.ask("/counter/end", credential=huda.keys.get(options))
    assert errors_in(refused) == ["passkey_not_accepted"]
    umm_salim.keys = hers
    assert (await leave(umm_salim)).status_code == 200


async def test_without_a_script_the_button_leads_back_to_the_page(umm_salim, abu_ali):
    counter = await lay(umm_salim, abu_ali)
    assert (await umm_salim.post("/counter/end", next="/")).headers["location"] == counter


async def test_other_phones_of_the_person_go_on(umm_salim, phone, abu_ali):
    other = phone()
    other.keys = umm_salim.keys
    await other.signin()
    await lay(umm_salim, abu_ali)
    assert (await other.browser.get(abu_ali)).status_code == 200


async def test_a_phone_on_the_counter_is_ended_from_another_one(umm_salim, phone, abu_ali):
    other = phone()
    other.keys = umm_salim.keys
    await other.signin()
    counter = await lay(umm_salim, abu_ali)
    lying = ended_by(await other.browser.get("/account"))
    assert len(lying) == 1
    assert (await other.post(lying[0])).status_code == 303
    answer = await umm_salim.browser.get(counter)
    assert answer.headers["location"].startswith("/signin")
    assert (await umm_salim.browser.get("/signin")).status_code == 200
    await umm_salim.signin()
    assert (await umm_salim.browser.get(abu_ali)).status_code == 200


async def test_what_waits_on_the_phone_travels(umm_salim, abu_ali):
    await lay(umm_salim, abu_ali)
    shop = abu_ali.rpartition("/customers")[0]
    sent = await umm_salim.browser.post(f"{shop}/sync", json={"items": []}, headers=JSON)
    assert sent.status_code in (200, 400, 422)
    assert sent.json().get("error") != "held"


async def test_a_phone_that_was_laid_there_offline_is_held_from_its_next_page_on(
    umm_salim, abu_ali
):
    shop, customer = abu_ali.split("/")[2], abu_ali.split("/")[4]
    tell(umm_salim, "counter", f"{shop}.{customer}")
    for path in (abu_ali, f"/s/{shop}/", f"/s/{shop}/due", "/account", "/", "/signup", "/join"):
        assert (await umm_salim.browser.get(path)).headers["location"] == f"{abu_ali}/counter"
    assert (await umm_salim.browser.get(f"{abu_ali}/counter")).status_code == 200
    umm_salim.browser.cookies.delete("counter")
    assert (await umm_salim.browser.get("/account")).headers["location"] == f"{abu_ali}/counter"


@pytest.mark.parametrize(
    "told", ["x", "x.y", "{shop}.", "{shop}.../..", "{shop}.%2e%2e", "{shop}/{shop}"]
)
async def test_a_cookie_that_names_no_account_holds_nobody(umm_salim, abu_ali, told):
    tell(umm_salim, "counter", told.replace("{shop}", abu_ali.split("/")[2]))
    assert (await umm_salim.browser.get(abu_ali)).status_code == 200


async def test_nobody_lays_an_account_of_another_shop_there(umm_salim, huda, abu_ali):
    assert (await huda.post(f"{abu_ali}/counter")).status_code == 404
    own = (await huda.shop()).rstrip("/")
    assert (await huda.post(f"{own}/customers/{abu_ali.split('/')[4]}/counter")).status_code == 404
    assert (await huda.browser.get("/account")).status_code == 200


async def test_whoever_is_no_member_any_more_is_led_out_by_the_passkey(umm_salim, huda, abu_ali):
    shop, customer = abu_ali.split("/")[2], abu_ali.split("/")[4]
    tell(huda, "counter", f"{shop}.{customer}")
    counter = f"{abu_ali}/counter"
    assert (await huda.browser.get("/account")).headers["location"] == counter
    assert (await huda.browser.get(counter)).headers["location"] == "/counter/end"
    page = await huda.browser.get("/counter/end")
    assert page.status_code == 200
    assert 'action="/counter/end"' in page.text
    for word in ("أبو علي", "هدى", "أم سليم", "بقالة", "/recover"):
        assert word not in page.text
    assert (await leave(huda)).status_code == 200
    assert (await huda.browser.get("/account")).status_code == 200


async def test_the_cookie_says_the_same_to_a_script_as_to_the_server(umm_salim, abu_ali):
    _, _, shop, _, customer = abu_ali.split("/")
    told = (await umm_salim.post(f"{abu_ali}/counter")).headers["set-cookie"]
    assert told.startswith(f"counter={shop}.{customer};")


async def test_the_page_is_none_for_a_session_that_is_not_there(umm_salim, abu_ali):
    assert (await umm_salim.browser.get(f"{abu_ali}/counter")).headers["location"] == abu_ali


async def test_a_device_locks_itself_when_its_person_wants_it(umm_salim, abu_ali):
    tell(umm_salim, "locked", "1")
    assert (await umm_salim.browser.get(abu_ali)).status_code == 200
    umm_salim.browser.cookies.delete("locked")
    answer = await umm_salim.post("/account/lock", minutes="5")
    assert answer.status_code == 303
    assert umm_salim.browser.cookies["lock"] == "5"
    assert 'name="minutes" value="5" checked' in (await umm_salim.browser.get("/account")).text


@pytest.mark.parametrize("minutes", ["", "2", "-1", "٥", "60.0", "x"])
async def test_other_times_are_refused(umm_salim, minutes):
    answer = await umm_salim.post("/account/lock", minutes=minutes)
    assert errors_in(answer) == ["refused", "choice_unknown"]


async def test_a_locked_device_is_shown_the_lock_until_the_passkey(umm_salim, abu_ali):
    await umm_salim.post("/account/lock", minutes="1")
    tell(umm_salim, "locked", "1")
    asked = await umm_salim.browser.get(f"{abu_ali}?rows=200")
    assert asked.headers["location"].startswith("/locked?next=%2Fs%2F")
    lock = await umm_salim.browser.get(asked.headers["location"])
    assert lock.status_code == 200
    for word in ("أبو علي", "12.50", "أم سليم", "بقالة"):
        assert word not in lock.text
    for path in ("/account", f"{abu_ali}/entries/new", "/"):
        assert (await umm_salim.browser.get(path)).headers["location"].startswith("/locked")
    assert (await umm_salim.post(f"{abu_ali}/freeze")).headers["location"] == "/locked"
    options = (await umm_salim.ask("/verify/options")).json()
    answer = await umm_salim.ask(
        "/lock/end", credential=umm_salim.keys.get(options), next=f"{abu_ali}?rows=200"
    )
    assert answer.json() == {"next": f"{abu_ali}?rows=200"}
    assert "locked" not in umm_salim.browser.cookies
    assert (await umm_salim.browser.get(abu_ali)).status_code == 200


async def test_the_counter_is_not_locked_and_its_passkey_opens_both(umm_salim, abu_ali):
    await umm_salim.post("/account/lock", minutes="1")
    assert "lock-gate" in (await umm_salim.browser.get(abu_ali)).text
    counter = await lay(umm_salim, abu_ali)
    tell(umm_salim, "locked", "1")
    page = await umm_salim.browser.get(counter)
    assert page.status_code == 200
    assert "lock-gate" not in page.text
    assert (await umm_salim.browser.get("/locked")).headers["location"] == counter
    await leave(umm_salim)
    assert (await umm_salim.browser.get(abu_ali)).status_code == 200


async def test_a_lost_device_can_be_left_for_a_recovery_code(umm_salim):
    code, *_ = await umm_salim.codes()
    await umm_salim.post("/account/lock", minutes="1")
    tell(umm_salim, "locked", "1")
    assert (await umm_salim.browser.get("/recover")).status_code == 200
    answer = await umm_salim.post("/recover", phone="0501234567", code=code)
    assert answer.headers["location"] == "/account/passkeys/new"
    assert not {"locked", "lock"} & set(umm_salim.browser.cookies)
