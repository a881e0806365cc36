"""A push reaches a real Chromium: the right notification is shown, and a tap on it stays at home.

The browser's own push service cannot be reached from here, so that what it would hand over is made
by the test (the far edge), and the message is put into the service worker by the DevTools protocol.
Everything between is real: the tap, the subscription at the server, the worker that sends, the
sealed message, and the service worker that shows it.
"""

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Playwright

from daftari.kernel.ids import new_id
from tests.browser.chromium import ARGUMENTS, program
from tests.browser.seed import Shop, fill, run
from tests.push_service import PushService, push_service
from tests.server import Server

# What the protocol hands to a worker that is just falling asleep may be lost.
TIMES_HANDED_OVER = 3
SHOWN = """async () => {
  for (let tries = 0; tries < 200; tries += 1) {
    const [n] = await registration.getNotifications()
    if (n) return { title: n.title, body: n.body, dir: n.dir, lang: n.lang, data: n.data }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return null
}"""
ANSWERED = """let answer = 'default'
  Notification.requestPermission = async () => {
    window.isAsked = true
    return answer = '%(answer)s'
  }
  Object.defineProperty(Notification, 'permission', { get: () => answer })
"""
GRANTED = "Notification.requestPermission = async () => 'granted'"


@pytest.fixture(scope="module")
def service() -> Iterator[PushService]:
    with push_service() as running:
        yield running


@pytest.fixture(scope="module")
def written(data: Path) -> list[Shop]:
    return run(fill(data, _a_limit))


async def _a_limit(shop: Shop) -> None:
    await shop.add("أبو علي", credit_limit_minor=1000)


@pytest.fixture(scope="module")
def server(data: Path, written: list[Shop], service: PushService) -> Iterator[Server]:
    """It trusts the push service of this machine."""
    server = Server(data, settings={"DAFTARI_PUSH_HOSTS": service.origin})
    server.start()
    yield server
    server.stop()


@pytest.fixture
def phone(
    playwright: Playwright, server: Server, written: list[Shop], tmp_path: Path
) -> Iterator[BrowserContext]:
    """A browser that keeps what it is given: an ordinary context shows no notifications."""
    context = playwright.chromium.launch_persistent_context(
        tmp_path / "profile",
        executable_path=program(),
        args=ARGUMENTS,
        base_url=server.origin,
        locale="ar",
        viewport={"width": 360, "height": 800},
        permissions=["notifications"],
    )
    context.add_cookies([{"name": "daftari", "value": written[0].token, "url": server.origin}])
    yield context
    context.close()


def test_a_tap_turns_the_phone_on_and_the_notice_is_shown(
    phone: BrowserContext, server: Server, service: PushService, written: list[Shop]
) -> None:
    shop, far = written[0], service.phone()
    home = f"/s/{shop.member.shop.id}"
    page = phone.pages[0]
    page.add_init_script(_subscribing(far.subscription))
    page.goto(f"{home}/more/notifications")
    page.click("[data-push-on]")
    page.wait_for_url("**/more/notifications?said=added")
    page.wait_for_selector("[data-push-state=on]:visible")
    page.click("form[action$='/test'] button")
    page.wait_for_url("**said=tried")
    message = _next(service, 1)
    assert message["notification"]["title"] == "التنبيهات تصل"
    shown = _deliver(phone, server, json.dumps(message))
    assert shown["title"] == "التنبيهات تصل"
    assert (shown["dir"], shown["lang"]) == ("rtl", "ar")
    assert shown["data"]["navigate"] == f"{server.origin}{home}/more/notifications"


def test_a_limit_that_is_passed_reaches_the_phone_without_anybody_asking(
    phone: BrowserContext, server: Server, service: PushService, written: list[Shop]
) -> None:
    shop, far = written[0], service.phone()
    home, before = f"/s/{shop.member.shop.id}", len(service.inbox)
    page = phone.pages[0]
    page.add_init_script(_subscribing(far.subscription))
    page.goto(f"{home}/more/notifications")
    page.click("[data-push-on]")
    page.wait_for_url("**said=added")
    page.goto(f"{home}/customers/{shop.people['أبو علي']}/entries/new?kind=debt")
    page.fill("[name=amount]", "50")
    page.click("form[data-entry] button[type=submit]")
    page.wait_for_selector("#standing")
    message = _next(service, before + 1)
    shown = _deliver(phone, server, json.dumps(message))
    assert (shown["title"], shown["body"]) == ("تجاوز السقف", "افتح الدفتر لترى مَن.")
    assert _follow(phone, server) == f"{server.origin}{home}/more/alerts"
    page.goto(f"{home}/")
    page.wait_for_selector(".bell .count:visible")
    assert page.inner_text(".bell .count") == "1"


