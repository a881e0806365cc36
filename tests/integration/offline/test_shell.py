"""The service worker and the shell it keeps: one build, whole, and nobody's data in it."""

import json
import re
from hashlib import sha256

import pytest

from daftari.offline.pages.worker import worker_source
from daftari.web.assets import Assets
from tests.integration.offline.phone import Phone


def kept(script: str) -> list[str]:
    return json.loads(re.search(r"^const KEPT = (.+)$", script, re.MULTILINE)[1])


def named(script: str, name: str) -> str:
    return json.loads(re.search(rf"^const {name} = (.+)$", script, re.MULTILINE)[1])


@pytest.fixture
def client(browser):
    """Somebody who is not signed in."""
    return browser()


async def test_the_worker_keeps_what_the_server_answers_to_the_last_byte(client):
    script = (await client.get("/service-worker.js")).text
    addresses = kept(script)
    assert len(addresses) > 20
    digests = b""
    for address in addresses:
        answer = await client.get(address)
        assert answer.status_code == 200, address
        digests += sha256(answer.content).digest()
    assert named(script, "DIGEST") == sha256(digests).hexdigest()


async def test_the_worker_is_asked_for_anew_and_is_the_same_for_everybody(client, umm_salim):
    for_a_stranger = await client.get("/service-worker.js")
    assert for_a_stranger.headers["content-type"].startswith("text/javascript")
    assert for_a_stranger.headers["cache-control"] == "no-cache"
    again = await umm_salim.shop_client.browser.get("/service-worker.js")
    assert again.content == for_a_stranger.content


async def test_every_part_of_the_worker_stands_in_it_once(client):
    script = (await client.get("/service-worker.js")).text
    built = Assets.read()
    parts = [path for path in built.paths if path.startswith("js/worker/")]
    assert "js/worker/offline.js" in parts
    for path in parts:
        assert script.count(built.content(path).decode()) == 1


@pytest.mark.parametrize("language", ["ar", "en"])
async def test_the_shell_speaks_the_language_it_is_asked_for(client, language):
    html = (await client.get("/offline", params={"language": language})).text
    assert f'<html lang="{language}"' in html


async def test_the_shell_holds_nobodys_data(client, umm_salim: Phone):
    """Signed in or not, after names and amounts were written: the same bytes."""
    asked = {"language": "ar"}
    for_a_stranger = await client.get("/offline", params=asked)
    await umm_salim.sync(umm_salim.customer("أبو علي السرّي"))
    told = (await umm_salim.snapshot())["customers"]
    assert [one["name"] for one in told] == ["أبو علي السرّي"]
    for_the_owner = await umm_salim.shop_client.browser.get("/offline", params=asked)
    assert for_the_owner.content == for_a_stranger.content
    assert '<meta name="daftari-phone"' not in for_a_stranger.text


def test_another_word_in_the_shell_or_in_a_part_is_another_build():
    shells = {"ar": b"a", "en": b"b"}
    files = {"/static/x/js/a.js": b"1"}
    builds = [
        named(worker_source(["part"], shells, files), "BUILD"),
        named(worker_source(["other part"], shells, files), "BUILD"),
        named(worker_source(["part"], shells | {"ar": b"A"}, files), "BUILD"),
        named(worker_source(["part"], shells, {"/static/x/js/a.js": b"2"}), "BUILD"),
    ]
    assert len(set(builds)) == len(builds)
    assert builds[0] == named(worker_source(["part"], shells, files), "BUILD")
