"""Shortcuts of the installed app, and what other apps share: both lead into the last shop."""

import pytest

from daftari.identity.rules.shortcuts import SHORTCUTS
from tests.photos import a_photo

FROM_THE_PHONE = {"Sec-Fetch-Site": "none"}


@pytest.mark.parametrize("shortcut", SHORTCUTS)
async def test_a_shortcut_leads_into_the_last_shop(umm_salim, shortcut):
    answer = await umm_salim.browser.get(shortcut)
    home = (await umm_salim.browser.get("/")).headers["location"]
    assert home.startswith("/s/")
    assert (answer.status_code, answer.headers["location"]) == (303, home + SHORTCUTS[shortcut])
    assert (await umm_salim.browser.get(answer.headers["location"])).status_code == 200


async def test_a_shortcut_tells_the_form_what_was_shared_and_nothing_else(umm_salim):
    answer = await umm_salim.browser.get("/open/new-entry?shared=photo&next=//evil.example")
    assert answer.headers["location"].endswith("/entries/new?shared=photo")
    assert 'id="shared"' in (await umm_salim.browser.get(answer.headers["location"])).text
    answer = await umm_salim.browser.get("/open/new-entry?shared=%0d%0ax")
    assert answer.headers["location"].endswith("/entries/new")


async def test_without_a_service_worker_it_has_to_be_shared_again(umm_salim):
    for name, content, place in (
        ("photo", a_photo((16, 12)), "/open/new-entry?shared=photo"),
        ("photo", b"x" * 200_000, "/open/new-entry?shared=photo"),
        ("contact", b"BEGIN:VCARD", "/open/new-customer?shared=contact"),
    ):
        files = {name: ("shared", content)}
        answer = await umm_salim.browser.post("/share", files=files, headers=FROM_THE_PHONE)
        assert (answer.status_code, answer.headers["location"]) == (303, place)


async def test_who_is_not_signed_in_shares_nothing(client):
    files = {"photo": ("shared", a_photo((16, 12)))}
    answer = await client.post("/share", files=files, headers=FROM_THE_PHONE)
    assert (answer.status_code, answer.headers["location"]) == (303, "/signin")


async def test_another_site_shares_nothing(umm_salim):
    files = {"photo": ("shared", a_photo((16, 12)))}
    for site in ("cross-site", "same-site"):
        answer = await umm_salim.browser.post(
            "/share", files=files, headers={"Sec-Fetch-Site": site}
        )
        assert answer.status_code == 403
