"""A second phone comes in by a link of the first: once, in time, and nobody else by it."""

import re
from collections.abc import Callable

import pytest
from sqlalchemy import text

from tests.integration.conftest import ORIGIN
from tests.integration.identity.conftest import ANDROID
from tests.integration.identity.phone import Phone, errors_in
from tests.passkey import Authenticator

IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1"
HTMX = {"HX-Request": "true"}
Phones = Callable[[], Phone]


async def make_link(phone: Phone) -> str:
    """The token of a new link."""
    page = await phone.post("/account/phones")
    assert page.status_code == 200
    (token,) = set(re.findall(rf"{ORIGIN}/join#([\w-]+)", page.text))
    return str(token)


async def join(second: Phone, token: str) -> list[str]:
    """Try to come in by a link; the reasons why not."""
    options = await second.ask("/join/options", token=token)
    if options.status_code != 200:
        return errors_in(options)
    answer = await second.ask("/join", credential=second.keys.create(options.json()))
    return [] if answer.status_code == 201 else errors_in(answer)


async def is_in(phone: Phone) -> bool:
    return (await phone.browser.get("/account")).status_code == 200


@pytest.fixture
def second(phone: Phones) -> Phone:
    other = phone()
    other.browser.headers["User-Agent"] = IPHONE
    return other


async def test_the_second_phone_is_in_with_a_passkey_of_its_own(umm_salim, second):
    token = await make_link(umm_salim)
    assert await join(second, token) == []
    assert await second.shop() == await umm_salim.shop()
    assert len(await second.passkey_ids()) == 2
    await second.browser.post("/signout")
    assert not await is_in(second)
    assert (await second.signin()).status_code == 200
    assert await is_in(umm_salim)


async def test_the_answer_sets_up_the_book_on_the_phone(umm_salim, second):
    options = await second.ask("/join/options", token=await make_link(umm_salim))
    answer = await second.ask("/join", credential=second.keys.create(options.json()))
    assert set(answer.json()) == {"next", "person", "unlock"}
    assert answer.json()["next"] == await umm_salim.shop()
    assert "phone" in second.browser.cookies


async def test_a_used_link_lets_nobody_in(umm_salim, second, phone):
    token = await make_link(umm_salim)
    assert await join(second, token) == []
    thief = phone()
    assert await join(thief, token) == ["phone_link_used"]
    assert not await is_in(thief)
    assert len(await umm_salim.passkey_ids()) == 2


async def test_of_two_that_asked_in_time_only_the_first_is_in(app, umm_salim, second, phone):
    token, thief = await make_link(umm_salim), phone()
    hers = (await second.ask("/join/options", token=token)).json()
    his = (await thief.ask("/join/options", token=token)).json()
    assert (await second.ask("/join", credential=second.keys.create(hers))).status_code == 201
    late = await thief.ask("/join", credential=thief.keys.create(his))
    assert errors_in(late) == ["phone_link_used"]
    assert not await is_in(thief)
    assert len(await umm_salim.passkey_ids()) == 2
    assert await _count(app, "sessions") == 2


async def test_one_answer_sent_twice_makes_one_session(app, umm_salim, second, phone):
    options = (await second.ask("/join/options", token=await make_link(umm_salim))).json()
    credential = second.keys.create(options)
    assert (await second.ask("/join", credential=credential)).status_code == 201
    again = await phone().ask("/join", credential=credential)
    assert errors_in(again) == ["challenge_expired"]
    assert await _count(app, "sessions") == 2


@pytest.mark.parametrize("opened", [False, True])
async def test_after_two_minutes_nobody_comes_in(umm_salim, second, clock, opened):
    token = await make_link(umm_salim)
    options = (await second.ask("/join/options", token=token)).json() if opened else {}
    clock.move(minutes=2)
    assert await join(second, token) == ["phone_link_late"]
    if opened:
        late = await second.ask("/join", credential=second.keys.create(options))
        assert errors_in(late) == ["challenge_expired"]
    assert not await is_in(second)


async def test_just_before_two_minutes_it_works(umm_salim, second, clock):
    token = await make_link(umm_salim)
    clock.move(seconds=119)
    assert await join(second, token) == []


async def test_a_slip_of_the_finger_spends_no_link(umm_salim, second):
    token = await make_link(umm_salim)
    assert (await second.ask("/join/options", token=token)).status_code == 200
    options = (await second.ask("/join/options", token=token)).json()
    unverified = Authenticator(ORIGIN, verifies=False).create(options)
    assert errors_in(await second.ask("/join", credential=unverified)) == ["passkey_not_accepted"]
    assert await join(second, token) == []


@pytest.mark.parametrize("token", ["", "x", "A" * 43, "#", "ا" * 9])
async def test_a_made_up_token_lets_nobody_in(umm_salim, second, token):
    await make_link(umm_salim)
    assert await join(second, token) == ["phone_link_unknown"]


@pytest.mark.parametrize("sent", [{}, {"token": 1}, {"token": ["x"]}, {"token": None}])
async def test_a_token_that_is_no_text_is_none(second, sent):
    assert errors_in(await second.ask("/join/options", **sent)) == ["phone_link_unknown"]


async def test_whoever_is_signed_in_is_refused_and_the_link_stays_good(umm_salim, huda, second):
    token = await make_link(umm_salim)
    for signed_in in (huda, umm_salim):
        assert await join(signed_in, token) == ["already_signed_in"]
        page = await signed_in.browser.get("/join")
        assert errors_in(page) == ["already_signed_in"]
        assert "data-joins" not in page.text
    options = (await second.ask("/join/options", token=token)).json()
    stolen = await huda.ask("/join", credential=huda.keys.create(options))
    assert errors_in(stolen) == ["already_signed_in"]
    assert len(await huda.passkey_ids()) == 1
    assert await join(second, token) == []


