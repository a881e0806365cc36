"""A phone with a browser: it signs up, taps, and hears every complaint of the browser."""

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, CDPSession, ConsoleMessage, Page, Request

_ANSWERED = re.compile(r"Failed to load resource: the server responded with a status of (\d+)")


@dataclass
class Phone:
    """One browser context with one page. `foreseen`: statuses of refusals that a test provokes."""

    context: BrowserContext
    page: Page
    origin: str
    foreseen: set[int] = field(default_factory=set)
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    keys: CDPSession | None = None

    @classmethod
    def new(cls, browser: Browser, origin: str, **options: Any) -> "Phone":
        size = {"width": options.pop("width", 360), "height": options.pop("height", 800)}
        usual = {"viewport": size, "locale": "ar", "timezone_id": "Asia/Riyadh", "has_touch": True}
        context = browser.new_context(base_url=origin, **{**usual, **options})
        context.set_default_timeout(15000)
        phone = cls(context, context.new_page(), origin)
        phone.watch()
        return phone

    def watch(self) -> None:
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        self.page.on("request", self._note)

    def authenticator(self) -> None:
        """Give the phone a fingerprint that always fits."""
        self.keys = self.context.new_cdp_session(self.page)
        self.keys.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }
        self.keys.send("WebAuthn.addVirtualAuthenticator", {"options": options})

    def sign_in_as(self, token: str) -> None:
        self.context.add_cookies([{"name": "daftari", "value": token, "url": self.origin}])

    def open(self, path: str) -> Page:
        answer = self.page.goto(path)
        assert answer is not None
        return self.page

    def signup(self, name: str = "أم سليم", shop: str = "بقالة النور") -> list[str]:
        """Open a book with a fingerprint; the recovery codes."""
        page = self.open("/signup")
        page.fill("[name=name]", name)
        page.fill("[name=shop_name]", shop)
        page.select_option("[name=country]", "SA")
        page.fill("[name=phone]", "0501234567")
        page.click("form[data-passkey] button[type=submit]")
        page.wait_for_url("**/recovery-codes")
        return page.locator("#codes code").all_inner_texts()

    def add(self, name: str, **more: str) -> str:
        """A new customer through the form; his page's address."""
        page = self.page
        page.fill("#customer-form [name=name]", name)
        for field_name, value in more.items():
            page.fill(f"#customer-form [name={field_name}]", value)
        page.click("#customer-form button[type=submit]")
        page.wait_for_selector("#standing")
        return urlsplit(page.url).path

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
        if message.type not in ("error", "warning"):
            return
        answered = _ANSWERED.match(message.text)
        if not (answered and int(answered[1]) in self.foreseen):
            self.complaints.append(f"{message.type}: {message.text} @ {message.location}")

    def _note(self, request: Request) -> None:
        self.requests.append(request.url)


def standing(page: Page) -> str:
    """Where the customer stands: «عليه 7.50 ر.س»."""
    words = page.locator("#standing .balance-word, #standing .big").all_inner_texts()
    return " ".join(" ".join(words).split())
