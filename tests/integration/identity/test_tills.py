"""A shared till: several people on one device, each under who tapped his name and his pin."""

import asyncio
import re

import pytest
from sqlalchemy import text

from daftari.identity.rules.tills import MOST_WRONG
from daftari.kernel.ids import new_id
from tests.integration.identity.phone import Phone, errors_in
from tests.integration.identity.test_invitations import Phones, accept, token_for
from tests.integration.identity.test_new_phone_answers import asks, says
from tests.integration.identity.test_phone_links import is_in

PIN, OTHER_PIN = "4827", "۹۱۵۰۳"


async def set_pin(phone: Phone, pin: str) -> list[str]:
    answer = await phone.post("/account/till-pin", pin=pin)
    return [] if answer.status_code == 303 else errors_in(answer)


async def turn_of(phone: Phone, name: str) -> str:
    """The path of a seller's pin, as the page of turns links it."""
    await phone.post("/till/turn-end")
    page = await phone.browser.get("/till")
    found = re.findall(r'href="(/till/[0-9a-f-]{36})".*?<bdi[^>]*>([^<]+)</bdi>', page.text)
    return next(path for path, whose in found if whose == name)


async def try_pin(phone: Phone, path: str, pin: str) -> list[str]:
    answer = await phone.post(path, pin=pin)
    if answer.status_code == 303:
        return []
    return errors_in(answer) if 'name="pin"' in answer.text else ["pin_locked"]


async def signs_as(phone: Phone) -> str:
    page = await phone.browser.get(f"{await phone.shop()}more")
    found = re.search(r'class="turn".*?<bdi[^>]*>([^<]+)</bdi>', page.text)
    return found[1] if found else ""


@pytest.fixture
async def till(umm_salim: Phone, phone: Phones) -> Phone:
    """Umm Salim's device, a till with her pin and with Karim's, whose passkey came along."""
    karim = phone()
    assert await accept(karim, await token_for(umm_salim)) == []
    home = (await umm_salim.shop()).rstrip("/")
    made = await umm_salim.post(f"{home}/more/tills", name="هاتف الطاولة")
    assert (made.status_code, made.headers["location"]) == (303, "/account/till-pin")
    assert await set_pin(umm_salim, PIN) == []
    await umm_salim.post("/till/turn-end")
    hers, umm_salim.keys = umm_salim.keys, karim.keys
    assert (await umm_salim.signin()).status_code == 200
    assert await set_pin(umm_salim, OTHER_PIN) == []
    umm_salim.keys = hers
    return umm_salim


async def test_each_takes_turns_by_the_own_pin_and_entries_stand_under_that_name(app, till):
    home = await till.shop()
    assert await signs_as(till) == "كريم"
    for name, pin in (("أم سليم", PIN), ("كريم", "91503"), ("أم سليم", " ٤٨٢٧ ")):
        assert await try_pin(till, await turn_of(till, name), pin) == []
        assert await signs_as(till) == name
    assert await try_pin(till, await turn_of(till, "كريم"), OTHER_PIN) == []
    made = await till.post(f"{home}customers", name="أبو علي", id=new_id())
    account = made.headers["location"].split("?")[0]
    entry = new_id()
    await till.post(f"{account}/entries", id=entry, kind="debt", amount="5")
    page = await till.browser.get(f"{home}entries/{entry}")
    assert "كريم" in page.text
    sessions = await app.state.control.read(
        lambda tx: tx.execute(
            text("SELECT person_id FROM sessions WHERE till_id IS NOT NULL")
        ).all()
    )
    assert len(sessions) == len(set(sessions)) == 2


async def test_a_turn_by_pin_proves_nothing_that_asks_for_the_passkey(till):
    assert await try_pin(till, await turn_of(till, "أم سليم"), PIN) == []
    home = (await till.shop()).rstrip("/")
    again = await till.post(f"{home}/more/tills", name="آخر")
    assert again.status_code == 303
    assert again.headers["location"].startswith("/verify")
    assert (await till.browser.get("/account/till-pin")).headers["location"].startswith("/verify")