@pytest.mark.parametrize(("answer", "state"), [("default", "off"), ("denied", "denied")])
def test_a_question_that_was_waved_away_can_be_asked_again(
    phone: BrowserContext, written: list[Shop], answer: str, state: str
) -> None:
    page = phone.pages[0]
    page.add_init_script(ANSWERED % {"answer": answer})
    page.goto(f"/s/{written[0].member.shop.id}/more/notifications")
    page.click("[data-push-on]")
    page.wait_for_function("() => window.isAsked")
    page.wait_for_selector("[data-push-on]:not([aria-busy])", state="attached")
    shown = page.locator("[data-push-state]:visible").all()
    assert {one.get_attribute("data-push-state") for one in shown} == {state}


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("{origin}/s/1/due", "/s/1/due"),
        ("https://evil.example/s/1/due", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("data:text/html,x", "/"),
        ("{scheme}://user:secret@{host}/s/1/due", "/"),
        ("http://[", "/"),
        ("", "/"),
        (None, "/"),
        (7, "/7"),
    ],
)
def test_a_tap_on_any_notice_stays_at_home(
    phone: BrowserContext, server: Server, address: Any, path: str
) -> None:
    scheme, _, host = server.origin.partition("://")
    if isinstance(address, str):
        address = address.format(origin=server.origin, scheme=scheme, host=host)
    notification = {"title": "دفتري", "body": "", "navigate": address}
    _deliver(phone, server, json.dumps({"web_push": 8030, "notification": notification}))
    assert _follow(phone, server) == f"{server.origin}{path}"


def test_on_the_counter_a_notice_says_nothing(phone: BrowserContext, server: Server) -> None:
    phone.pages[0].goto("/")
    _registered(phone)
    laid = f"{new_id()}.{new_id()}"
    phone.add_cookies([{"name": "counter", "value": laid, "url": server.origin}])
    notification = {"title": "حدّ تجاوز", "body": "هدى المجنونة 12.50", "navigate": "/"}
    shown = _deliver(phone, server, json.dumps({"web_push": 8030, "notification": notification}))
    assert (shown["title"], shown["body"]) == ("دفتري", "")
    phone.clear_cookies(name="counter")


@pytest.mark.parametrize(
    "told", ["", "no json", "null", "[]", '{"web_push": 1}', '{"web_push":8030}']
)
def test_what_is_not_understood_still_shows_something_of_ours(
    phone: BrowserContext, server: Server, told: str
) -> None:
    shown = _deliver(phone, server, told)
    assert shown["title"] == "دفتري"
    assert _follow(phone, server) == f"{server.origin}/"


def _subscribing(subscription: dict[str, Any]) -> str:
    """What the browser's push service would hand over, and what the phone would say if asked."""
    given = json.dumps(subscription)
    return f"""{GRANTED}
    const given = {given}
    const unsubscribe = async () => true
    const address = {{ ...given, toJSON: () => given, options: {{}}, unsubscribe }}
    let isOn = sessionStorage.getItem('is-on') === 'yes'
    PushManager.prototype.subscribe = async () => {{
      sessionStorage.setItem('is-on', 'yes')
      return address
    }}
    PushManager.prototype.getSubscription = async () => isOn ? address : null
    Object.defineProperty(Notification, 'permission', {{ get: () => isOn ? 'granted' : 'default' }})
    """


def _next(service: PushService, how_many: int) -> dict[str, Any]:
    """The message with this number, within a few seconds of the act."""
    deadline = time.monotonic() + 20
    while len(service.inbox) < how_many:
        assert not service.refused
        assert time.monotonic() < deadline, "nothing came"
        time.sleep(0.05)
    return service.inbox[how_many - 1].content


def _deliver(phone: BrowserContext, server: Server, data: str) -> dict[str, Any]:
    """Put a message into the service worker; the notification it shows."""
    page = phone.pages[0]
    if not page.url.startswith(server.origin):
        page.goto("/")
    worker = _registered(phone)
    worker.evaluate(
        "async () => { for (const n of await registration.getNotifications()) n.close() }"
    )
    session = phone.new_cdp_session(page)
    registrations: list[str] = []

    def heard(event: dict[str, Any]) -> None:
        registrations.extend(one["registrationId"] for one in event["registrations"])

    session.on("ServiceWorker.workerRegistrationUpdated", heard)
    session.send("ServiceWorker.enable")
    deadline = time.monotonic() + 30
    while not registrations:
        assert time.monotonic() < deadline
        page.wait_for_timeout(50)
    asked = {"origin": server.origin, "registrationId": registrations[0], "data": data}
    for _ in range(TIMES_HANDED_OVER):
        session.send("ServiceWorker.deliverPushMessage", asked)
        if notification := worker.evaluate(SHOWN):
            return notification
    raise AssertionError("nothing was shown")


def _follow(phone: BrowserContext, server: Server) -> str:
    """Tap the notification; where the worker goes. Only opening a window is out of its hands: the
    browser allows that to a finger alone."""
    worker = _registered(phone)
    return worker.evaluate(
        """async () => {
          const [notification] = await registration.getNotifications()
          const gone = new Promise((resolve) => {
            clients.openWindow = async (address) => resolve(address)
            clients.matchAll = async () => []
          })
          dispatchEvent(new NotificationEvent('notificationclick', { notification }))
          return gone
        }"""
    )


def _registered(phone: BrowserContext) -> Any:
    """The service worker, once it is active."""
    page = phone.pages[0]
    page.evaluate(
        """async () => {
          await navigator.serviceWorker.register('/service-worker.js')
          await navigator.serviceWorker.ready
        }"""
    )
    if not phone.service_workers:
        phone.wait_for_event("serviceworker")
    return phone.service_workers[0]
