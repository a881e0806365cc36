"""A grocer opens a book."""

import asyncio
from dataclasses import replace

import httpx
import pytest

from daftari.app import create_app
from tests.integration.conftest import ORIGIN
from tests.integration.identity.phone import UMM_SALIM, Phone, errors_in
from tests.passkey import EDDSA, ES256, RS256, Authenticator

JSON_BODY = {"Content-Type": "application/json"}
WRONG_FIELDS = (
    ("name", " \u202e ", "name_missing"),
    ("name", "ا" * 81, "name_too_long"),
    ("shop_name", "", "name_missing"),
    ("phone", "", "phone_missing"),
    ("phone", "هاتف", "phone_not_a_phone"),
    ("phone", "05012", "phone_not_a_phone"),
    ("country", "XX", "country_unknown"),
    ("country", ["SA"], "country_unknown"),
)
WRONG_PHONES = (
    Authenticator(ORIGIN, verifies=False),
    Authenticator("http://localhost:9999"),
    Authenticator(ORIGIN, client_data={"crossOrigin": True}),
    Authenticator(ORIGIN, client_data={"topOrigin": "https://elsewhere.example"}),
    Authenticator(ORIGIN, client_data={"type": "webauthn.get"}),
)


async def test_signing_up_opens_the_book_at_once(phone):
    umm_salim = phone()
    answer = await umm_salim.signup()
    assert answer.status_code == 201
    assert answer.json()["next"] == await umm_salim.shop()
    assert (await umm_salim.shop()).startswith("/s/")
    assert await umm_salim.shown_codes() == []


async def test_the_book_starts_as_the_country_has_it(umm_salim):
    page = await umm_salim.browser.get(await umm_salim.shop() + "more/shop")
    assert page.status_code == 200
    assert 'value="بقالة النور"' in page.text
    assert "ريال سعودي" in page.text
    assert 'value="Asia/Riyadh" selected' in page.text


async def test_the_cookie_is_kept_from_scripts_and_other_sites(phone):
    cookie = (await phone().signup()).headers["set-cookie"]
    parts = {part.strip().lower() for part in cookie.split(";")[1:]}
    assert cookie.startswith("daftari=")
    assert {"httponly", "samesite=lax", "path=/", "max-age=15552000"} <= parts
    assert not any(part.startswith("domain") for part in parts)


async def test_the_options_ask_for_a_passkey_that_stays_and_verifies(phone):
    options = (await phone().ask("/signup/options", **UMM_SALIM)).json()
    assert options["rp"]["id"] == "localhost"
    assert options["attestation"] == "none"
    assert options["authenticatorSelection"]["residentKey"] == "required"
    assert options["authenticatorSelection"]["userVerification"] == "required"
    assert {param["alg"] for param in options["pubKeyCredParams"]} == {ES256, EDDSA, RS256}
    assert UMM_SALIM["phone"][1:] not in str(options)


async def test_what_is_typed_wrong_is_told_by_its_field(phone):
    for field, typed, reason in WRONG_FIELDS:
        answer = await phone().ask("/signup/options", **{**UMM_SALIM, field: typed})
        assert answer.status_code == 422, (field, typed)
        assert answer.json()["reasons"][field]["name"] == reason
        assert answer.json()["reasons"][field]["text"]


@pytest.mark.parametrize("typed", ["٠٥٠١٢٣٤٥٦٧", "+966 50 123 4567", "00966501234567"])
async def test_a_phone_is_read_however_it_is_written(phone, typed):
    umm_salim = phone()
    await umm_salim.signup(phone=typed)
    assert "+966 50 123 4567" in (await umm_salim.browser.get("/account")).text


async def test_nobody_learns_that_a_phone_is_known(phone, umm_salim):
    again = phone()
    options = await again.ask("/signup/options", **UMM_SALIM)
    assert options.status_code == 200
    assert options.json().get("excludeCredentials") in (None, [])
    answer = await again.ask("/signup", credential=again.keys.create(options.json()))
    assert answer.status_code == 201
    assert await again.shop() != await umm_salim.shop()


async def test_one_answer_opens_one_shop(phone):
    umm_salim = phone()
    options = (await umm_salim.ask("/signup/options", **UMM_SALIM)).json()
    credential = umm_salim.keys.create(options)
    assert (await umm_salim.ask("/signup", credential=credential)).status_code == 201
    again = await umm_salim.ask("/signup", credential=credential)
    assert again.status_code == 422
    assert errors_in(again) == ["challenge_expired"]


async def test_an_answer_sent_twice_at_once_opens_one_book_that_can_be_read(phone):
    umm_salim = phone()
    options = (await umm_salim.ask("/signup/options", **UMM_SALIM)).json()
    credential = umm_salim.keys.create(options)
    twice = (umm_salim.ask("/signup", credential=credential) for _ in range(2))
    answers = await asyncio.gather(*twice)
    assert sorted(answer.status_code for answer in answers) == [201, 422]
    assert (await umm_salim.browser.get(await umm_salim.shop())).status_code == 200


async def test_an_answer_after_five_minutes_is_too_late(phone, clock):
    umm_salim = phone()
    options = (await umm_salim.ask("/signup/options", **UMM_SALIM)).json()
    clock.move(minutes=5)
    answer = await umm_salim.ask("/signup", credential=umm_salim.keys.create(options))
    assert errors_in(answer) == ["challenge_expired"]


async def test_a_passkey_made_elsewhere_or_unverified_is_not_accepted(phone, settings):
    umm_salim = phone()
    for wrong in WRONG_PHONES:
        umm_salim.keys = wrong
        answer = await umm_salim.signup()
        assert answer.status_code == 422, wrong
        assert errors_in(answer) == ["passkey_not_accepted"]
    assert not list(settings.data.glob("shops/**/*.db"))


@pytest.mark.parametrize("algorithm", [ES256, EDDSA, RS256])
async def test_each_algorithm_that_is_offered_also_signs_in(phone, algorithm):
    umm_salim = phone()
    umm_salim.keys.algorithm = algorithm
    assert (await umm_salim.signup()).status_code == 201
    assert (await umm_salim.signin()).status_code == 200


async def test_a_closed_house_takes_no_new_shops(app, phone, settings):
    object.__setattr__(settings, "signup", "closed")
    page = await phone().browser.get("/signup")
    assert errors_in(page) == ["signup_closed"]
    answer = await phone().ask("/signup/options", **UMM_SALIM)
    assert errors_in(answer) == ["signup_closed"]


async def test_a_body_that_is_no_answer_is_a_bad_request(client):
    for body in (b"", b"[]", b"{", b'{"credential": 7}', b"\xff"):
        answer = await client.post("/signup", content=body, headers=JSON_BODY)
        assert answer.status_code == 400


async def test_on_https_the_cookie_is_pinned_to_the_host(settings):
    origin = "https://daftari.example"
    secure = create_app(replace(settings, origin=origin))
    headers = {"Origin": origin, "Sec-Fetch-Site": "same-origin"}
    endpoint = httpx.ASGITransport(secure)
    async with (
        secure.lifespan(),
        httpx.AsyncClient(transport=endpoint, base_url=origin, headers=headers) as browser,
    ):
        umm_salim = Phone(browser, Authenticator(origin))
        cookie = (await umm_salim.signup()).headers["set-cookie"]
        assert (await umm_salim.browser.get("/account")).status_code == 200
    assert cookie.startswith("__Host-daftari=")
    assert "secure" in {part.strip().lower() for part in cookie.split(";")}
    assert "domain" not in cookie.lower()
