"""Every answer says the same about itself, whatever it is."""

import dataclasses

import httpx
import pytest

from daftari.app import create_app
from daftari.web.view import assets

ANSWERS = ["/healthz", "/nowhere", "/trouble/unforeseen", "/trouble/refused", "/private"]


@pytest.mark.parametrize("path", ANSWERS)
async def test_the_policy_is_strict_everywhere(client, path):
    headers = (await client.get(path)).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert not any(word in policy for word in ("unsafe", "*", "http:", "https:", "data:"))
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]


@pytest.mark.parametrize("path", ANSWERS)
async def test_a_page_is_kept_nowhere(client, path):
    assert (await client.get(path)).headers["cache-control"] == "no-store"


async def test_the_live_page_behind_back_is_the_only_copy(client):
    headers = (await client.get("/for-back")).headers
    assert headers["cache-control"] == "private, no-cache"
    assert "*" in headers["vary"]
    fragment = await client.get("/for-back", headers={"HX-Request": "true"})
    assert fragment.headers["cache-control"] == "no-store"
    assert (await client.get("/for-back?wrong=1")).headers["cache-control"] == "no-store"


async def test_a_file_of_the_build_is_kept_for_ever(client):
    headers = (await client.get(assets().url("css/daftari.css"))).headers
    assert "immutable" in headers["cache-control"]
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("path", [*ANSWERS, "/", "/long", assets().url("css/daftari.css")])
async def test_head_is_answered_as_get_without_a_body(client, path):
    asked, fetched = await client.head(path), await client.get(path)
    assert asked.content == b""
    assert asked.headers["content-length"] > "0" or not fetched.content
    told = {"date", "x-request-id", "content-length"}  # an error page tells the id of its request
    assert asked.status_code == fetched.status_code
    assert {name: value for name, value in asked.headers.items() if name not in told} == {
        name: value for name, value in fetched.headers.items() if name not in told
    }


async def test_every_request_has_an_id_of_its_own(client):
    ids = {(await client.get("/healthz")).headers["x-request-id"] for _ in range(3)}
    assert len(ids) == 3


async def test_on_https_the_browser_is_told_to_stay_there(client, settings):
    assert "strict-transport-security" not in (await client.get("/healthz")).headers
    secure = create_app(dataclasses.replace(settings, origin="https://shop.example"))
    endpoint = httpx.ASGITransport(secure)
    async with httpx.AsyncClient(transport=endpoint, base_url="https://shop.example") as browser:
        assert "strict-transport-security" in (await browser.get("/healthz")).headers


async def test_a_long_page_travels_packed(client):
    packed = await client.get("/long", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.headers["vary"] == "Accept-Encoding"
    for refused in ("identity", "gzip;q=0"):
        plain = await client.get("/long", headers={"Accept-Encoding": refused})
        assert "content-encoding" not in plain.headers
        assert packed.text == plain.text


async def test_a_page_another_site_opens_travels_plain(client):
    headers = {"Accept-Encoding": "gzip", "Sec-Fetch-Site": "cross-site"}
    assert "content-encoding" not in (await client.get("/long", headers=headers)).headers
