"""What a person does with a phone, whichever browser it has, and what he sees of the book."""

import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page

PATIENCE = 90.0  # longer than the longest wait of the phone itself
WAITING = "article.entry[data-state=waiting]"
FAILED = "article.entry[data-state=failed]"

# The phone's own door, as the pages know it.
_BOOK = """async (...args) => {
  const page = document.querySelector('script[type=module][src*="/js/"]').src
  const phone = await import(page.replace(/js\\/.*/, 'js/phone/phone.js'))
  const who = phone.here ?? (await phone.listBooks())[0]
  const book = await phone.openBook(who)
"""
CARRIED = _BOOK + "return Boolean(book.head && navigator.serviceWorker.controller) }"


def carry(page: Page) -> None:
    """Waits until the page's phone holds the book, and its service worker is at work."""
    while not page.evaluate(CARRIED):
        page.wait_for_timeout(200)


_OF_THE_PHONE = ("state", "version", "reason", "words", "photo", "isCarried", "stood")


def plain(item: dict[str, Any]) -> dict[str, Any]:
    """An item as it travels, without what only the phone knows of it."""
    return {name: value for name, value in item.items() if name not in _OF_THE_PHONE}


class Hand(ABC):
    """A phone in somebody's hand."""

    origin: str

    @abstractmethod
    def start(self) -> Any: ...

    @abstractmethod
    def stop(self) -> None: ...

    @abstractmethod
    def kill(self) -> None: ...

    @abstractmethod
    def sign_in_as(self, token: str) -> None: ...

    @abstractmethod
    def open(self, path: str) -> None: ...

    @abstractmethod
    def run(self, function: str, *words: str | int) -> Any:
        """A function in the page, awaited; its answer as JSON."""

    @abstractmethod
    def click(self, selector: str, words: str = "") -> None:
        """On the first that can be seen and says these words."""

    @abstractmethod
    def type(self, words: str) -> None:
        """On the keyboard, into what has the focus."""

    def text(self, selector: str) -> str:
        """What the first of these says, its spaces made one; "" where there is none."""
        told = self.run("(s) => document.querySelector(s)?.innerText ?? ''", selector)
        return " ".join(told.split())

    def count(self, selector: str) -> int:
        """How many of these can be seen."""
        see = "(s) => [...document.querySelectorAll(s)].filter((it) => it.checkVisibility()).length"
        return int(self.run(see, selector))

    def until(self, holds: Callable[[], Any], patience: float = PATIENCE) -> None:
        """Wait until it holds; a page that is just being left answers nothing."""
        deadline, trouble = time.monotonic() + patience, ""
        while time.monotonic() < deadline:
            try:
                if holds():
                    return
            except Exception as error:
                trouble = str(error)
            time.sleep(0.1)
        raise AssertionError(f"it never came about. {trouble}\n{self.text('body')[:800]}")

    def until_says(self, selector: str, words: str, patience: float = PATIENCE) -> None:
        self.until(lambda: words in self.text(selector), patience)

    def carry(self, path: str) -> None:
        """Open the book with a network, until the phone could do without."""
        self.open(path)
        self.until(lambda: self.run(CARRIED))

    def items(self) -> list[dict[str, Any]]:
        """What the phone keeps of what was written here."""
        return list(self.ask("return book.items() }"))

    def ask(self, work: str, *words: str | int) -> Any:
        """The rest of a function that has `book`, the one on this phone, and `args`."""
        return self.run(self.asked(work), *words)

    def asked(self, work: str) -> str:
        return _BOOK + work

    def enter(self, kind: str, keys: str) -> None:
        """«أعطيت» or «أخذت» on an account that is open; the sheet is gone afterwards."""
        self.click(".entry-buttons a", kind)
        for key in keys:
            self.click(f'[data-key="{"decimal" if key == "." else key}"]')
        self.click("[data-confirm-button]")
        self.until(lambda: not self.count("#over [data-confirm-button]"))

    def fill(self, selector: str, words: str) -> None:
        self.click(selector)
        self.type(words)
