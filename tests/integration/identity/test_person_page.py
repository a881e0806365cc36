"""Passkeys, devices, language: the person's own page."""

import re
from html import unescape

import pytest

from tests.integration.conftest import ORIGIN
from tests.integration.identity.phone import UMM_SALIM, errors_in
from tests.passkey import Authenticator

LATER = {"minutes": 11}


async def test_a_second_passkey_and_then_the_first_goes(umm_salim):
    tablet = Authenticator(ORIGIN)
    assert (await umm_salim.add_passkey(tablet)).status_code == 201
    first, second = await umm_salim.passkey_ids()
    removed = await umm_salim.post(f"/account/passkeys/{first}/removal")
    assert removed.status_code == 303
    assert await umm_salim.passkey_ids() == [second]
    assert errors_in(await umm_salim.signin()) == ["passkey_not_accepted"]
    umm_salim.keys = tablet
    assert (await umm_salim.signin()).status_code == 200


async def test_with_a_lost_phones_passkey_go_the_sign_ins_made_with_it(umm_salim, phone, clock):
    """She signed up with the phone she lost; the tablet has a passkey of its own."""
    tablet, at_home, once_lent = phone(), phone(), phone()
    tablet.browser.cookies = umm_salim.browser.cookies
    clock.move(minutes=1)
    assert (await tablet.add_passkey()).status_code == 201
    at_home.keys, once_lent.keys, elsewhere = tablet.keys, umm_salim.keys, phone()
    elsewhere.keys = umm_salim.keys
    for device in (at_home, once_lent, elsewhere):
        clock.move(minutes=1)
        assert (await device.signin()).status_code == 200
    lost, hers = await at_home.passkey_ids()
    removed = await at_home.post(f"/account/passkeys/{lost}/removal", sign_out="yes")
    assert removed.status_code == 303
    assert await at_home.passkey_ids() == [hers]
    for device in (umm_salim, once_lent, elsewhere):
        assert (await device.browser.get("/account")).status_code == 303


async def test_sign_ins_of_one_moment_go_with_their_own_passkey(umm_salim, phone, clock):
    """The clock stands: only the passkey tells one sign-in from the other."""
    tablet, lent = phone(), phone()
    tablet.browser.cookies = umm_salim.browser.cookies
    clock.move(minutes=1)
    assert (await tablet.add_passkey()).status_code == 201
    tablet.browser, lent.keys = phone().browser, umm_salim.keys
    for device in (tablet, lent):
        assert (await device.signin()).status_code == 200
    lost, hers = await tablet.passkey_ids()
    await tablet.post(f"/account/passkeys/{lost}/removal", sign_out="yes")
    assert await tablet.passkey_ids() == [hers]
    assert (await lent.browser.get("/account")).status_code == 303


async def test_a_passkey_can_go_alone_and_the_device_that_removes_it_stays(umm_salim, phone, clock):
    other = phone()
    other.keys = umm_salim.keys
    clock.move(minutes=1)
    await other.signin()
    await umm_salim.codes()
    await umm_salim.add_passkey(Authenticator(ORIGIN))
    first, second = await umm_salim.passkey_ids()
    for passkey in (first, second):
        assert (await umm_salim.post(f"/account/passkeys/{passkey}/removal")).status_code == 303
    assert (await other.browser.get("/account")).status_code == 200
    await umm_salim.add_passkey()
    (again,) = await umm_salim.passkey_ids()
    await umm_salim.post(f"/account/passkeys/{again}/removal", sign_out="yes")
    assert (await umm_salim.browser.get("/account")).status_code == 200


async def test_a_phone_that_has_a_passkey_is_not_given_another(umm_salim):
    options = (await umm_salim.ask("/account/passkeys/options")).json()
    assert len(options["excludeCredentials"]) == 1
    with pytest.raises(AssertionError, match="InvalidStateError"):
        umm_salim.keys.create(options)


async def test_the_last_passkey_goes_only_while_a_code_is_left(umm_salim, phone, clock):
    codes = await umm_salim.codes()
    for code in codes:
        clock.move(minutes=1)
        answer = await phone().post("/recover", phone=UMM_SALIM["phone"], code=code)
        assert answer.status_code in (303, 429)
        if answer.status_code == 429:
            pytest.fail("the limit hides what this test is about")
    await umm_salim.signin()
    (last,) = await umm_salim.passkey_ids()
    refused = await umm_salim.post(f"/account/passkeys/{last}/removal")
    assert refused.status_code == 422
    assert errors_in(refused) == ["passkey_is_last"]
    assert await umm_salim.passkey_ids() == [last]
    await umm_salim.post("/recovery-codes")
    assert (await umm_salim.post(f"/account/passkeys/{last}/removal")).status_code == 303
    assert await umm_salim.passkey_ids() == []


async def test_a_passkey_is_called_what_its_owner_calls_it(umm_salim):
    (passkey,) = await umm_salim.passkey_ids()
    await umm_salim.post(f"/account/passkeys/{passkey}/name", name="  هاتف المحل\u202e ")
    assert "<bdi>هاتف المحل</bdi>" in (await umm_salim.browser.get("/account")).text


@pytest.mark.parametrize(("name", "reason"), [("", "name_missing"), ("x" * 41, "name_too_long")])
async def test_a_passkeys_name_has_its_limits(umm_salim, name, reason):
    (passkey,) = await umm_salim.passkey_ids()
    answer = await umm_salim.post(f"/account/passkeys/{passkey}/name", name=name)
    assert answer.status_code == 422
    assert errors_in(answer) == [reason]


