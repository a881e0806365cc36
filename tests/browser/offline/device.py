"""A phone that is switched off and on again: all its browser holds stays in a folder."""

import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
from playwright.sync_api import BrowserType, Error, Page

from tests.browser.chromium import ARGUMENTS, program
from tests.browser.offline.hand import Hand
from tests.browser.phone import USUAL, Phone


@dataclass
class Device(Hand):
    """Chromium on a profile of its own. `phone` is the browser while it runs."""

    chromium: BrowserType
    profile: Path
    origin: str
    phone: Phone | None = None

    def start(self) -> Phone:
        context = self.chromium.launch_persistent_context(
            str(self.profile),
            executable_path=program(),
            args=ARGUMENTS,
            base_url=self.origin,
            viewport={"width": 360, "height": 800},
            **USUAL,
        )
        self.phone = Phone.in_hand(context, context.pages[0], self.origin)
        self.phone.is_cut_off = True
        self.phone.foreseen.add(401)
        return self.phone

    def stop(self) -> None:
        """As a person closes it; it must have had nothing to complain of."""
        phone, self.phone = self.phone, None
        if phone is not None:
            phone.context.close()
            assert phone.complaints == [], phone.complaints

    def kill(self) -> None:
        """kill -9, in whatever it was doing."""
        phone, self.phone = self.phone, None
        for process in list(self._processes()):
            with suppress(psutil.NoSuchProcess):
                process.kill()
        if phone is not None:
            with suppress(Error):
                phone.context.close()

    @property
    def page(self) -> Page:
        assert self.phone is not None
        return self.phone.page

    def sign_in_as(self, token: str) -> None:
        """The cookie stays when the browser ends, as the server's own does."""
        self.page.context.add_cookies(
            [
                {
                    "name": "daftari",
                    "value": token,
                    "url": self.origin,
                    "expires": time.time() + 90 * 86400,
                    "httpOnly": True,
                    "sameSite": "Lax",
                }
            ]
        )

    def open(self, path: str) -> None:
        assert self.phone is not None
        self.phone.open(path)

    def run(self, function: str, *words: str | int) -> Any:
        return self.page.evaluate(f"(words) => ({function})(...words)", list(words))

    def click(self, selector: str, words: str = "") -> None:
        found = self.page.locator(selector).filter(visible=True)
        (found.filter(has_text=words) if words else found).first.click()

    def type(self, words: str) -> None:
        self.page.keyboard.type(words)

    def files(self) -> list[Path]:
        """Everything the profile holds."""
        return [path for path in self.profile.rglob("*") if path.is_file()]

    def _processes(self) -> Iterator[psutil.Process]:
        """Those of this profile only: its name stands in what they were started with."""
        for process in psutil.process_iter(["cmdline"]):
            words = process.info["cmdline"] or []
            if f"--user-data-dir={self.profile}" in words:
                yield process
