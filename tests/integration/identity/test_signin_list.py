"""The sign-in list: how a person came in, and what was odd; nobody else can fill it."""

import re
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from sqlalchemy import text

from daftari.identity.actions.signins import note_signin
from daftari.identity.rules.signins import SignInKind
from tests.integration.identity.phone import Phone, errors_in
from tests.integration.identity.test_phone_links import join, make_link
from tests.passkey import Authenticator, b64

LIST = "/account/signins"
PASSING = ("x-request-id", "ratelimit-remaining", "ratelimit-reset")


async def listed(phone: Phone, path: str = LIST) -> list[str]:
    page = await phone.browser.get(path)
    assert page.status_code == 200
    return re.findall(r'data-signin="(\w+)"', page.text)


async def asked(phone: Phone) -> dict:
    return (await phone.ask("/signin/options")).json()


async def sent(phone: Phone, credential: dict) -> list[str]:
    answer = await phone.ask("/signin", credential=credential)
    return [] if answer.status_code == 200 else errors_in(answer)


async def _back(phone: Phone) -> None:
    for count in (7, 7):
        keys = replace(phone.keys, count=count)
        await sent(phone, keys.get(await asked(phone)))


async def _replay(phone: Phone) -> None:
    credential = phone.keys.get(await asked(phone))
    assert await sent(phone, credential) == []
    assert await sent(phone, credential) == ["challenge_expired"]


async def _reuse(phone: Phone) -> None:
    options = await asked(phone)
    assert await sent(phone, phone.keys.get(options)) == []
    assert await sent(phone, phone.keys.get(options)) == ["challenge_expired"]


async def _elsewhere(phone: Phone) -> None:
    keys = replace(phone.keys, origin="https://dafteri.example")
    assert await sent(phone, keys.get(await asked(phone))) == ["passkey_not_accepted"]


async def _framed(phone: Phone) -> None:
    keys = replace(phone.keys, client_data={"crossOrigin": True})
    assert await sent(phone, keys.get(await asked(phone))) == ["passkey_not_accepted"]


async def _other_browser(phone: Phone) -> None:
    credential = phone.keys.get(await asked(phone))
    for name in list(phone.browser.cookies):
        if name.startswith("ceremony"):
            phone.browser.cookies.delete(name)
    assert await sent(phone, credential) == ["challenge_expired"]


ODD = {
    "counter_went_back": _back,
    "replayed": _replay,
    "challenge_reused": _reuse,
    "wrong_origin": _elsewhere,
    "other_browser": _other_browser,
}


async def test_every_way_in_is_listed_newest_first(umm_salim, phone, clock):
    assert await listed(umm_salim) == ["sign_up"]
    clock.move(minutes=1)
    await umm_salim.signin()
    code, *_ = await umm_salim.codes()
    clock.move(minutes=1)
    other = phone()
    await other.post("/recover", phone="0501234567", code=code)
    clock.move(minutes=1)
    assert await join(phone(), await make_link(umm_salim)) == []
    assert await listed(umm_salim) == ["phone_link", "recovery_code", "passkey", "sign_up"]
    page = (await umm_salim.browser.get(LIST)).text
    assert "هاتف Android" in page
    assert "23/11/2026 12:00" in page  # nine o'clock, in the shop's own time


@pytest.mark.parametrize("kind", ODD)
async def test_what_was_odd_is_listed_in_words(umm_salim, kind):
    await ODD[kind](umm_salim)
    rows = await listed(umm_salim)
    assert [row for row in rows if row in ODD] == [kind]
    page = (await umm_salim.browser.get(LIST)).text
    assert "لم يدخل أحد" in page


async def test_an_answer_in_a_frame_is_one_from_elsewhere(umm_salim):
    await _framed(umm_salim)
    assert "wrong_origin" in await listed(umm_salim)


async def test_a_new_passkey_is_watched_as_a_sign_in_is(umm_salim):
    options = (await umm_salim.ask("/account/passkeys/options")).json()
    elsewhere = Authenticator("https://dafteri.example").create(options)
    refused = await umm_salim.ask("/account/passkeys", credential=elsewhere)
    assert errors_in(refused) == ["passkey_not_accepted"]
    options = (await umm_salim.ask("/account/passkeys/options")).json()
    credential = Authenticator(umm_salim.keys.origin).create(options)
    for status in (201, 422):
        answer = await umm_salim.ask("/account/passkeys", credential=credential)
        assert answer.status_code == status
    assert {"wrong_origin", "replayed"} <= set(await listed(umm_salim))


