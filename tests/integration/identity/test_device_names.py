"""Names of devices: they differ, and a person may choose them."""

import re

import pytest

from tests.integration.conftest import ORIGIN
from tests.integration.identity.phone import Phone, errors_in
from tests.passkey import Authenticator

FIREFOX = "Mozilla/5.0 (Android 14; Mobile; rv:153.0) Gecko/153.0 Firefox/153.0"
_ROW = re.compile(r'id="(passkey|device)-([0-9a-f-]{36})".*?<bdi>(.*?)</bdi>', re.DOTALL)


async def names(phone: Phone, kind: str) -> dict[str, str]:
    """The ids of the devices or passkeys on the person's page, by name."""
    page = (await phone.browser.get("/account")).text
    return {found[3]: found[2] for found in _ROW.finditer(page) if found[1] == kind}


async def on_another(umm_salim: Phone, phone, user_agent: str = "") -> Phone:
    other: Phone = phone()
    if user_agent:
        other.browser.headers["User-Agent"] = user_agent
    other.keys = umm_salim.keys
    assert (await other.signin()).status_code == 200
    return other


async def test_two_phones_of_one_kind_have_two_names(umm_salim, phone):
    second = await on_another(umm_salim, phone)
    await on_another(umm_salim, phone, FIREFOX)
    assert set(await names(second, "device")) == {
        "هاتف Android",
        "هاتف Android 2",
        "هاتف Android · Firefox",
    }


async def test_a_passkey_is_called_like_the_device_it_is_made_on(umm_salim, phone):
    second = await on_another(umm_salim, phone)
    await second.add_passkey(Authenticator(ORIGIN))
    await second.add_passkey(Authenticator(ORIGIN))
    assert set(await names(second, "passkey")) == {
        "هاتف Android",
        "هاتف Android 2",
        "هاتف Android 3",
    }


async def test_the_name_of_a_device_that_left_is_free_again(umm_salim, phone):
    second = await on_another(umm_salim, phone)
    await umm_salim.browser.post("/signout")
    await on_another(umm_salim, phone)
    assert set(await names(second, "device")) == {"هاتف Android", "هاتف Android 2"}


async def test_a_device_is_called_what_its_owner_calls_it(umm_salim):
    ((name, device),) = (await names(umm_salim, "device")).items()
    assert name == "هاتف Android"
    answer = await umm_salim.post(f"/account/sessions/{device}/name", name=" هاتف المحل\u202e ")
    assert answer.status_code == 303
    assert await names(umm_salim, "device") == {"هاتف المحل": device}
    await umm_salim.add_passkey(Authenticator(ORIGIN))
    assert set(await names(umm_salim, "passkey")) == {"هاتف Android", "هاتف المحل"}


@pytest.mark.parametrize(("name", "reason"), [("", "name_missing"), ("x" * 41, "name_too_long")])
async def test_a_name_that_is_none_is_said_beside_it_and_kept_as_typed(umm_salim, name, reason):
    (device,) = (await names(umm_salim, "device")).values()
    answer = await umm_salim.post(f"/account/sessions/{device}/name", name=name)
    assert (answer.status_code, errors_in(answer)) == (422, [reason])
    assert f'value="{name}"' in answer.text


async def test_nobody_renames_the_device_of_somebody_else(umm_salim, huda):
    (device,) = (await names(umm_salim, "device")).values()
    answer = await huda.post(f"/account/sessions/{device}/name", name="هدى")
    assert answer.status_code == 404
    assert set(await names(umm_salim, "device")) == {"هاتف Android"}