async def test_a_passkey_renamed_meanwhile_is_asked_about(umm_salim):
    (passkey,) = await umm_salim.passkey_ids()
    path = f"/account/passkeys/{passkey}/name"
    seen = _seen_of((await umm_salim.browser.get("/account")).text, passkey)
    assert (await umm_salim.post(path, seen=seen, name="هاتف البيت")).status_code == 303
    asked = await umm_salim.post(path, seen=seen, name="هاتف المحل")
    assert (asked.status_code, errors_in(asked)) == (409, ["changed_meanwhile"])
    again = {"seen": _seen_of(asked.text, passkey), "asked": "name", "name": "هاتف المحل"}
    assert (await umm_salim.post(path, **again, take_name="now")).status_code == 303
    assert "<bdi>هاتف البيت</bdi>" in (await umm_salim.browser.get("/account")).text


async def test_an_untouched_form_of_the_language_leaves_what_was_chosen_elsewhere(umm_salim):
    page = (await umm_salim.browser.get("/account")).text
    seen = _seen_of(page, "language")
    assert (await umm_salim.post("/account/language", language="en")).status_code == 303
    assert (await umm_salim.post("/account/language", seen=seen, language="ar")).status_code == 303
    assert 'lang="en"' in (await umm_salim.browser.get("/account")).text
    asked = await umm_salim.post("/account/language", seen="{", language="ar")
    assert (asked.status_code, errors_in(asked)[0]) == (409, "version_unknown")


def _seen_of(page: str, place: str) -> str:
    """What the first form after an element says that it showed."""
    form = re.split(rf'id="(?:passkey-)?{place}"', page)[-1]
    return unescape(re.search(r'name="seen" value="([^"]*)"', form)[1])


async def test_the_page_says_when_a_passkey_was_used_last(umm_salim, clock):
    clock.move(days=2)
    await umm_salim.signin()
    assert "25/11/2026" in (await umm_salim.browser.get("/account")).text


async def test_nobody_touches_anothers_passkeys_and_sessions(umm_salim, huda):
    (hers,) = await umm_salim.passkey_ids()
    for path in (f"/account/passkeys/{hers}/removal", f"/account/passkeys/{hers}/name"):
        assert (await huda.post(path, name="لي")).status_code == 404
    assert await umm_salim.passkey_ids() == [hers]
    session = await _other_session(umm_salim)
    assert (await huda.post(f"/account/sessions/{session}/end")).status_code == 404


async def test_a_session_that_is_ended_elsewhere_is_over(umm_salim, phone):
    lost = phone()
    lost.keys = umm_salim.keys
    await lost.signin()
    assert (await lost.browser.get("/account")).status_code == 200
    session = await _other_session(umm_salim)
    assert (await umm_salim.post(f"/account/sessions/{session}/end")).status_code == 303
    assert (await lost.browser.get("/account")).status_code == 303
    assert (await umm_salim.browser.get("/account")).status_code == 200


@pytest.mark.parametrize(
    "path", ["/recovery-codes", "/account/passkeys/options", "/account/passkeys"]
)
async def test_a_sensitive_act_asks_for_the_passkey_again(umm_salim, clock, path):
    clock.move(**LATER)
    referer = {"Referer": f"{ORIGIN}/account"}
    answer = await umm_salim.browser.post(path, headers=referer)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/verify?next=%2Faccount"
    json = await umm_salim.ask(path)
    assert json.status_code == 401
    assert json.json()["door"].startswith("/verify")


@pytest.mark.parametrize("page", ["http://[", "//evil.example", f"{ORIGIN}//evil.example"])
async def test_after_the_check_one_is_sent_to_no_strange_page(umm_salim, clock, page):
    clock.move(**LATER)
    answer = await umm_salim.browser.post("/recovery-codes", headers={"Referer": page})
    assert (answer.status_code, answer.headers["location"]) == (303, "/verify")


async def test_after_the_check_the_act_is_done(umm_salim, clock):
    await umm_salim.codes()
    clock.move(**LATER)
    (passkey,) = await umm_salim.passkey_ids()
    path = f"/account/passkeys/{passkey}/removal"
    assert (await umm_salim.post(path)).headers["location"].startswith("/verify")
    assert await umm_salim.passkey_ids() == [passkey]
    assert (await umm_salim.browser.get("/account/passkeys/new")).status_code == 303
    assert (await umm_salim.browser.get("/verify?next=/account")).status_code == 200
    assert (await umm_salim.verify()).status_code == 200
    assert (await umm_salim.browser.get("/account/passkeys/new")).status_code == 200
    assert (await umm_salim.post(path)).headers["location"] == "/account"


async def test_the_check_takes_only_ones_own_passkey(umm_salim, huda, clock):
    clock.move(**LATER)
    options = (await umm_salim.ask("/verify/options")).json()
    hers = huda.keys.passkeys[0]
    answer = await umm_salim.ask("/verify", credential=huda.keys.get(options, hers))
    assert errors_in(answer) == ["passkey_not_accepted"]
    assert (await umm_salim.browser.get("/account/passkeys/new")).status_code == 303


async def test_the_language_is_the_persons(umm_salim):
    assert 'lang="ar" dir="rtl"' in (await umm_salim.browser.get("/account")).text
    assert (await umm_salim.post("/account/language", language="en")).status_code == 303
    assert 'lang="en" dir="ltr"' in (await umm_salim.browser.get("/account")).text
    refused = await umm_salim.post("/account/language", language="fr")
    assert errors_in(refused) == ["choice_unknown"]


async def _other_session(phone) -> str:
    page = (await phone.browser.get("/account")).text
    found = re.findall(r"/account/sessions/([0-9a-f-]{36})/end", page)
    if found:
        return found[0]
    token = phone.browser.cookies["daftari"]
    await phone.signin()
    phone.browser.cookies.clear()
    phone.browser.cookies.set("daftari", token)
    return await _other_session(phone)