async def test_five_wrong_answers_lock_it_also_all_at_once_and_the_passkey_opens_it(app, till):
    path = await turn_of(till, "كريم")
    answers = await asyncio.gather(*(try_pin(till, path, "0000") for _ in range(MOST_WRONG + 3)))
    assert all(answers)
    counts = text("SELECT max(wrong) FROM till_pins")
    assert await app.state.control.read(lambda tx: tx.scalar(counts)) == MOST_WRONG
    assert await try_pin(till, path, OTHER_PIN) == ["pin_locked"]
    page = await till.browser.get(path)
    assert 'name="pin"' not in page.text
    assert 'data-options="/signin/options"' in page.text
    assert await try_pin(till, await turn_of(till, "أم سليم"), PIN) == []
    await till.verify()
    assert await set_pin(till, "7702") == []
    assert await try_pin(till, path, OTHER_PIN) == ["pin_locked"]  # it was Umm Salim's that opened


async def test_a_right_answer_forgives_the_wrong_ones_before(till):
    path = await turn_of(till, "كريم")
    for _ in range(3):
        for _ in range(MOST_WRONG - 1):
            assert await try_pin(till, path, "9999") == ["pin_wrong"]
        assert await try_pin(till, path, OTHER_PIN) == []


async def test_a_pin_works_on_its_own_device_alone(till, phone):
    path, stranger = await turn_of(till, "كريم"), phone()
    assert (await stranger.post(path, pin=OTHER_PIN)).status_code == 404
    assert (await stranger.browser.get("/till")).status_code == 404
    stranger.browser.cookies.set("till", "x" * 43, domain="localhost.local")
    assert (await stranger.post(path, pin=OTHER_PIN)).status_code == 404
    ended = await stranger.browser.get("/till")
    assert (ended.status_code, ended.headers["location"]) == (303, "/signin")


async def test_who_is_removed_has_no_turn_any_more(till, phone):
    path = await turn_of(till, "كريم")
    assert await try_pin(till, await turn_of(till, "أم سليم"), PIN) == []
    await till.verify()
    home = (await till.shop()).rstrip("/")
    assert (await till.post(f"{home}/more/people/{path[6:]}/removal")).status_code == 303
    assert (await till.post(path, pin=OTHER_PIN)).status_code == 404
    assert path not in (await till.browser.get("/till")).text


async def test_the_end_of_a_till_ends_the_turns_on_it(till):
    assert await try_pin(till, await turn_of(till, "أم سليم"), PIN) == []
    await till.verify()
    home = (await till.shop()).rstrip("/")
    page = await till.browser.get(f"{home}/more/tills")
    (end,) = re.findall(r'action="([^"]+/end)"', page.text)
    assert (await till.post(end)).status_code == 303
    assert (await till.browser.get(f"{home}/")).headers["location"].startswith("/signin")
    assert (await till.browser.get("/till")).headers["location"] == "/signin"


async def test_a_cashier_makes_no_till_and_ends_none(till, huda):
    assert await signs_as(till) == "كريم"
    home = (await till.shop()).rstrip("/")
    assert (await till.browser.get(f"{home}/more/tills")).status_code == 404
    assert (await till.post(f"{home}/more/tills")).status_code == 404
    assert (await huda.post(f"{home}/more/tills/{new_id()}/end")).status_code == 404


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "pin_not_a_pin"),
        ("123", "pin_not_a_pin"),
        ("482a", "pin_not_a_pin"),
        ("482719350", "pin_not_a_pin"),
        ("0000", "pin_too_simple"),
        ("٢٣٤٥", "pin_too_simple"),
        ("8765", "pin_too_simple"),
    ],
)
async def test_a_pin_that_is_none_or_easily_guessed_is_refused(till, typed, reason):
    assert await set_pin(till, typed) == [reason]


