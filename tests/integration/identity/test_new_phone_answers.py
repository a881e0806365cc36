"""One tap from another phone: the new phone was mine, or it is thrown out with all it made."""

import re

import pytest
from sqlalchemy import text

from tests.integration.identity.phone import Phone, errors_in
from tests.integration.identity.test_phone_links import is_in, join, make_link
from tests.passkey import Authenticator

LIST = "/account/signins"


async def asks(phone: Phone) -> list[str]:
    """The sign-ins that this phone is asked about."""
    page = (await phone.browser.get(LIST)).text
    return re.findall(rf'action="{LIST}/([0-9a-f-]+)/answer"', page)


async def says(phone: Phone, signin: str, answer: str) -> tuple[int, str]:
    told = await phone.post(f"{LIST}/{signin}/answer", answer=answer)
    return told.status_code, told.headers.get("location") or ",".join(errors_in(told))


@pytest.fixture
async def thief(umm_salim: Phone, phone, clock) -> Phone:
    """Came in with a code off her paper."""
    code, *_ = await umm_salim.codes()
    clock.move(minutes=1)
    his = phone()
    await his.post("/recover", phone="0501234567", code=code)
    assert await is_in(his)
    clock.move(minutes=1)
    return his


async def test_the_older_phone_says_it_was_me_and_is_asked_no_more(umm_salim, thief):
    (signin,) = await asks(umm_salim)
    assert await says(umm_salim, signin, "mine") == (303, LIST)
    assert await asks(umm_salim) == []
    assert await is_in(thief)


async def test_not_me_ends_the_session_and_all_that_it_made(umm_salim, thief, phone, clock):
    assert (await thief.add_passkey()).status_code == 201
    third = phone()
    third.keys = thief.keys
    assert (await third.signin()).status_code == 200  # with the passkey that the thief made
    fourth = phone()
    assert await join(fourth, await make_link(third)) == []
    codes = await thief.codes()
    clock.move(minutes=20)  # no fresh passkey
    signin = (await asks(umm_salim))[-1]
    assert await says(umm_salim, signin, "not_mine") == (303, "/account#devices")
    assert [await is_in(one) for one in (umm_salim, thief, third, fourth)] == [True] + [False] * 3
    assert len(await umm_salim.passkey_ids()) == 1
    for his in (thief, third, fourth):
        refused = await his.ask("/signin", credential=his.keys.get(await _options(his)))
        assert errors_in(refused) == ["passkey_not_accepted"]
    tried = await phone().post("/recover", phone="0501234567", code=codes[0])
    assert errors_in(tried) == ["code_not_right"]
    assert (await umm_salim.signin()).status_code == 200


async def test_it_works_after_the_session_ended_by_itself(umm_salim, thief):
    await thief.add_passkey()
    await thief.post("/signout")
    (signin,) = await asks(umm_salim)
    assert await says(umm_salim, signin, "not_mine") == (303, "/account#devices")
    refused = await thief.ask("/signin", credential=thief.keys.get(await _options(thief)))
    assert errors_in(refused) == ["passkey_not_accepted"]


async def test_it_works_once(umm_salim, thief):
    (signin,) = await asks(umm_salim)
    await says(umm_salim, signin, "mine")
    for answer in ("mine", "not_mine"):
        assert await says(umm_salim, signin, answer) == (422, "phone_answered")
    assert await is_in(thief)


async def test_the_new_phone_cannot_speak_for_itself(umm_salim, thief, phone, clock):
    (signin,) = await asks(umm_salim)
    assert await asks(thief) == []
    for answer in ("mine", "not_mine"):
        assert await says(thief, signin, answer) == (422, "phone_is_this")
    second = phone()
    assert await join(second, await make_link(thief)) == []
    assert await says(second, signin, "mine") == (422, "phone_not_older")
    await thief.add_passkey()
    await thief.post("/signout")
    clock.move(minutes=1)
    await thief.signin()
    assert await says(thief, signin, "mine") == (422, "phone_not_older")
    assert signin in await asks(umm_salim)


async def test_a_newer_phone_can_throw_an_older_one_out(umm_salim, thief, phone, clock):
    (signin,) = await asks(umm_salim)
    hers = phone()
    hers.keys = umm_salim.keys
    await hers.signin()
    assert await says(hers, signin, "not_mine") == (303, "/account#devices")
    assert [await is_in(thief), await is_in(hers)] == [False, True]


async def test_whoever_throws_out_is_not_thrown_out_with_it(umm_salim, thief, phone):
    (signin,) = await asks(umm_salim)
    hers = phone()
    assert await join(hers, await make_link(thief)) == []
    assert await says(hers, signin, "not_mine") == (303, "/account#devices")
    assert await is_in(hers)
    assert (await hers.signin()).status_code == 200


async def test_without_any_passkey_left_a_new_one_can_be_made_at_once(umm_salim, thief, clock):
    await thief.add_passkey()
    for passkey in await thief.passkey_ids():
        await thief.post(f"/account/passkeys/{passkey}/removal")
    await thief.codes()
    clock.move(minutes=20)
    (signin,) = await asks(umm_salim)
    assert await says(umm_salim, signin, "not_mine") == (303, "/account/passkeys/new")
    assert (await umm_salim.add_passkey(Authenticator(umm_salim.keys.origin))).status_code == 201


async def test_nobody_else_may_answer(umm_salim, thief, huda):
    (signin,) = await asks(umm_salim)
    random = "01a230e5-0000-7000-8000-000000000000"
    for answer in ("mine", "not_mine"):
        for one in (signin, random):
            assert (await huda.post(f"{LIST}/{one}/answer", answer=answer)).status_code == 404
    assert await is_in(thief)


async def test_a_sign_in_on_a_known_phone_is_not_asked_about(umm_salim, clock):
    clock.move(minutes=1)
    await umm_salim.signin()
    assert await asks(umm_salim) == []


@pytest.mark.parametrize("answer", ["", "yes", "MINE"])
async def test_an_answer_that_is_none_changes_nothing(umm_salim, thief, answer):
    (signin,) = await asks(umm_salim)
    assert await says(umm_salim, signin, answer) == (422, "choice_unknown")
    assert await asks(umm_salim) == [signin]


async def test_the_audit_log_has_the_answer_and_no_name(app, umm_salim, thief):
    (signin,) = await asks(umm_salim)
    await says(umm_salim, signin, "not_mine")
    log = "SELECT details FROM account_activity WHERE verb = 'new_phone_not_mine'"
    found = await app.state.control.read(lambda tx: tx.execute(text(log)).all())
    assert [tuple(row) for row in found] == [(None,)]


async def _options(phone: Phone) -> dict:
    return (await phone.ask("/signin/options")).json()
