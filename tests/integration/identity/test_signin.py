"""Coming in and going out."""

import re
from itertools import product

import pytest
from sqlalchemy import func, select

from daftari.identity.tables import sessions
from tests.integration.conftest import ORIGIN
from tests.integration.identity.conftest import ANDROID
from tests.integration.identity.phone import errors_in
from tests.passkey import Authenticator, b64

WRONG = (
    {"verifies": False},
    {"origin": "https://localhost:8000"},
    {"client_data": {"crossOrigin": True}},
    {"client_data": {"topOrigin": ORIGIN}},
    {"client_data": {"type": "webauthn.create"}},
)


async def test_out_and_in_again_with_the_passkey_alone(umm_salim):
    book = await umm_salim.shop()
    left = await umm_salim.post("/signout")
    assert left.status_code == 303
    assert left.headers["location"] == "/"
    assert left.headers["clear-site-data"] == '"cache", "storage"'
    assert (await umm_salim.browser.get("/account")).headers["location"].startswith("/signin")
    answer = await umm_salim.signin()
    assert answer.status_code == 200
    assert answer.json()["next"] == "/"
    assert await umm_salim.shop() == book


async def test_signing_out_ends_the_session_on_the_server(umm_salim):
    token = umm_salim.browser.cookies["daftari"]
    await umm_salim.post("/signout")
    umm_salim.browser.cookies.set("daftari", token)
    assert (await umm_salim.browser.get("/account")).status_code == 303


async def test_signing_out_twice_is_as_good_as_once(client):
    answer = await client.post("/signout")
    assert answer.status_code == 303
    assert answer.headers["clear-site-data"]


async def test_signing_in_names_nobody(umm_salim):
    options = (await umm_salim.ask("/signin/options")).json()
    assert options["allowCredentials"] == []
    assert options["userVerification"] == "required"


async def test_an_assertion_is_good_once(umm_salim):
    options = (await umm_salim.ask("/signin/options")).json()
    credential = umm_salim.keys.get(options)
    assert (await umm_salim.ask("/signin", credential=credential)).status_code == 200
    again = await umm_salim.ask("/signin", credential=credential)
    assert again.status_code == 422
    assert errors_in(again) == ["challenge_expired"]


async def test_a_challenge_is_spent_even_by_an_answer_that_does_not_hold(umm_salim):
    options = (await umm_salim.ask("/signin/options")).json()
    good = umm_salim.keys.get(options)
    spoilt = {**good, "response": {**good["response"], "signature": b64(bytes(70))}}
    assert errors_in(await umm_salim.ask("/signin", credential=spoilt)) == ["passkey_not_accepted"]
    assert errors_in(await umm_salim.ask("/signin", credential=good)) == ["challenge_expired"]


async def test_a_challenge_for_one_purpose_serves_no_other(umm_salim):
    options = (await umm_salim.ask("/verify/options")).json()
    answer = await umm_salim.ask("/signin", credential=umm_salim.keys.get(options))
    assert errors_in(answer) == ["challenge_expired"]


async def test_a_challenge_holds_for_five_minutes(umm_salim, clock):
    options = (await umm_salim.ask("/signin/options")).json()
    clock.move(minutes=5)
    answer = await umm_salim.ask("/signin", credential=umm_salim.keys.get(options))
    assert errors_in(answer) == ["challenge_expired"]


async def test_an_answer_given_elsewhere_or_unverified_is_not_accepted(umm_salim):
    hers = umm_salim.keys.passkeys
    await umm_salim.post("/signout")
    for wrong in WRONG:
        umm_salim.keys = Authenticator(**{"origin": ORIGIN, **wrong}, passkeys=hers)
        answer = await umm_salim.signin()
        assert answer.status_code == 422, wrong
        assert errors_in(answer) == ["passkey_not_accepted"]
        assert "set-cookie" not in answer.headers


async def test_a_passkey_nobody_knows_is_not_accepted(phone, umm_salim):
    stranger = phone()
    options = {"rp": {"id": "localhost"}, "user": {"id": b64(bytes(16)), "name": "x"}}
    algorithms = [{"alg": -7}]
    stranger.keys.create({**options, "pubKeyCredParams": algorithms, "challenge": b64(bytes(32))})
    assert errors_in(await stranger.signin()) == ["passkey_not_accepted"]


async def test_somebody_elses_handle_is_not_accepted(umm_salim, huda):
    umm_salim.keys.passkeys[0].handle = huda.keys.passkeys[0].handle
    assert errors_in(await umm_salim.signin()) == ["passkey_not_accepted"]