async def test_neither_the_pin_nor_the_tills_token_is_stored(app, till):
    token = till.browser.cookies["till"]
    rows = await app.state.control.read(
        lambda tx: [
            *tx.execute(text("SELECT * FROM tills")),
            *tx.execute(text("SELECT * FROM till_pins")),
        ]
    )
    assert len(rows) == 3
    kept = repr(rows)
    assert token not in kept
    assert PIN not in kept


async def test_nobody_is_asked_for_the_passkey_first_where_a_till_is(till):
    await till.post("/till/turn-end")
    assert (await till.browser.get("/signin")).headers["location"] == "/till"
    assert (await till.browser.get("/signin?anyone=1")).status_code == 200


async def test_a_locked_till_is_open_for_the_next_turn_and_one_on_the_counter_is_not(till):
    home = (await till.shop()).rstrip("/")
    path = await turn_of(till, "أم سليم")
    assert await try_pin(till, await turn_of(till, "كريم"), OTHER_PIN) == []
    made = await till.post(f"{home}/customers", name="أبو علي", id=new_id())
    account = made.headers["location"].split("?")[0]
    await till.post("/account/lock", minutes="5")
    till.browser.cookies.set("locked", "1", domain="localhost.local")
    assert (await till.browser.get(f"{home}/")).headers["location"].startswith("/locked")
    assert 'href="/till"' in (await till.browser.get("/locked")).text
    assert await try_pin(till, path, PIN) == []
    assert (await till.browser.get(f"{home}/")).status_code == 200
    counter = (await till.post(f"{account}/counter")).headers["location"]
    for answer in (await till.browser.get("/till"), await till.browser.get(path)):
        assert answer.headers["location"] == counter
    assert (await till.post(path, pin=PIN)).headers["location"] == counter


async def test_a_turn_that_was_over_on_the_counter_begins_off_it(till):
    home = (await till.shop()).rstrip("/")
    path = await turn_of(till, "أم سليم")
    assert await try_pin(till, path, PIN) == []
    made = await till.post(f"{home}/customers", name="أبو علي", id=new_id())
    await till.post(f"{made.headers['location'].split('?')[0]}/counter")
    for cookie in ("daftari", "counter"):
        till.browser.cookies.delete(cookie)
    assert await try_pin(till, path, PIN) == []
    assert (await till.browser.get(f"{home}/")).status_code == 200


async def test_a_name_that_is_too_long_is_said_beside_it_and_kept(umm_salim):
    home = (await umm_salim.shop()).rstrip("/")
    answer = await umm_salim.post(f"{home}/more/tills", name="ط" * 41)
    assert (answer.status_code, errors_in(answer)) == (422, ["name_too_long"])
    assert "ط" * 41 in answer.text
    assert "till" not in umm_salim.browser.cookies


async def test_a_pin_set_by_a_sign_in_that_was_not_mine_goes_with_it(umm_salim, phone, clock):
    """On a till of the shop, whose cookie the thief carries over to his own phone."""
    code, *_ = await umm_salim.codes()
    home = (await umm_salim.shop()).rstrip("/")
    clock.move(minutes=1)
    device = phone()
    assert (await device.post("/recover", phone="0501234567", code=code)).status_code == 303
    assert (await device.post(f"{home}/more/tills", name="هاتف الطاولة")).status_code == 303
    assert await set_pin(device, PIN) == []
    assert await try_pin(device, await turn_of(device, "أم سليم"), PIN) == []
    (signin,) = await asks(umm_salim)
    assert (await says(umm_salim, signin, "not_mine"))[0] == 303
    assert not await is_in(device)
    page = await device.browser.get("/till")
    assert "أم سليم" in page.text
    path = f"/till/{re.findall('/till/([0-9a-f-]{36})', page.text)[0]}"
    assert (await device.post(path, pin=PIN)).status_code == 404
    assert not await is_in(device)
