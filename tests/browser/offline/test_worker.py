"""The service worker on bad days: of a release it keeps all or nothing, and a page of nobody."""

import json
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.request import urlopen

import pytest

from tests.browser.offline.device import Device
from tests.browser.offline.faults import Proxy, says, silence
from tests.browser.seed import Shop

SHOPS = 8
CACHES = "async () => (await caches.keys()).filter((name) => name.startsWith('daftari-'))"
UPDATE = "async () => { await (await navigator.serviceWorker.getRegistration()).update() }"
STATES = """async () => {
  const { installing, waiting, active } = await navigator.serviceWorker.getRegistration()
  return [installing, waiting, active].map((worker) => worker?.state ?? null)
}"""
KEPT = """async () => {
  const kept = []
  for (const name of await caches.keys()) {
    const cache = await caches.open(name)
    for (const { url } of await cache.keys()) {
      const answer = await cache.match(url, { ignoreVary: true })
      kept.push([new URL(url).pathname, await answer.text()])
    }
  }
  return kept
}"""
SPOKEN = "async () => (await caches.match('/offline', { cacheName: 'spoken' }))?.text()"
NEXT = "fedcba987654"


@pytest.fixture
def phone(network: Proxy, behind, device, shop: Shop) -> Device:
    """It carries the book, and a worker of this release."""
    server, _ = behind
    made = device(server.origin)
    made.start().foreseen |= {502, 503, 504}
    made.sign_in_as(shop.token)
    made.carry(f"{shop.home}/")
    return made


@contextmanager
def release(network: Proxy, origin: str, **changed: str) -> Iterator[list[str]]:
    """The next worker, as somebody published it."""
    with urlopen(f"{origin}/service-worker.js") as answer:
        script = answer.read().decode()
    for name, value in {"BUILD": f"'{NEXT}'", **changed}.items():
        script = re.sub(rf"^const {name} = .+$", f"const {name} = {value}", script, flags=re.M)
    with network.on("/service-worker.js", says(200, script, "text/javascript")) as met:
        yield met
    assert met


def until_settled(phone: Device) -> None:
    phone.until(lambda: phone.run(STATES)[0] is None)


def test_a_server_that_never_answers_is_away(phone, network, shop):
    with network.on("/s/", silence):
        began = time.monotonic()
        phone.open(f"{shop.home}/")
        phone.until_says("#list", "سالم")
        assert 2.5 < time.monotonic() - began < 8
    phone.until_says("#quiet-line", "بلا شبكة")


@pytest.mark.parametrize("status", [502, 503, 504])
def test_a_gateway_with_nobody_behind_it_is_away(phone, network, shop, status):
    with network.on("/s/", says(status, "<h1>Bad gateway</h1>")) as met:
        phone.open(f"{shop.home}/")
        phone.until_says("#list", "سالم")
    assert met


def test_a_broken_release_leaves_the_old_worker_and_no_litter(phone, network, shop):
    before = phone.run(CACHES)
    assert len(before) == 1
    for broken in ({"DIGEST": "'another'"}, {"BUILD": f"'{NEXT}'; ("}):
        with release(network, phone.origin, **broken):
            phone.run(f"async () => {{ await ({UPDATE})().catch(() => {{}}) }}")
            until_settled(phone)
        assert phone.run(STATES) == [None, None, "activated"]
        assert phone.run(CACHES) == before
    with network.on("/s/", silence):
        phone.open(shop.account("سالم"))
        phone.until_says("#standing", "96.25")


def test_a_new_release_waits_until_nobody_is_in_the_middle_of_something(phone, network, shop):
    phone.open(shop.account("سالم"))
    phone.click(".entry-buttons a")
    phone.until(lambda: phone.count("#over [data-confirm-button]"))
    phone.page.wait_for_timeout(5000)
    with release(network, phone.origin):
        phone.run(UPDATE)
        phone.until(lambda: phone.run(STATES)[1] == "installed")
        phone.page.wait_for_timeout(6500)
        assert phone.run(STATES)[1] == "installed"
        phone.click("[data-close]")
        phone.until(lambda: phone.run(STATES) == [None, None, "activated"])
        phone.until(lambda: phone.run(CACHES) == [f"daftari-{NEXT}"])
        phone.until_says("#quiet-line", "حُدِّث التطبيق")


def test_no_page_of_a_person_lies_in_a_cache(phone, network, shop):
    phone.open(shop.account("سالم"))
    with network.on("/s/", silence):
        phone.open(f"{shop.home}/")
        phone.until_says("#list", "سالم")
    kept = phone.run(KEPT)
    assert len(kept) > 20
    assert all(path.startswith("/static/") or path == "/offline" for path, _ in kept)
    told = json.dumps(kept, ensure_ascii=False)
    for secret in ("سالم", "فاطمة", "بقالة النور", "96.25", shop.member.shop.id, shop.token):
        assert secret not in told


def test_another_language_is_the_shells_at_once(phone):
    phone.open("/account")
    phone.page.check("[name=language][value=en]", force=True)
    phone.click("form[action='/account/language'] button")
    phone.until(lambda: phone.run(SPOKEN) == "en")
    phone.page.check("[name=language][value=ar]", force=True)
    phone.click("form[action='/account/language'] button")
    phone.until(lambda: phone.run(SPOKEN) == "ar")