async def test_a_sign_up_sent_twice_is_told_to_its_owner(phone):
    hers = phone()
    options = (await hers.ask("/signup/options", **_SIGN_UP)).json()
    credential = hers.keys.create(options)
    answers = [await hers.ask("/signup", credential=credential) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 422]
    assert sorted(await listed(hers)) == ["replayed", "sign_up"]


_SIGN_UP = {"name": "أم سليم", "shop_name": "بقالة", "phone": "0501234567", "country": "SA"}


async def test_repeats_within_a_day_are_one_row(umm_salim, clock):
    for _ in range(3):
        await _elsewhere(umm_salim)
        clock.move(minutes=5)
    assert await listed(umm_salim) == ["wrong_origin", "sign_up"]
    assert "3 مرات" in (await umm_salim.browser.get(LIST)).text
    clock.move(days=1)
    await _elsewhere(umm_salim)
    assert await listed(umm_salim) == ["wrong_origin", "wrong_origin", "sign_up"]


async def test_what_a_stranger_makes_up_is_in_nobodys_list(app, umm_salim, phone):
    stranger = phone()
    hers = umm_salim.keys.passkeys[0]
    assert await sent(umm_salim, spent := umm_salim.keys.get(await asked(umm_salim))) == []
    forged = {**spent, "response": {**spent["response"], "signature": b64(bytes(70))}}
    for _ in range(5):
        assert await sent(stranger, forged) == ["challenge_expired"]
        own = Authenticator(stranger.keys.origin, passkeys=[replace(hers, key=_key())], count=1)
        assert await sent(stranger, own.get(await asked(stranger))) == ["passkey_not_accepted"]
        elsewhere = replace(own, origin="https://dafteri.example")
        assert await sent(stranger, elsewhere.get(await asked(stranger))) == [
            "passkey_not_accepted"
        ]
    assert sorted(await listed(umm_salim)) == ["passkey", "sign_up"]
    assert await _count(app, "spent_challenges") == 2  # her sign-up and her sign-in


async def test_an_answer_for_somebody_and_for_nobody_look_the_same(umm_salim, phone):
    answers = []
    for keys in (umm_salim.keys, Authenticator(umm_salim.keys.origin)):
        stranger = phone()
        if not keys.passkeys:
            keys.passkeys.append(replace(umm_salim.keys.passkeys[0], id=b"?" * 32))
        odd = replace(keys, origin="https://dafteri.example")
        answers.append(await stranger.ask("/signin", credential=odd.get(await asked(stranger))))
    known, unknown = answers
    assert (known.status_code, known.content) == (unknown.status_code, unknown.content)
    ours = [{n: v for n, v in a.headers.items() if n not in PASSING} for a in answers]
    assert ours[0] == ours[1]


async def test_the_list_is_paged_and_goes_back_half_a_year(app, umm_salim, clock):
    person = "SELECT id FROM people"
    hers = await app.state.control.read(lambda tx: tx.scalar(text(person)))
    for _ in range(31):
        row = hers, SignInKind.PASSKEY, "هاتف", "its session", clock.move(hours=1)
        await app.state.control.write(note_signin, *row)
    first = await listed(umm_salim)
    assert first == ["passkey"] * 30
    page = (await umm_salim.browser.get(LIST)).text
    older = re.search(r'href="(/account/signins\?before=[^"]+)"', page)
    assert await listed(umm_salim, older[1]) == ["passkey", "sign_up"]
    clock.move(days=181)
    assert (await umm_salim.signin()).status_code == 200
    assert await listed(umm_salim) == ["passkey"]


@pytest.mark.parametrize("before", ["x", ".", "2026-11-23T09:00:00.000Z.", "nonsense.id", "%00."])
async def test_a_place_that_is_none_shows_what_there_is(umm_salim, before):
    page = await umm_salim.browser.get(LIST, params={"before": before})
    assert page.status_code == 200


async def test_everybody_has_a_list_of_their_own(umm_salim, huda):
    await _replay(umm_salim)
    assert await listed(huda) == ["sign_up"]


def _key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


async def _count(app, table: str) -> int:
    return await app.state.control.read(lambda tx: tx.scalar(text(f"SELECT count(*) FROM {table}")))
