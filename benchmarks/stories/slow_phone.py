"""A phone on slow 4G at a quarter of the processor's speed, whose taps and letters are counted.

The network is Lighthouse's slow 4G as its DevTools throttling has it (562.5 ms a request, 1,474.56
kbit/s down, 675 up), for the page and its service worker alike.
"""

import json
import sys
import time
from dataclasses import dataclass, field
from typing import Any, Final

from playwright.sync_api import Browser, CDPSession, Page

from tests.browser.offline.hand import carry
from tests.browser.phone import Phone

SLOWER: Final = 4
TAP_SECONDS: Final = 0.35
"""The time of a thumb for a tap; a sheet that opens takes no quicker ones."""
LETTER_SECONDS: Final = 0.2
PATIENCE_MS: Final = 120_000
_KBIT: Final = 1024 / 8
_SLOW_4G: Final = {
    "latency": 562.5,
    "downloadThroughput": 1474.56 * _KBIT,
    "uploadThroughput": 675 * _KBIT,
}
_NO_LIMIT: Final = {"latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}


@dataclass
class SlowPhone:
    """A phone, and what the story that is told on it has cost so far.

    `by_hand`: seconds of the hand itself, which no program makes shorter. `steps`: what was touched
    or waited for, each with the second at which it was there.
    """

    phone: Phone
    taps: int = 0
    letters: int = 0
    by_hand: float = 0
    is_offline: bool = False
    is_slow: bool = True
    steps: list[str] = field(default_factory=list)
    _wire: CDPSession | None = None
    _workers: dict[str, str] = field(default_factory=dict)
    _began: float = 0

    @classmethod
    def new(cls, browser: Browser, origin: str, token: str = "", **options: Any) -> "SlowPhone":
        made = cls(Phone.new(browser, origin, **options))
        if token:
            made.phone.sign_in_as(token)
        made.phone.context.set_default_timeout(PATIENCE_MS)
        made._wire = made.phone.context.new_cdp_session(made.page)
        made._wire.send("Network.enable")
        made._slow_down()
        return made

    @property
    def page(self) -> Page:
        return self.phone.page

    def begin(self) -> None:
        """The story begins now."""
        self.taps, self.letters, self.by_hand, self.steps = 0, 0, 0, []
        self._began = time.perf_counter()

    def seconds(self) -> float:
        return time.perf_counter() - self._began

    def carry_the_book(self, path: str) -> None:
        """Open `path` on a good network, until the phone has its copy and its worker."""
        self.is_slow = False
        self._slow_down()
        self.page.goto(path)
        carry(self.page)
        self.is_slow = True

    def rest(self, path: str = "") -> None:
        """Open `path`, and wait until nothing travels: the phone lies on the counter."""
        if path:
            self.page.goto(path)
        self.page.wait_for_load_state("networkidle")
        self._slow_down()
        self.page.wait_for_timeout(1500)

    def tap(self, selector: str) -> None:
        target = self.page.locator(selector).first
        self.until(selector)
        self._use_hand(TAP_SECONDS)
        self.taps += 1
        target.click()

    def type(self, selector: str, text: str) -> None:
        """A field is tapped, and something is typed into it."""
        self.tap(selector)
        field_ = self.page.locator(selector).first
        field_.fill("")
        for letter in text:
            self._use_hand(LETTER_SECONDS)
            field_.press_sequentially(letter)
        self.letters += len(text)

    def key_in(self, digits: str) -> None:
        """An amount on our own keypad, on the sheet or, where the tap came first, on the page."""
        self.until("form[data-entry] [data-keypad]")
        self.page.wait_for_timeout(TAP_SECONDS * 1000)
        for digit in digits:
            self._use_hand(LETTER_SECONDS)
            self.page.click(f"form[data-entry] [data-key='{digit}']")
        self.letters += len(digits)

    def until(self, selector: str, state: Any = "visible") -> None:
        self.page.locator(selector).first.wait_for(state=state)
        self.steps.append(f"{self.seconds():.1f} {selector}")

    def cut_off(self, is_offline: bool) -> None:
        self.is_offline = is_offline
        self._slow_down()

    def _use_hand(self, seconds: float) -> None:
        self.page.wait_for_timeout(seconds * 1000)
        self.by_hand += seconds

    def _slow_down(self) -> None:
        assert self._wire is not None
        is_slow = self.is_slow and "--quick" not in sys.argv
        self._wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER if is_slow else 1})
        speed = _SLOW_4G if is_slow else _NO_LIMIT
        network = {**speed, "offline": self.is_offline}
        self._wire.send("Network.emulateNetworkConditions", network)
        for target in self._wire.send("Target.getTargets")["targetInfos"]:
            if target["type"] == "service_worker" and self._is_ours(target):
                self._slow_worker(self._wire, target["targetId"], network)

    def _is_ours(self, target: dict[str, Any]) -> bool:
        assert self._wire is not None
        own = self._wire.send("Target.getTargetInfo")["targetInfo"]
        return bool(own.get("browserContextId") == target.get("browserContextId"))

    def _slow_worker(self, wire: CDPSession, target: str, network: dict[str, Any]) -> None:
        """A worker has a network of its own; it is reached through the page's session."""
        if target not in self._workers:
            told = wire.send("Target.attachToTarget", {"targetId": target, "flatten": False})
            self._workers[target] = told["sessionId"]
        orders: tuple[tuple[str, dict[str, Any]], ...] = (
            ("Network.enable", {}),
            ("Network.emulateNetworkConditions", network),
        )
        for number, (method, params) in enumerate(orders, 1):
            message = json.dumps({"id": number, "method": method, "params": params})
            order = {"sessionId": self._workers[target], "message": message}
            wire.send("Target.sendMessageToTarget", order)
