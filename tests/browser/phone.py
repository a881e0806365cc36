"""A phone with a browser: it signs up, taps, and hears every complaint of the browser."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import (
    Browser,
    BrowserContext,
    CDPSession,
    ConsoleMessage,
    Error,
    Page,
    Request,
    expect,
)

from tests.browser.seed import Shop

PATIENCE_MS = 15_000
_ANSWERED = re.compile(r"Failed to load resource: the server responded with a status of (\d+)")
# What the browser and htmx say of a request that nobody answers.
_UNREACHED = re.compile(r"net::ERR_|htmx:error: Failed to fetch")
_LEFT_EARLY = "Transition was aborted"  # a page that is left while the one before still fades
USUAL: dict[str, Any] = {"locale": "ar", "timezone_id": "Asia/Riyadh", "has_touch": True}
# Said by Chromium itself when a worker is looked for while the server is dead.
_NO_WORKER = "An unknown error occurred when fetching the script."


@dataclass
class Phone:
    """One browser context with one page. `foreseen`: statuses of refusals that a test provokes.

    `is_cut_off`: in this story the network goes away, and the browser may say so.
    """

    context: BrowserContext
    page: Page
    origin: str
    foreseen: set[int] = field(default_factory=set)
    is_cut_off: bool = False
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    keys: CDPSession | None = None

    @classmethod
    def new(cls, browser: Browser, origin: str, **options: Any) -> "Phone":
        width, height = options.pop("width", 360), options.pop("height", 800)
        context = browser.new_context(
            base_url=origin, viewport={"width": width, "height": height}, **{**USUAL, **options}
        )
        return cls.in_hand(context, context.new_page(), origin)

    @classmethod
    def in_hand(cls, context: BrowserContext, page: Page, origin: str) -> "Phone":
        """A phone on a browser that is already there."""
        context.set_default_timeout(PATIENCE_MS)
        phone = cls(context, page, origin)
        phone.watch(page)
        return phone

    def watch(self, page: Page) -> None:
        page.on("console", self._hear)
        page.on("pageerror", self._fail)
        page.on("request", self._note)

    def tab(self) -> Page:
        """One more page, as closely watched."""
        page = self.context.new_page()
        self.watch(page)
        return page

    def authenticator(self, has_prf: bool = False, has_lock: bool = True) -> None:
        """Give the phone a fingerprint that always fits; `has_prf`: it can also open a lock.
        `has_lock`: its screen is locked, without which it makes no passkey.
        """
        self.keys = self.context.new_cdp_session(self.page)
        self.keys.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": has_lock,
            "isUserVerified": has_lock,
            "automaticPresenceSimulation": True,
            "hasPrf": has_prf,
        }
        self.keys.send("WebAuthn.addVirtualAuthenticator", {"options": options})

    def sign_in_as(self, token: str) -> None:
        self.context.add_cookies([{"name": "daftari", "value": token, "url": self.origin}])

    def open(self, path: str) -> Page:
        return self._leave(lambda: self.page.goto(path))

    def reload(self) -> Page:
        return self._leave(self.page.reload)

    def _leave(self, go: Callable[[], object]) -> Page:
        """A sheet that has just been closed may be on its way back, and then once more."""
        try:
            go()
        except Error as error:
            if "ERR_ABORTED" not in error.message:
                raise
            go()
        return self.page

    def signup(
        self, name: str = "أم سليم", shop: str = "بقالة النور", number: str = "0501234567"
    ) -> None:
        """Open a book with a fingerprint; the book is there, still empty."""
        page = self.open("/signup")
        page.fill("[name=name]", name)
        page.fill("[name=shop_name]", shop)
        page.select_option("[name=country]", "SA")
        page.fill("[name=phone]", number)
        page.click("form[data-passkey] button[type=submit]")
        page.wait_for_url("**/s/*/")

    def make_codes(self) -> list[str]:
        """From the card in the book: the recovery codes, which are kept then."""
        page = self.page
        page.click("#codes-reminder a")
        page.click("form[action='/recovery-codes'] button")
        expect(page.locator("#codes code")).to_have_count(10)
        codes = page.locator("#codes code").all_inner_texts()
        page.click("form[action='/recovery-codes/kept'] button")
        page.wait_for_url("**/s/*/")
        expect(page.locator("#codes-reminder")).to_have_count(0)
        return codes

    def add(self, name: str, **more: str) -> str:
        """A new customer through the form; his page's address."""
        page = self.page
        page.fill("#customer-form [name=name]", name)
        if set(more) - {"phone"}:
            page.click("#customer-form .form-more summary")
        for field_name, value in more.items():
            page.fill(f"#customer-form [name={field_name}]", value)
        page.click("#customer-form button[type=submit]")
        page.wait_for_selector("#standing")
        return urlsplit(page.url).path

    def new_account(self, shop: Shop, name: str) -> str:
        """Somebody who owes nothing yet, his page open; its address."""
        self.open(f"{shop.home}/customers/new")
        return self.add(name)

    def open_sheet(self, kind: str = "debt") -> None:
        """The sheet over the account that is open, for a `debt` or a payment (`pay`), at work."""
        self.page.wait_for_load_state("networkidle")
        self.page.click(f".entry-buttons a.{kind}")
        expect(self.page.locator("#over #amount")).to_be_visible()
        self.page.wait_for_load_state("networkidle")

    def tap_amount(self, keys: str) -> None:
        """Type on our own keypad: digits, `.` and `+`."""
        for key in keys:
            self.page.click(f'[data-key="{"decimal" if key == "." else key}"]')

    def forget(self, *provoked: str) -> None:
        """Complaints that the test itself has provoked."""
        for words in provoked:
            told = [one for one in self.complaints if words in one]
            assert told, f"nobody complained of {words}"
            self.complaints = [one for one in self.complaints if one not in told]

    def assert_quiet(self) -> None:
        """No complaint in the console, no script that failed, and nobody else was asked."""
        assert self.complaints == [], self.complaints
        foreign = [url for url in self.requests if not url.startswith((self.origin, "data:"))]
        assert foreign == []
        assert self.requests, "nothing was looked at"

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type not in ("error", "warning") or message.text == _NO_WORKER:
            return
        answered = _ANSWERED.match(message.text)
        if self.is_cut_off and _UNREACHED.search(message.text):
            return
        if not (answered and int(answered[1]) in self.foreseen):
            self.complaints.append(f"{message.type}: {message.text} @ {message.location}")

    def _fail(self, error: Error) -> None:
        if not error.message.startswith(_LEFT_EARLY):
            self.complaints.append(f"error: {error}")

    def _note(self, request: Request) -> None:
        self.requests.append(request.url)


def expect_standing(page: Page, words: str) -> None:
    """Where the customer stands: «عليه 7.50 ر.س»."""
    said = re.compile(r"\s*".join(re.escape(word) for word in words.split()))
    expect(page.locator("#standing")).to_contain_text(said)
