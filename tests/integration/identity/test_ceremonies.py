"""A challenge is answered only in the browser that asked for it."""

import re
from collections.abc import Awaitable, Callable

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import text

from daftari.db.engine import begin_write, engine_on
from daftari.settings import Settings
from tests.integration.identity.migrations import insert, upgrade
from tests.integration.identity.phone import UMM_SALIM, Phone, errors_in
from tests.integration.identity.test_phone_links import make_link

Answer = Callable[[Phone], Awaitable[int]]
Ceremony = Callable[[Phone], Awaitable[Answer]]
ON_HTTPS = "https://daftari.example"


async def _answers(phone: Phone, path: str, credential: dict) -> int:
    answer = await phone.ask(path, credential=credential)
    if answer.status_code >= 400:
        assert errors_in(answer) == ["challenge_expired"]
    return answer.status_code


async def _sign_up(phone: Phone) -> Answer:
    options = (await phone.ask("/signup/options", **UMM_SALIM)).json()
    credential = phone.keys.create(options)
    return lambda sender: _answers(sender, "/signup", credential)


async def _sign_in(phone: Phone) -> Answer:
    credential = phone.keys.get((await phone.ask("/signin/options")).json())
    return lambda sender: _answers(sender, "/signin", credential)


async def _verify(phone: Phone) -> Answer:
    credential = phone.keys.get((await phone.ask("/verify/options")).json())
    return lambda sender: _answers(sender, "/verify", credential)


async def _add_passkey(phone: Phone) -> Answer:
    options = (await phone.ask("/account/passkeys/options")).json()
    credential = type(phone.keys)(phone.keys.origin).create(options)
    return lambda sender: _answers(sender, "/account/passkeys", credential)


async def _join(phone: Phone) -> Answer:
    token = await make_link(phone)
    phone.browser.cookies.delete("daftari")
    options = (await phone.ask("/join/options", token=token)).json()
    credential = type(phone.keys)(phone.keys.origin).create(options)
    return lambda sender: _answers(sender, "/join", credential)


CEREMONIES = [_sign_up, _sign_in, _verify, _add_passkey, _join]


@pytest.mark.parametrize("ceremony", CEREMONIES)
async def test_another_browser_cannot_answer_and_the_one_that_asked_still_can(
    umm_salim, phone, ceremony
):
    answer = await ceremony(umm_salim)
    other = phone()
    for name, value in umm_salim.browser.cookies.items():
        if not name.startswith("ceremony"):
            other.browser.cookies.set(name, value)  # it even has the session
    assert await answer(other) == 422
    assert await answer(umm_salim) in (200, 201)


@pytest.mark.parametrize("ceremony", [_sign_in, _verify])
async def test_another_browser_in_a_ceremony_of_its_own_cannot_either(umm_salim, huda, ceremony):
    assert await (await ceremony(umm_salim))(huda) in (401, 422)
    answer = await ceremony(umm_salim)
    await huda.ask("/signin/options")
    assert await answer(huda) == 422


@pytest.mark.parametrize("ceremony", [_sign_in, _verify, _add_passkey])
async def test_all_tabs_of_a_browser_work(umm_salim, ceremony):
    tabs = [await ceremony(umm_salim) for _ in range(4)]
    assert [await tab(umm_salim) for tab in tabs] in ([200] * 4, [201] * 4)
    assert len(_tokens(umm_salim)) == 1


async def test_two_tabs_that_ask_at_the_same_moment_both_work(umm_salim):
    _forget_tokens(umm_salim)
    first = await _sign_in(umm_salim)
    held = _tokens(umm_salim)
    _forget_tokens(umm_salim)  # the second tab asked before the first one's cookie was there
    second = await _sign_in(umm_salim)
    for name, value in held.items():
        umm_salim.browser.cookies.set(name, value)
    assert len(_tokens(umm_salim)) == 2
    assert [await first(umm_salim), await second(umm_salim)] == [200, 200]