async def test_a_mangled_answer_is_not_accepted(umm_salim):
    for path, junk in product(("response", "rawId", "id", "type"), (None, 7, "", "%%%", [], {})):
        options = (await umm_salim.ask("/signin/options")).json()
        credential = {**umm_salim.keys.get(options), path: junk}
        answer = await umm_salim.ask("/signin", credential=credential)
        assert errors_in(answer) == ["passkey_not_accepted"], (path, junk)


async def test_after_signing_in_one_is_where_one_wanted_to_be(umm_salim):
    await umm_salim.post("/signout")
    sent_away = await umm_salim.browser.get("/account?x=1")
    assert sent_away.headers["location"] == "/signin?next=%2Faccount%3Fx%3D1"
    page = await umm_salim.browser.get(sent_away.headers["location"])
    assert 'value="/account?x=1"' in page.text
    assert (await umm_salim.signin(next="/account?x=1")).json()["next"] == "/account?x=1"


async def test_no_link_leads_from_the_door_to_another_house(umm_salim):
    for elsewhere in ("https://evil.example/", "//evil.example", "/\\evil.example"):
        assert (await umm_salim.signin(next=elsewhere)).json()["next"] == "/"


async def test_whoever_is_signed_in_needs_no_door(umm_salim):
    for endpoint in ("/signin", "/signup"):
        assert (await umm_salim.browser.get(endpoint)).headers["location"] == "/"


async def test_the_session_says_which_device_it_is(umm_salim):
    assert "Android" in ANDROID
    assert "هاتف Android" in (await umm_salim.browser.get("/account")).text


async def test_a_session_nobody_uses_ends_after_thirty_days(umm_salim, clock):
    clock.move(days=29)
    assert (await umm_salim.browser.get("/account")).status_code == 200
    clock.move(days=29)
    assert (await umm_salim.browser.get("/account")).status_code == 200
    clock.move(days=31)
    assert (await umm_salim.browser.get("/account")).status_code == 303


async def test_a_session_ends_after_half_a_year_however_much_it_is_used(umm_salim, clock):
    for _ in range(8):
        clock.move(days=22)
        assert (await umm_salim.browser.get("/account")).status_code == 200
    clock.move(days=5)
    assert (await umm_salim.browser.get("/account")).status_code == 303


async def test_what_was_over_long_ago_is_forgotten(app, umm_salim, clock):
    async def kept() -> int:
        counting = select(func.count()).select_from(sessions)
        return await app.state.control.read(lambda tx: tx.scalar(counting))

    await umm_salim.post("/signout")
    await umm_salim.signin()
    assert await kept() == 2
    clock.move(days=130)
    await umm_salim.signin()
    assert await kept() == 1


@pytest.mark.parametrize("handle", ["", None])
async def test_a_browser_that_tells_no_handle_signs_in(umm_salim, handle):
    options = (await umm_salim.ask("/signin/options")).json()
    credential = umm_salim.keys.get(options)
    credential["response"]["userHandle"] = handle
    assert (await umm_salim.ask("/signin", credential=credential)).status_code == 200


async def test_without_a_script_a_page_says_what_is_needed_and_keeps_what_was_typed(phone):
    huda = phone()
    typed = {"name": "هدى <b>", "shop_name": "مخبز هدى", "phone": "0551", "country": "EG"}
    page = await huda.browser.post("/signup", data=typed)
    assert (page.status_code, errors_in(page)) == (422, ["passkey_needs_script"])
    for value in ("هدى &lt;b&gt;", "مخبز هدى", "0551"):
        assert f'value="{value}"' in page.text
    assert re.search(r'value="EG"[^>]* selected', page.text)
    bare = await huda.browser.post("/signup", data={"name": "هدى"})
    assert (bare.status_code, errors_in(bare)) == (422, ["passkey_needs_script"])
    signin = await huda.browser.post("/signin", data={"next": "/s/x/due", "account": ""})
    assert (signin.status_code, errors_in(signin)) == (422, ["passkey_needs_script"])
    assert 'value="/s/x/due"' in signin.text


async def test_without_a_script_no_other_passkey_form_is_lost(umm_salim):
    for path in ("/verify", "/account/passkeys"):
        page = await umm_salim.browser.post(path, data={"next": "//elsewhere.example"})
        assert (page.status_code, errors_in(page)) == (422, ["passkey_needs_script"]), path
        assert "elsewhere.example" not in page.text
