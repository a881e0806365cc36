"""A lost phone: the codes on paper, and the operator's link."""

import asyncio

import pytest

from daftari.cli import main
from daftari.kernel.clock import Clock
from tests.integration.conftest import NOW
from tests.integration.identity.phone import UMM_SALIM, errors_in

NEVER_A_CODE = "0000-0000-0000-0000"


async def test_a_code_lets_in_once_and_asks_for_a_passkey(umm_salim, phone):
    code = (await umm_salim.codes())[3]
    new = phone()
    answer = await new.post("/recover", phone=UMM_SALIM["phone"], code=code)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/account/passkeys/new"
    assert (await new.browser.get(answer.headers["location"])).status_code == 200
    assert (await new.add_passkey()).status_code == 201
    assert await new.shop() == await umm_salim.shop()
    again = await phone().post("/recover", phone=UMM_SALIM["phone"], code=code)
    assert again.status_code == 422
    assert errors_in(again) == ["code_not_right"]


async def test_a_code_is_read_however_it_is_written(umm_salim, phone):
    plain, capitals, blanks = (await umm_salim.codes())[:3]
    arabic = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
    written = [plain.replace("-", ""), capitals.upper(), blanks.replace("-", " ").translate(arabic)]
    for code in written:
        answer = await phone().post("/recover", phone="+966501234567", code=code)
        assert answer.status_code == 303


async def test_an_unknown_phone_and_a_wrong_code_are_answered_alike(umm_salim, phone):
    known = await phone().post("/recover", phone=UMM_SALIM["phone"], code=NEVER_A_CODE)
    unknown = await phone().post("/recover", phone="0501234568", code=NEVER_A_CODE)
    assert known.status_code == unknown.status_code == 422
    assert errors_in(known) == ["code_not_right"]
    assert known.text.replace("0501234567", "") == unknown.text.replace("0501234568", "")
    assert "set-cookie" not in known.headers


async def test_a_code_of_one_person_does_not_open_for_another(umm_salim, huda, phone):
    answer = await phone().post("/recover", phone="0551234567", code=(await umm_salim.codes())[0])
    assert errors_in(answer) == ["code_not_right"]


@pytest.mark.parametrize(
    ("typed", "reasons"),
    [
        ({}, ["phone_missing", "code_missing"]),
        ({"phone": "5", "code": "x"}, ["phone_not_a_phone"]),
        ({"phone": "0501234567", "code": " "}, ["code_missing"]),
    ],
)
async def test_what_is_typed_wrong_comes_back_as_it_was(client, typed, reasons):
    answer = await client.post("/recover", data=typed)
    assert answer.status_code == 422
    assert errors_in(answer) == reasons
    assert f'value="{typed.get("phone", "")}"' in answer.text


async def test_too_many_tries_have_to_wait(client):
    typed = {"phone": "0501234567", "code": NEVER_A_CODE}
    answers = [(await client.post("/recover", data=typed)).status_code for _ in range(11)]
    assert answers == [422] * 10 + [429]


async def test_new_codes_end_the_old_ones(umm_salim, phone):
    old = await umm_salim.codes()
    made = await umm_salim.post("/recovery-codes")
    assert made.headers["location"] == "/recovery-codes"
    fresh = await umm_salim.shown_codes()
    assert len(fresh) == 10
    assert not set(old) & set(fresh)
    old_one = await phone().post("/recover", phone="+966501234567", code=old[0])
    assert errors_in(old_one) == ["code_not_right"]
    new_one = await phone().post("/recover", phone="+966501234567", code=fresh[0])
    assert new_one.status_code == 303


async def test_codes_that_were_replaced_unseen_are_never_shown(umm_salim, phone):
    await umm_salim.post("/recovery-codes")
    await umm_salim.post("/recovery-codes")
    good = await umm_salim.shown_codes()
    assert len(good) == 10
    assert await umm_salim.shown_codes() == []
    new_one = await phone().post("/recover", phone="+966501234567", code=good[0])
    assert new_one.status_code == 303


async def test_the_operators_link_lets_in_once(
    umm_salim, phone, clock, settings, monkeypatch, capsys
):
    clock.at = Clock().now()
    link = await _link(settings, monkeypatch, capsys, "+966501234567")
    new = phone()
    answer = await new.browser.get(link)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/account/passkeys/new"
    assert await new.shop() == await umm_salim.shop()
    again = await phone().browser.get(link)
    assert again.status_code == 404
    assert errors_in(again) == ["link_not_good"]


@pytest.mark.parametrize(
    "glance", [{"Sec-Purpose": "prefetch;prerender"}, {"User-Agent": "WhatsApp/2.23.20.0"}]
)
async def test_a_glance_ahead_spends_no_link_and_no_codes(
    umm_salim, phone, clock, settings, monkeypatch, capsys, glance
):
    clock.at = Clock().now()
    link = await _link(settings, monkeypatch, capsys, "+966501234567")
    assert (await phone().browser.get(link, headers=glance)).status_code == 400
    assert (await phone().browser.head(link)).status_code == 400
    assert (await phone().browser.get(link)).status_code == 303
    clock.at = NOW
    await umm_salim.post("/recovery-codes")
    looked = await umm_salim.browser.get("/recovery-codes", headers=glance)
    assert looked.status_code == 400
    assert (await umm_salim.browser.head("/recovery-codes")).status_code == 400
    assert len(await umm_salim.shown_codes()) == 10


async def test_the_operators_link_is_for_somebody_who_is_known(umm_salim, settings, monkeypatch):
    assert await _run_link(settings, monkeypatch, "+966500000001") == 1
    assert await _run_link(settings, monkeypatch, "nobody") == 1


async def test_a_link_nobody_made_lets_nobody_in(umm_salim, client):
    answer = await client.get("/signin/link/abc")
    assert answer.status_code == 404
    assert "set-cookie" not in answer.headers


async def _link(settings, monkeypatch, capsys, phone: str) -> str:
    assert await _run_link(settings, monkeypatch, phone) == 0
    name, link = capsys.readouterr().out.strip().splitlines()[-1].split("\t")
    assert name == UMM_SALIM["name"]
    assert link.startswith(settings.origin)
    return link


async def _run_link(settings, monkeypatch, phone: str) -> int:
    """The command as the operator runs it, beside the running program."""
    monkeypatch.setenv("DAFTARI_DATA", str(settings.data))
    monkeypatch.setenv("DAFTARI_ORIGIN", settings.origin)
    return await asyncio.to_thread(main, ["signin-link", phone])