async def test_the_cookie_is_short_lived_and_says_nothing(app, umm_salim, clock):
    _forget_tokens(umm_salim)
    (cookie,) = (await umm_salim.ask("/signin/options")).headers.get_list("set-cookie")
    name, value, rest = re.fullmatch(r"([\w-]+)=([\w-]+); (.*)", cookie).groups()
    assert re.fullmatch(r"ceremony-[0-9a-f]{8}", name)
    assert re.fullmatch(r"[\w-]{43}", value)
    assert set(rest.split("; ")) == {"HttpOnly", "SameSite=strict", "Max-Age=300", "Path=/"}
    stored = "SELECT count(*) FROM challenges WHERE asked_by = :token"
    seen = await app.state.control.read(
        lambda tx: tx.scalar(text(stored), {"token": value.encode()})
    )
    assert seen == 0


@pytest.mark.parametrize("told", ["", "x", "a" * 42, "a" * 44, "' OR 1=1 --" + "a" * 32])
async def test_a_cookie_that_is_none_of_ours_answers_nothing(umm_salim, told):
    answer = await _sign_in(umm_salim)
    _forget_tokens(umm_salim)
    headers = {"Cookie": f"ceremony-00000000={told}", "Accept": "application/json"}
    credential = umm_salim.keys.get((await umm_salim.ask("/signin/options")).json())
    _forget_tokens(umm_salim)
    sent = await umm_salim.browser.post("/signin", json={"credential": credential}, headers=headers)
    assert errors_in(sent) == ["challenge_expired"]
    assert await answer(umm_salim) == 422


class TestOnHttps:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return Settings(
            data=settings.data,
            origin=ON_HTTPS,
            master_key_file=settings.master_key_file,
            reserve_bytes=0,
            worker=False,
        )

    async def test_the_cookie_is_bound_to_the_host(self, browser):
        client = browser()
        client.base_url = ON_HTTPS
        client.headers["Origin"] = ON_HTTPS
        (cookie,) = (await client.post("/signin/options", json={})).headers.get_list("set-cookie")
        assert cookie.startswith("__Host-ceremony-")
        told = {one.partition("=")[0] for one in cookie.split("; ")[1:]}
        assert told == {"HttpOnly", "Secure", "SameSite", "Max-Age", "Path"}


def test_what_waited_before_belongs_to_no_browser_and_sessions_begin_the_list():
    with begin_write(engine_on(sqlcipher.connect(":memory:", isolation_level=None))) as tx:
        upgrade(tx, "0007")
        person = {"name": "", "phone": "", "language": "ar", "created_at": "then"}
        insert(tx, "people", id="p", **person)
        for purpose in ("sign_in", "show_codes"):
            row = {"challenge": purpose.encode(), "purpose": purpose, "person_id": "p"}
            insert(tx, "challenges", **row, expires_at="later")
        times = {"created_at": "then", "last_seen_at": "now", "expires_at": "later"}
        for name, passkey in (("by-passkey", "k"), ("by-code", None)):
            row = {"id": name, "person_id": "p", "token_hash": name.encode(), "device": "هاتف"}
            insert(tx, "sessions", **row, **times, passkey_id=passkey)
        upgrade(tx, "0008")
        assert list(tx.scalars(text("SELECT purpose FROM challenges"))) == ["show_codes"]
        listed = text("SELECT id, kind, at, times, is_new_phone, answer FROM signins ORDER BY id")
        assert [tuple(row) for row in tx.execute(listed)] == [
            ("by-code", "before", "then", 1, 0, None),
            ("by-passkey", "passkey", "then", 1, 0, None),
        ]


def _tokens(phone: Phone) -> dict[str, str]:
    cookies = phone.browser.cookies.items()
    return {name: value for name, value in cookies if name.startswith("ceremony")}


def _forget_tokens(phone: Phone) -> None:
    for name in _tokens(phone):
        phone.browser.cookies.delete(name)
