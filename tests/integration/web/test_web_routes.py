"""The small doors: health, language, the manifest, other sites, and too many knocks."""

import re
from io import BytesIO

import pytest
from PIL import Image

from tests.integration.conftest import ORIGIN


async def test_a_living_program_is_healthy_and_ready(client):
    for path in ("/healthz", "/readyz"):
        answer = await client.get(path)
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "text/plain; charset=utf-8"


async def test_a_program_low_on_disk_is_alive_but_not_ready(app, client, monkeypatch):
    monkeypatch.setattr(app.state.storage, "is_low", lambda: True, raising=False)
    assert (await client.get("/healthz")).status_code == 200
    assert (await client.get("/readyz")).status_code == 503


async def test_a_strangers_language_is_remembered(client):
    answer = await client.post("/language", data={"language": "en", "next": "/nowhere"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/nowhere")
    page = await client.get("/nowhere", headers={"Accept-Language": "ar"})
    assert '<html lang="en" dir="ltr">' in page.text


async def test_a_language_leads_nowhere_else(client):
    typed = {"language": "ar", "next": "//evil.example"}
    assert (await client.post("/language", data=typed)).headers["location"] == "/"


async def test_a_file_in_the_place_of_words_counts_as_nothing(client):
    answer = await client.post("/language", data={"language": "ar"}, files={"next": b"/nowhere"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")


async def test_an_unknown_language_is_refused(client):
    answer = await client.post("/language", data={"language": "xx"})
    assert answer.status_code == 422
    assert 'data-error="language_unknown"' in answer.text


@pytest.mark.parametrize(
    ("language", "name", "direction"), [("ar", "دفتري", "rtl"), ("en", "Daftari", "ltr")]
)
async def test_the_app_is_installed_under_its_name(client, language, name, direction):
    answer = await client.get("/manifest.webmanifest", headers={"Accept-Language": language})
    manifest = answer.json()
    assert answer.headers["content-type"] == "application/manifest+json"
    assert (manifest["name"], manifest["dir"], manifest["lang"]) == (name, direction, language)
    for icon in manifest["icons"]:
        assert (await client.get(icon["src"])).headers["content-type"] == icon["type"]
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable", "monochrome"}


def size_of(picture: bytes) -> str:
    with Image.open(BytesIO(picture)) as opened:
        return "x".join(map(str, opened.size))


async def test_the_pictures_of_the_manifest_have_the_size_they_say(client):
    manifest = (await client.get("/manifest.webmanifest")).json()
    icons = [icon for shortcut in manifest["shortcuts"] for icon in shortcut["icons"]]
    pictures = [*manifest["icons"], *icons, *manifest["screenshots"]]
    assert len(pictures) >= 11
    for picture in pictures:
        answer = await client.get(picture["src"])
        assert answer.headers["content-type"] == "image/png"
        assert size_of(answer.content) == picture["sizes"]


async def test_an_iphone_finds_its_icon(client):
    answer = await client.get("/apple-touch-icon.png")
    assert answer.headers["content-type"] == "image/png"
    assert size_of(answer.content) == "180x180"


async def test_a_link_to_the_landing_page_has_words_and_a_picture(client):
    page = (await client.get("/")).text
    told = dict(re.findall(r'<meta (?:name|property)="([\w:]+)" content="([^"]*)">', page))
    assert told["description"] == told["og:description"] != ""
    assert told["og:title"]
    picture = told["og:image"]
    assert picture.startswith(ORIGIN)
    size = f"{told['og:image:width']}x{told['og:image:height']}"
    assert size_of((await client.get(picture)).content) == size


async def test_the_icon_browsers_ask_for_is_there(client):
    answer = await client.get("/favicon.ico", follow_redirects=True)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/svg+xml")


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none"])
async def test_another_site_may_not_ask_for_a_deed(client, site):
    answer = await client.post("/act", headers={"Sec-Fetch-Site": site})
    assert answer.status_code == 403
    assert 'data-error="forbidden"' in answer.text


async def test_a_deed_from_nowhere_is_refused(app, browser):
    silent = browser()
    for name in ("Origin", "Sec-Fetch-Site"):
        del silent.headers[name]
    assert (await silent.post("/act")).status_code == 403
    assert (await silent.get("/healthz")).status_code == 200


async def test_an_older_browser_is_known_by_its_origin(browser):
    older = browser()
    del older.headers["Sec-Fetch-Site"]
    assert (await older.post("/act")).status_code == 303
    elsewhere = {"Origin": "https://evil.example"}
    assert (await older.post("/act", headers=elsewhere)).status_code == 403


async def test_who_knocks_too_often_waits(browser):
    hasty, patient = browser("192.0.2.1"), browser("192.0.2.2")
    assert [(await hasty.get("/narrow")).status_code for _ in range(3)] == [200, 200, 429]
    assert (await patient.get("/narrow")).status_code == 200
    refused = await hasty.get("/narrow")
    assert 'data-error="too_many_requests"' in refused.text
    assert 0 < int(refused.headers["retry-after"]) <= 60


async def test_an_ipv6_household_is_one_visitor(browser):
    neighbours = [browser(f"2001:db8:1:2::{n}") for n in range(1, 4)]
    assert [(await one.get("/narrow")).status_code for one in neighbours] == [200, 200, 429]
    assert (await browser("2001:db8:1:3::1").get("/narrow")).status_code == 200


@pytest.mark.parametrize("address", ["192.0.2.9:{}", "[2001:db8::9]:{}"])
async def test_a_proxy_that_names_the_port_makes_no_new_visitor(browser, address):
    answers = [await browser(address.format(port)).get("/narrow") for port in (4001, 4002, 4003)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