async def test_the_link_ends_with_the_session_that_made_it(umm_salim, second):
    token = await make_link(umm_salim)
    options = (await second.ask("/join/options", token=token)).json()
    await umm_salim.browser.post("/signout")
    assert await join(second, token) == ["phone_link_unknown"]
    late = await second.ask("/join", credential=second.keys.create(options))
    assert errors_in(late) == ["phone_link_unknown"]
    assert not await is_in(second)


async def test_a_new_link_ends_the_one_before(umm_salim, second):
    first = await make_link(umm_salim)
    token = await make_link(umm_salim)
    assert await join(second, first) == ["phone_link_unknown"]
    assert await join(second, token) == []


async def test_only_a_phone_that_showed_its_passkey_just_now_makes_a_link(app, umm_salim, clock):
    clock.move(minutes=11)
    for answer in (
        await umm_salim.browser.get("/account/phones/new"),
        await umm_salim.post("/account/phones"),
    ):
        assert answer.headers["location"].startswith("/verify")
    assert await _count(app, "phone_links") == 0


async def test_the_challenge_of_a_link_is_good_for_nothing_else(umm_salim, huda, second, phone):
    options = (await second.ask("/join/options", token=await make_link(umm_salim))).json()
    credential = second.keys.create(options)
    for path in ("/account/passkeys", "/signup"):
        assert errors_in(await huda.ask(path, credential=credential)) == ["challenge_expired"]
    other = phone()
    signup = (await other.ask("/signup/options", **{**_HUDA_ANEW})).json()
    wrong = await other.ask("/join", credential=other.keys.create(signup))
    assert errors_in(wrong) == ["challenge_expired"]


async def test_a_link_is_no_sign_in_link_and_the_other_way_round(umm_salim, second):
    token = await make_link(umm_salim)
    assert (await second.browser.get(f"/signin/link/{token}")).status_code == 404
    assert not await is_in(second)


async def test_the_token_is_in_no_table(app, umm_salim, second):
    token = await make_link(umm_salim)
    await second.ask("/join/options", token=token)
    assert await _count(app, "phone_links") == 1
    for table in ("phone_links", "challenges", "account_activity", "sessions"):
        rows = await app.state.control.read(
            lambda tx, name=table: tx.execute(text(f"SELECT * FROM {name}")).all()
        )
        assert rows
        assert token not in str(rows), table


async def test_too_many_tries_have_to_wait(second):
    tries = [(await second.ask("/join/options", token="x")).status_code for _ in range(21)]
    assert tries == [422] * 20 + [429]


async def test_too_many_links_have_to_wait(umm_salim):
    tries = [(await umm_salim.post("/account/phones")).status_code for _ in range(11)]
    assert tries == [200] * 10 + [429]


async def test_without_a_script_the_page_says_what_it_needs(second):
    answer = await second.post("/join", token="x")
    assert answer.status_code == 422
    assert errors_in(answer) == ["passkey_needs_script"]


async def test_the_first_phone_hears_what_became_of_its_link(umm_salim, second, clock):
    ask = umm_salim.browser.get
    assert 'data-state="none"' in (await ask("/account/phones")).text
    token = await make_link(umm_salim)
    waiting = await ask("/account/phones", headers=HTMX)
    assert (waiting.status_code, waiting.content) == (204, b"")
    assert 'data-state="waiting"' in (await ask("/account/phones")).text
    assert token not in (await ask("/account/phones")).text
    await join(second, token)
    joined = (await ask("/account/phones", headers=HTMX)).text
    assert 'data-state="joined"' in joined
    assert "<bdi>هاتف iPhone</bdi>" in joined
    assert "hx-get" not in joined
    await make_link(umm_salim)
    clock.move(minutes=2)
    assert 'data-state="late"' in (await ask("/account/phones", headers=HTMX)).text


async def test_nobody_else_hears_of_a_link(umm_salim, huda, second):
    await join(second, await make_link(umm_salim))
    for other in (huda, second):
        page = (await other.browser.get("/account/phones")).text
        assert 'data-state="none"' in page


async def test_the_first_phone_throws_out_what_came_in(umm_salim, second):
    await join(second, await make_link(umm_salim))
    page = (await umm_salim.browser.get("/account/phones")).text
    (removal,) = re.findall(r'action="(/account/passkeys/[\w-]+/removal)"', page)
    assert (await umm_salim.post(removal, sign_out="yes")).status_code == 303
    assert not await is_in(second)
    assert (await second.signin()).status_code == 422
    assert await is_in(umm_salim)
    after = (await umm_salim.browser.get("/account/phones")).text
    assert 'data-state="joined"' in after
    assert "/removal" not in after


async def test_a_phone_that_came_in_is_told_of_as_new(app, umm_salim, second):
    assert ANDROID != IPHONE
    await join(second, await make_link(umm_salim))
    asked = "SELECT details FROM account_activity WHERE verb = 'sign_in_on_new_phone'"
    told = await app.state.control.read(lambda tx: tx.scalars(text(asked)).all())
    assert len(told) == 1
    assert "iPhone" in told[0]


_HUDA_ANEW = {"name": "هدى", "shop_name": "خضار", "phone": "0551234567", "country": "SA"}


async def _count(app, table: str) -> int:
    return await app.state.control.read(lambda tx: tx.scalar(text(f"SELECT count(*) FROM {table}")))
